// A process of its own, to be killed: works the queue of the database in a folder off, and prints what it does.
import { setTimeout as wait } from 'node:timers/promises';
import { openDatabase } from '../../src/store/database.ts';
import { work } from './fakes.ts';

const [dataFolder = '', mode = 'work'] = process.argv.slice(2);
const say = (text: string) => process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const database = await openDatabase({ dataFolder, databaseUrl: null });
  if (mode === 'work') {
    // One at a time: while it has a task, the other workers take the rest.
    const handler = async ({ pull }: { pull: number }) => {
      say(`began ${pull}`);
      await wait(60_000);
    };
    await work(database, { 'scan-pull-request': handler }, { concurrency: 1 });
  }
  say('ready');
  setInterval(() => undefined, 1000);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error}\n`);
  process.exit(1);
});
