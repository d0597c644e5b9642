import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { temporaryFolder } from '../../simulator/temporary-folder.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';

// A server is made and started, and made again after a crash: a second alone, many on a busy machine.
jest.setTimeout(60_000);

/** A real PostgreSQL for one test file, in a folder of its own. */
export async function temporaryDatabase(): Promise<Database & { readonly folder: string }> {
  const folder = temporaryFolder();
  const database = await openDatabase({ dataFolder: join(folder, 'data'), databaseUrl: null });
  return {
    ...database,
    folder,
    async close() {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Empties everything between tests; the schema stays. */
export async function empty({ pool }: Pick<Database, 'pool'>): Promise<void> {
  await pool.query(`truncate gargoyle.delivery, gargoyle.pull, gargoyle.scan, gargoyle.verdict, gargoyle.blob, gargoyle.policy,
    gargoyle.thread, gargoyle.workflow_job`);
  await pool.query('select graphile_worker.force_unlock_workers(array(select locked_by from graphile_worker.jobs))');
  await pool.query('select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))');
}
