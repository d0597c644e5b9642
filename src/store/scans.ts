import type { PoolClient } from 'pg';
import type { Database } from './database.ts';

/** What is about to be scanned. `pull` null: a merge group. `deliveryId` tells a retry of a task from a new request. */
export interface ScanStart {
  readonly installationId: number;
  readonly repositoryId: number;
  readonly pull: number | null;
  readonly head: string;
  /** Branch name without `refs/heads/`. */
  readonly baseRef: string;
  readonly reason: string;
  readonly deliveryId: string | null;
}

export interface Scan {
  readonly id: number;
  readonly installationId: number;
  readonly repositoryId: number;
  readonly pull: number | null;
  readonly head: string;
  readonly baseRef: string;
  readonly generation: number;
  /** What the check run carries as `external_id`, so that it is found again when we died between its creation and `keepCheck`. */
  readonly externalId: string;
  readonly checkRunId: number | null;
  readonly state: 'running' | 'superseded' | 'completed' | 'failed';
  readonly conclusion: string | null;
  readonly startedAt: Date;
}

/** A scan that another one overtook and whose check is not yet closed. */
export interface SupersededScan {
  readonly scanId: number;
  readonly head: string;
  readonly externalId: string;
  readonly checkRunId: number | null;
}

export interface Begun {
  /**
   * `resumed`: an earlier try began it, so its check may exist. With state `completed` it is all done already: this is a retry after the
   * end, or a second delivery about a head that has its check and that nothing was scanned after.
   */
  readonly scan: Scan & { readonly resumed: boolean };
  /** Offered again until each is finished as `superseded`. */
  readonly superseded: readonly SupersededScan[];
}

export type ScanStore = ReturnType<typeof scansStore>;

interface Row {
  readonly id: string;
  readonly installation_id: string;
  readonly repository_id: string;
  readonly pull: string | null;
  readonly head: string;
  readonly base_ref: string;
  readonly delivery_id: string | null;
  readonly generation: string;
  readonly check_run_id: string | null;
  readonly state: Scan['state'];
  readonly conclusion: string | null;
  readonly started_at: Date;
}

function externalId(id: number): string {
  return `scan:${id}`;
}

function toScan(row: Row): Scan {
  const id = Number(row.id);
  return {
    id,
    installationId: Number(row.installation_id),
    repositoryId: Number(row.repository_id),
    pull: row.pull === null ? null : Number(row.pull),
    head: row.head,
    baseRef: row.base_ref,
    generation: Number(row.generation),
    externalId: externalId(id),
    checkRunId: row.check_run_id === null ? null : Number(row.check_run_id),
    state: row.state,
    conclusion: row.conclusion,
    startedAt: row.started_at,
  };
}

/**
 * Says that something about a pull request changed, so that a scan which is running sees that it is no longer the newest. A head that is
 * known already changes nothing: the scan of it may well be what this delivery is about. `head` null: always newer.
 */
export async function newGeneration(
  client: PoolClient,
  repositoryId: number,
  pull: number,
  head: string | null,
): Promise<void> {
  await client.query(
    `insert into gargoyle.pull as known (repository_id, pull, generation, head) values ($1, $2, 1, $3)
     on conflict (repository_id, pull) do update
       set generation = known.generation + 1, head = excluded.head, updated_at = now()
       where excluded.head is null or known.head is distinct from excluded.head`,
    [repositoryId, pull, head],
  );
}

/** Takes the pull request's row (one at a time), says which head is real, and gives the generation. */
async function claim(client: PoolClient, start: ScanStart): Promise<number> {
  const { rows } = await client.query<{ generation: string }>(
    `insert into gargoyle.pull as known (repository_id, pull, generation, head) values ($1, $2, 1, $3)
     on conflict (repository_id, pull) do update set head = excluded.head, updated_at = now() returning generation`,
    [start.repositoryId, start.pull, start.head],
  );
  return Number(rows[0]?.generation);
}

/** Reasons that are about a state which a check may already be about; the others ask for a check of their own. */
const ABOUT_STATE: ReadonlySet<string> = new Set(['opened', 'push', 'missed']);

/** Of the pull request's scans, newest first, the one that this start goes on with. One that failed is not taken up again. */
function resumable(rows: readonly Row[], start: ScanStart): Row | undefined {
  const same = rows.filter((row) => row.head === start.head && row.base_ref === start.baseRef);
  const running = same.find((row) => row.state === 'running');
  const done = same.filter((row) => row.state === 'completed');
  const retried = done.find((row) => start.deliveryId !== null && row.delivery_id === start.deliveryId);
  const answered = ABOUT_STATE.has(start.reason) ? done.find((row) => row === rows[0]) : undefined;
  return running ?? retried ?? answered;
}

