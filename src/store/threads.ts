import type { Database } from './database.ts';

/** A review thread that we started. `nodeId` is GraphQL's id of the thread, once it is known. */
export interface KnownThread {
  readonly fingerprint: string;
  readonly commentId: number;
  readonly nodeId: string | null;
  readonly state: 'open' | 'ended';
}

export type ThreadStore = ReturnType<typeof threadsStore>;

/** Our review threads by finding. A cache: GitHub is the truth. */
export function threadsStore(database: Database) {
  const { pool } = database;
  return {
    async of(repositoryId: number, pull: number): Promise<readonly KnownThread[]> {
      const { rows } = await pool.query<{
        fingerprint: string;
        comment_id: string;
        node_id: string | null;
        state: KnownThread['state'];
      }>(
        'select fingerprint, comment_id, node_id, state from gargoyle.thread where repository_id = $1 and pull = $2 order by comment_id',
        [repositoryId, pull],
      );
      return rows.map((row) => ({
        fingerprint: row.fingerprint,
        commentId: Number(row.comment_id),
        nodeId: row.node_id,
        state: row.state,
      }));
    },

    async keep(
      of: { installationId: number; repositoryId: number; pull: number },
      threads: readonly KnownThread[],
    ): Promise<void> {
      for (const thread of threads) {
        await pool.query(
          `insert into gargoyle.thread (installation_id, repository_id, pull, fingerprint, comment_id, node_id, state)
           values ($1, $2, $3, $4, $5, $6, $7)
           on conflict (repository_id, pull, fingerprint) do update
             set installation_id = excluded.installation_id, comment_id = excluded.comment_id, node_id = coalesce(excluded.node_id, thread.node_id), state = excluded.state`,
          [
            of.installationId,
            of.repositoryId,
            of.pull,
            thread.fingerprint,
            thread.commentId,
            thread.nodeId,
            thread.state,
          ],
        );
      }
    },

    async remove(repositoryId: number, pull: number, fingerprints: readonly string[]): Promise<void> {
      await pool.query('delete from gargoyle.thread where repository_id = $1 and pull = $2 and fingerprint = any($3)', [
        repositoryId,
        pull,
        fingerprints,
      ]);
    },
  };
}
