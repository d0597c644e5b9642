import type { Database } from '../store/database.ts';
import { DEAD } from './dead-letters.ts';
import { TIDY_LOCK } from './enqueue.ts';

/**
 * Deletes what is left of tasks that a newer one replaced while they ran, and that then failed; and says of deliveries whose task died
 * with its process, so that nobody could, that they failed.
 */
export async function tidyDead(database: Pick<Database, 'pool'>): Promise<void> {
  await database.pool.query(
    `select graphile_worker.complete_jobs(array(select jobs.id from graphile_worker.jobs where ${DEAD} and key is null))`,
  );
  await database.pool.query(
    `update gargoyle.delivery set state = 'failed', error = 'its task is a dead letter'
     where state = 'recorded' and id in (
       select payload -> 'task' ->> 'deliveryId' from graphile_worker._private_jobs as jobs where ${DEAD} and key is not null)`,
  );
}

/**
 * Deletes the queues' names of pull requests for which nothing waits: the library locks them all at each look, and never forgets one.
 * Its own clean-up may delete a name while a task is added to it, which then never runs; ours waits until nobody adds. The names that
 * its clock uses stay.
 */
export async function tidyQueues(database: Pick<Database, 'transaction'>): Promise<void> {
  await database.transaction(async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [TIDY_LOCK]);
    await client.query(
      `delete from graphile_worker._private_job_queues as queues where locked_at is null and queue_name like '%:%'
         and not exists (select from graphile_worker._private_jobs as jobs where jobs.job_queue_id = queues.id)`,
    );
  });
}

/** Deletes the tasks, waiting and dead, of an installation that is gone. */
export async function forgetTasksOf(database: Pick<Database, 'pool'>, installationId: number): Promise<void> {
  await database.pool.query(
    `select graphile_worker.complete_jobs(array(
       select id from graphile_worker._private_jobs where coalesce(payload -> 'task' ->> 'installationId', payload -> 'task' -> 'job' ->> 'installationId') = $1::text
         and locked_at is null))`,
    [String(installationId)],
  );
}
