import type { Database } from './database.ts';

/** A policy file that could be read: its text and git's blob id. */
export interface GoodPolicy {
  readonly path: string;
  readonly oid: string;
  readonly text: string;
}

export type PolicyStore = ReturnType<typeof policiesStore>;

/** The last policy of each repository that was valid: a broken one never switches the guard off. */
export function policiesStore(database: Database) {
  const { pool } = database;
  return {
    async lastGood(installationId: number, owner: string, name: string, path: string): Promise<GoodPolicy | null> {
      const { rows } = await pool.query<GoodPolicy>(
        `select path, oid, content as text from gargoyle.policy
         where installation_id = $1 and owner = lower($2) and name = lower($3) and path = $4`,
        [installationId, owner, name, path],
      );
      return rows[0] ?? null;
    },

    async keepGood(installationId: number, owner: string, name: string, policy: GoodPolicy): Promise<void> {
      await pool.query(
        `insert into gargoyle.policy (installation_id, owner, name, path, oid, content)
         values ($1, lower($2), lower($3), $4, $5, $6)
         on conflict (installation_id, owner, name, path) do update set oid = excluded.oid, content = excluded.content, kept_at = now()
         where policy.oid <> excluded.oid`,
        [installationId, owner, name, policy.path, policy.oid, policy.text],
      );
    },
  };
}