const RESUME = 'update gargoyle.scan set generation = $2 where id = $1 returning *';
const START = `
  insert into gargoyle.scan (installation_id, repository_id, pull, head, base_ref, reason, delivery_id, generation, state)
  values ($1, $2, $3, $4, $5, $6, $7, $8, 'running') returning *`;

async function begin(client: PoolClient, start: ScanStart): Promise<Begun> {
  const generation = start.pull === null ? 0 : await claim(client, start);
  const { rows } = await client.query<Row>(
    `select * from gargoyle.scan where repository_id = $1 and pull is not distinct from $2 and ($2::bigint is not null or head = $3)
     order by id desc limit 200`,
    [start.repositoryId, start.pull, start.head],
  );
  const earlier = resumable(rows, start);
  const { installationId, repositoryId, pull, head, baseRef, reason, deliveryId } = start;
  const begun = earlier
    ? await client.query<Row>(RESUME, [earlier.id, generation])
    : await client.query<Row>(START, [
        installationId,
        repositoryId,
        pull,
        head,
        baseRef,
        reason,
        deliveryId,
        generation,
      ]);
  const row = begun.rows[0];
  if (!row) throw new Error('the scan could not be written down');
  const overtaken = await client.query<Row>(
    `update gargoyle.scan set state = 'superseded'
     where repository_id = $1 and pull is not distinct from $2 and ($2::bigint is not null or head = $3) and id <> $4
       and state in ('running', 'superseded') and finished_at is null
     returning *`,
    [repositoryId, pull, head, row.id],
  );
  return {
    scan: { ...toScan(row), resumed: earlier !== undefined },
    superseded: overtaken.rows
      .map(toScan)
      .map((scan) => ({ scanId: scan.id, head: scan.head, externalId: scan.externalId, checkRunId: scan.checkRunId })),
  };
}

/** Which scans were begun, which check each has, and which of them is still the newest of its pull request. */
export function scansStore(database: Database) {
  const { pool } = database;
  return {
    /** Begins a scan, or goes on with the one that an earlier try of the same work began. Marks the others of this pull as superseded. */
    begin: (start: ScanStart): Promise<Begun> => database.transaction((client) => begin(client, start)),

    async keepCheck(scanId: number, checkRunId: number): Promise<void> {
      await pool.query('update gargoyle.scan set check_run_id = $2 where id = $1', [scanId, checkRunId]);
    },

    /** False as soon as a newer push, retarget or closing was written down, or another scan overtook this one: then post nothing. */
    async isCurrent(scan: Pick<Scan, 'id' | 'generation'>): Promise<boolean> {
      const { rows } = await pool.query(
        `select 1 from gargoyle.scan left join gargoyle.pull using (repository_id, pull)
         where scan.id = $1 and scan.state in ('running', 'completed') and (scan.pull is null or pull.generation = $2)`,
        [scan.id, scan.generation],
      );
      return rows.length > 0;
    },

    /** The end of a scan, after its check says so on GitHub. */
    async finish(
      scanId: number,
      state: 'completed' | 'superseded' | 'failed',
      conclusion: string | null = null,
    ): Promise<void> {
      await pool.query('update gargoyle.scan set state = $2, conclusion = $3, finished_at = now() where id = $1', [
        scanId,
        state,
        conclusion,
      ]);
    },

    /** Scans that began longer ago than that and whose check may still be in progress, of all pull requests or of one. */
    async unfinished(
      olderThanMs: number,
      of: { repositoryId: number; pull: number } | null = null,
    ): Promise<readonly Scan[]> {
      const { rows } = await pool.query<Row>(
        `select * from gargoyle.scan where finished_at is null and started_at < now() - $1 * interval '1 millisecond'
           and ($2::bigint is null or (repository_id = $2 and pull = $3)) order by id limit 500`,
        [olderThanMs, of?.repositoryId ?? null, of?.pull ?? null],
      );
      return rows.map(toScan);
    },

    /** The scan behind a check run's `external_id`. It must be of that repository: the id comes from a payload (T23). */
    async byExternalId(repositoryId: number, id: string): Promise<Scan | null> {
      const number = /^scan:(\d{1,15})$/.exec(id)?.[1];
      if (!number) return null;
      const { rows } = await pool.query<Row>('select * from gargoyle.scan where id = $1 and repository_id = $2', [
        number,
        repositoryId,
      ]);
      return rows[0] ? toScan(rows[0]) : null;
    },

    /** The pull requests that were ever scanned at that head. */
    async pullsWithHead(repositoryId: number, head: string): Promise<readonly number[]> {
      const { rows } = await pool.query<{ pull: string }>(
        'select distinct pull from gargoyle.scan where repository_id = $1 and head = $2 and pull is not null',
        [repositoryId, head],
      );
      return rows.map((row) => Number(row.pull));
    },
  };
}
