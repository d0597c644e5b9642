import type { CheckOutput, CheckReport } from '../report/check-run.ts';
import type { Connect, Place } from './client.ts';

/** The App's one check; a required check is bound to this name and to the App's id. */
const CHECK_NAME = 'gargoyle';

interface CheckRun {
  readonly id: number;
  readonly externalId: string;
  readonly isCompleted: boolean;
  readonly conclusion: string | null;
  /** How many annotations it has: they are only ever added (C2). */
  readonly annotations: number;
}

/** One step of a check: its texts, up to 50 more annotations, and at the end the conclusion. */
export interface CheckUpdate {
  readonly output: CheckOutput;
  readonly annotations: CheckReport['annotations'];
  /** Null: still in progress. */
  readonly conclusion: CheckReport['conclusion'] | null;
}

/** Reads and writes our check runs. */
export interface Checks {
  /** Creates the check, in progress; gives its id. */
  start(
    place: Place,
    check: { readonly head: string; readonly externalId: string; readonly output: CheckOutput },
  ): Promise<number>;
  /** Our checks of a commit, newest first; with `latest` only the one that GitHub shows. */
  ofHead(place: Place, head: string, which: 'all' | 'latest'): Promise<readonly CheckRun[]>;
  read(place: Place, id: number): Promise<CheckRun>;
  update(place: Place, id: number, update: CheckUpdate): Promise<void>;
}

interface CheckData {
  readonly id: number | bigint;
  readonly external_id: string | null;
  readonly status: string;
  readonly conclusion: string | null;
  readonly output: { readonly annotations_count: number };
}

const at = ({ owner, name }: Place) => ({ owner, repo: name });

/** Over REST. `appId`: only our own checks count, whoever else uses their name (T16). */
export function checks(connect: Connect, appId: number): Checks {
  return {
    start: async (place, { head, externalId, output }) => {
      const client = await connect(place.installationId);
      const { data } = await client.write('POST /repos/{owner}/{repo}/check-runs', {
        ...at(place),
        name: CHECK_NAME,
        head_sha: head,
        external_id: externalId,
        status: 'in_progress',
        output,
      });
      return Number(data.id);
    },
    ofHead: (place, head, which) => ofHead(connect, appId, place, head, which),
    read: async (place, id) => {
      const client = await connect(place.installationId);
      const route = 'GET /repos/{owner}/{repo}/check-runs/{check_run_id}';
      const { data } = await client.read(route, { ...at(place), check_run_id: id });
      return toCheckRun(data);
    },
    update: async (place, id, { output, annotations, conclusion }) => {
      const client = await connect(place.installationId);
      await client.write('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
        ...at(place),
        check_run_id: id,
        ...(conclusion === null ? { status: 'in_progress' } : { status: 'completed', conclusion }),
        output: { ...output, ...(annotations.length > 0 ? { annotations: [...annotations] } : {}) },
      });
    },
  };
}

async function ofHead(
  connect: Connect,
  appId: number,
  place: Place,
  head: string,
  which: 'all' | 'latest',
): Promise<readonly CheckRun[]> {
  const client = await connect(place.installationId);
  const { data } = await client.read('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
    ...at(place),
    ref: head,
    check_name: CHECK_NAME,
    app_id: appId,
    filter: which,
    per_page: 100,
  });
  const own = data.check_runs.filter((run) => run.app?.id === appId);
  return own.map(toCheckRun).sort((one, other) => other.id - one.id);
}

function toCheckRun(data: CheckData): CheckRun {
  return {
    id: Number(data.id),
    externalId: data.external_id ?? '',
    isCompleted: data.status === 'completed',
    conclusion: data.conclusion,
    annotations: data.output.annotations_count,
  };
}
