import type { Database } from './database.ts';

export type BlobStore = ReturnType<typeof blobsStore>;

/** Texts of files by git's blob id, for each installation apart: private text of one is never given to another (T23). */
export function blobsStore(database: Database) {
  const { pool } = database;
  return {
    /** Those of the wanted ones that are known. */
    async get(installationId: number, oids: readonly string[]): Promise<Map<string, string>> {
      if (oids.length === 0) return new Map();
      const { rows } = await pool.query<{ oid: string; content: Buffer }>(
        'select oid, content from gargoyle.blob where installation_id = $1 and oid = any($2)',
        [installationId, oids],
      );
      await pool.query(
        `update gargoyle.blob set used_at = now() where installation_id = $1 and oid = any($2) and used_at < now() - interval '1 day'`,
        [installationId, oids],
      );
      return new Map(rows.map((row) => [row.oid, row.content.toString('utf8')]));
    },

    /** Stored as bytes: a file may hold NUL, which text columns refuse. */
    async put(installationId: number, texts: ReadonlyMap<string, string>): Promise<void> {
      if (texts.size === 0) return;
      const contents = [...texts.values()].map((text) => Buffer.from(text, 'utf8'));
      await pool.query(
        `insert into gargoyle.blob (installation_id, oid, content)
         select $1, oid, content from unnest($2::text[], $3::bytea[]) as new (oid, content) on conflict do nothing`,
        [installationId, [...texts.keys()], contents],
      );
    },
  };
}
