import type { PoolClient } from 'pg';
import type { Database } from './database.ts';

/** One webhook as GitHub sent it; `id` is its `X-GitHub-Delivery`, which a redelivery carries again. */
export interface Delivery {
  readonly id: string;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  /** The raw bytes whose signature was verified. */
  readonly body: Buffer;
}

/** `new`: first seen. `again`: it had failed, so its tasks are queued anew. `seen`: nothing was done. */
export type Recorded = 'new' | 'again' | 'seen';

const RECORD = `
  insert into gargoyle.delivery as known (id, event, action, installation_id, repository_id, body, state, received_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (id) do update set state = excluded.state, error = null, body = excluded.body, attempts = known.attempts + 1
    where known.state in ('failed', 'ignored')
  returning attempts`;

/** What GitHub sent, and whether it was dealt with. */
export function deliveriesStore(database: Database) {
  return {
    /**
     * Writes a delivery down (`recorded`: tasks follow; `done`: nothing is to be done; `ignored`: not understood), and in the same transaction what `within` does (its tasks). A second delivery with the id counts only if
     * the first one failed, or was not understood by an older version: GitHub redelivers under the same id, and a replayed one must do nothing (W5, T22).
     */
    async record(
      delivery: Delivery,
      state: 'recorded' | 'done' | 'ignored',
      now: Date,
      within: (client: PoolClient) => Promise<void>,
    ): Promise<Recorded> {
      const { id, event, action, installationId, repositoryId, body } = delivery;
      return database.transaction(async (client) => {
        const row = [id, event, action, installationId, repositoryId, body, state, now];
        const { rows } = await client.query<{ attempts: number }>(RECORD, row);
        const known = rows[0];
        if (!known) return 'seen';
        await within(client);
        return known.attempts === 1 ? 'new' : 'again';
      });
    },

    /** The raw body; null when it is not known or was forgotten after its time. */
    async body(id: string): Promise<Buffer | null> {
      const { rows } = await database.pool.query<{ body: Buffer | null }>(
        'select body from gargoyle.delivery where id = $1',
        [id],
      );
      return rows[0]?.body ?? null;
    },

    /** Its task is done. A delivery with several tasks stays failed if one of them failed. */
    async done(id: string): Promise<void> {
      await database.pool.query(`update gargoyle.delivery set state = 'done' where id = $1 and state = 'recorded'`, [
        id,
      ]);
    },

    /** Its task failed for good: GitHub may be asked to deliver it again. */
    async failed(id: string, error: string): Promise<void> {
      const text = error.replaceAll('\0', '\ufffd').slice(0, 2000);
      await database.pool.query(`update gargoyle.delivery set state = 'failed', error = $2 where id = $1`, [id, text]);
    },
  };
}
