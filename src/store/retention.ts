import type { Database } from './database.ts';

/**
 * How long things are kept, in days; `docs/operating.md` says the same. A delivery's id outlives its body, so that a replay is
 * recognised long after GitHub's own redelivery window (T22, W4).
 */
export const KEPT_DAYS = {
  bodies: 7,
  deliveries: 30,
  scans: 90,
  verdicts: 90,
  blobs: 30,
  workflowJobs: 90,
  pulls: 180,
} as const;

export type RetentionStore = ReturnType<typeof retentionStore>;

const OLD: readonly (readonly [sql: string, days: number])[] = [
  [
    "update gargoyle.delivery set body = null where body is not null and received_at < $1::timestamptz - $2 * interval '1 day'",
    KEPT_DAYS.bodies,
  ],
  ["delete from gargoyle.delivery where received_at < $1::timestamptz - $2 * interval '1 day'", KEPT_DAYS.deliveries],
  ["delete from gargoyle.scan where finished_at < $1::timestamptz - $2 * interval '1 day'", KEPT_DAYS.scans],
  [
    "delete from gargoyle.verdict where not is_open and kept_at < $1::timestamptz - $2 * interval '1 day'",
    KEPT_DAYS.verdicts,
  ],
  // Of open pull requests, of those that failed when they were closed, and of merge queues: one that is missed is judged anew.
  ["delete from gargoyle.verdict where kept_at < $1::timestamptz - $2 * interval '1 day'", KEPT_DAYS.pulls],
  ["delete from gargoyle.blob where used_at < $1::timestamptz - $2 * interval '1 day'", KEPT_DAYS.blobs],
  [
    "delete from gargoyle.workflow_job where recorded_at < $1::timestamptz - $2 * interval '1 day'",
    KEPT_DAYS.workflowJobs,
  ],
  [
    `delete from gargoyle.pull where updated_at < $1::timestamptz - $2 * interval '1 day'
     and not exists (select from gargoyle.scan where scan.repository_id = pull.repository_id and scan.pull = pull.pull)`,
    KEPT_DAYS.pulls,
  ],
];

const OF_REPOSITORY = ['scan', 'verdict', 'thread', 'workflow_job', 'delivery'] as const;
const OF_INSTALLATION = [...OF_REPOSITORY, 'blob', 'policy'] as const;

/** Deleting: by age, and when an installation or a repository is taken away from us. */
export function retentionStore(database: Database) {
  const { pool } = database;
  return {
    /** Deletes what is older than its time. */
    async forgetOld(now: Date): Promise<void> {
      for (const [sql, days] of OLD) await pool.query(sql, [now, days]);
    },

    /** Deletes everything of an installation. The delivery that said so keeps its id, so that it is not taken twice. */
    async forgetInstallation(installationId: number): Promise<void> {
      await database.transaction(async (client) => {
        await client.query(
          'delete from gargoyle.pull where repository_id in (select repository_id from gargoyle.scan where installation_id = $1)',
          [installationId],
        );
        for (const table of OF_INSTALLATION) {
          const kept = table === 'delivery' ? ` and event <> 'installation'` : '';
          await client.query(`delete from gargoyle.${table} where installation_id = $1${kept}`, [installationId]);
        }
        await client.query('update gargoyle.delivery set body = null where installation_id = $1', [installationId]);
      });
    },

    /** Deletes what is known of these repositories. Texts of files are shared by an installation's repositories and leave by age. */
    async forgetRepositories(installationId: number, repositoryIds: readonly number[]): Promise<void> {
      await database.transaction(async (client) => {
        for (const table of OF_REPOSITORY) {
          await client.query(`delete from gargoyle.${table} where installation_id = $1 and repository_id = any($2)`, [
            installationId,
            repositoryIds,
          ]);
        }
      });
    },
  };
}
