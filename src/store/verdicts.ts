import type { Verdict } from '../policy/verdict.ts';
import type { Database } from './database.ts';

export type VerdictStore = ReturnType<typeof verdictsStore>;

/** Merge groups have no number; GitHub numbers pull requests from 1. */
const NO_PULL = 0;

const KEEP = `
  insert into gargoyle.verdict
    (installation_id, repository_id, pull, head, base_ref, base_sha, policy, engine, conclusion, body, is_open)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  on conflict (repository_id, head, pull, base_ref) do update set
    installation_id = excluded.installation_id, base_sha = excluded.base_sha, policy = excluded.policy, engine = excluded.engine, conclusion = excluded.conclusion,
    body = excluded.body, is_open = excluded.is_open, kept_at = now()`;

function parse(rows: readonly { readonly body: string }[]): readonly Verdict[] {
  return rows.map((row) => JSON.parse(row.body) as Verdict);
}

/** What was judged: one verdict for each pull request, head and base branch. */
export function verdictsStore(database: Database) {
  const { pool } = database;
  return {
    /**
     * Keeps a verdict. While the pull request is open, those of the other bases that it had count too: a retarget to a base of one's
     * own, where everything is old, must not turn a commit green.
     */
    async keep(verdict: Verdict, of: { readonly installationId: number; readonly isOpen: boolean }): Promise<void> {
      const { repository, head, base, policy, engine, conclusion } = verdict;
      const pull = verdict.pull ?? NO_PULL;
      await database.transaction(async (client) => {
        const body = JSON.stringify(verdict);
        const key = [of.installationId, repository.id, pull, head, base.ref, base.sha];
        await client.query(KEEP, [...key, policy, engine, conclusion, body, of.isOpen]);
        if (pull === NO_PULL) return;
        await client.query('update gargoyle.verdict set is_open = $3 where repository_id = $1 and pull = $2', [
          repository.id,
          pull,
          of.isOpen,
        ]);
      });
    },

    /** The verdicts that count for a commit's check: every open pull request with that head, with every base that it had there. */
    async ofHead(repositoryId: number, head: string): Promise<readonly Verdict[]> {
      const { rows } = await pool.query<{ body: string }>(
        'select body from gargoyle.verdict where repository_id = $1 and head = $2 and is_open order by pull, base_ref',
        [repositoryId, head],
      );
      return parse(rows);
    },

    /** The pull request was closed: its verdicts no longer count. Gives the heads that they were about. */
    async close(repositoryId: number, pull: number): Promise<readonly string[]> {
      const { rows } = await pool.query<{ head: string }>(
        'update gargoyle.verdict set is_open = false where repository_id = $1 and pull = $2 and is_open returning head',
        [repositoryId, pull],
      );
      return [...new Set(rows.map((row) => row.head))];
    },
  };
}
