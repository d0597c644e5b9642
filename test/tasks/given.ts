import type { Comparison } from '../../src/engine/analysis.ts';
import type { CheckUpdate } from '../../src/github/checks.ts';
import type { Comment, Reaction } from '../../src/github/comments.ts';
import type { GitHub } from '../../src/github/github.ts';
import type { ObjectsFound, ObjectsWanted } from '../../src/github/objects.ts';
import type { Pull } from '../../src/github/pulls.ts';
import type { OwnThread } from '../../src/github/threads.ts';
import { createLogger } from '../../src/log.ts';
import type { Verdict } from '../../src/policy/verdict.ts';
import type { TaskContext } from '../../src/queue/perform.ts';
import type { Task } from '../../src/queue/tasks.ts';
import type { ReviewRequest } from '../../src/report/review.ts';
import type { Begun, Scan } from '../../src/store/scans.ts';
import type { Store } from '../../src/tasks/store.ts';
import type { Tools } from '../../src/tasks/tools.ts';
import { catalogue, comparison, HEAD } from '../report/sample.ts';

export const place = { installationId: 5, repositoryId: 7, owner: 'octo', name: 'site' };
export const NOW = new Date('2026-11-20T12:00:00Z');

interface FakeCheck {
  readonly id: number;
  readonly head: string;
  readonly externalId: string;
  isCompleted: boolean;
  conclusion: string | null;
  annotations: number;
  title: string;
}

/** A GitHub in memory: what was written is in its lists, in order. */
export class FakeGitHub {
  readonly checkRuns: FakeCheck[] = [];
  readonly updates: (CheckUpdate & { readonly id: number })[] = [];
  readonly posted: ReviewRequest[] = [];
  readonly own: OwnThread[] = [];
  readonly reviewedHeads: string[] = [];
  readonly said: string[] = [];
  readonly reactions: Reaction[] = [];
  readonly done: string[] = [];
  conversations = 0;
  granted: Record<string, string> = {};
  pull: Pull | null = pullOf();
  comment: Comment | null = null;
  recent: Comment[] = [];
  writers = new Set<number>();
  openWithHead: number[] = [];
  /** Runs before an update of a check takes effect. */
  onUpdate: () => void = () => {};
  objectsOf: (wanted: ObjectsWanted) => Partial<ObjectsFound> = () => ({});
  readonly objectsAsked: ObjectsWanted[] = [];

  /** A check as an earlier try left it. */
  givenCheck(parts: Partial<FakeCheck> = {}): FakeCheck {
    const check = {
      id: this.checkRuns.length + 1,
      head: HEAD,
      externalId: 'scan:1',
      isCompleted: false,
      conclusion: null,
      annotations: 0,
      title: '',
      ...parts,
    };
    this.checkRuns.push(check);
    return check;
  }

  get port(): GitHub {
    const unused = () => Promise.reject(new Error('not in this test'));
    return {
      grants: async () => this.granted,
      repositories: {
        names: async (_, ids) =>
          new Map(
            [...ids].filter((id) => id === place.repositoryId).map((id) => [id, { owner: 'octo', name: 'site' }]),
          ),
      },
      pulls: {
        overview: unused,
        find: async () => this.pull,
        policies: unused,
        mergeBase: unused,
        openWithHead: async () => this.openWithHead,
      },
      objects: {
        read: async (_, wanted) => {
          this.objectsAsked.push(wanted);
          return { trees: new Map(), texts: new Map(), actions: new Map(), pull: null, ...this.objectsOf(wanted) };
        },
      },
      checks: {
        start: async (_, { head, externalId, output }) => this.givenCheck({ head, externalId, title: output.title }).id,
        ofHead: async (_, head, which) => {
          const found = this.checkRuns.filter((check) => check.head === head).reverse();
          return which === 'latest' ? found.slice(0, 1) : found;
        },
        read: async (_, id) => this.#check(id),
        update: async (_, id, update) => {
          this.onUpdate();
          this.updates.push({ id, ...update });
          const check = this.#check(id);
          check.annotations += update.annotations.length;
          check.title = update.output.title;
          check.isCompleted = update.conclusion !== null;
          check.conclusion = update.conclusion;
        },
      },
      reviews: {
        post: async (_, _pull, review) => {
          this.posted.push(review);
        },
      },
      threads: {
        conversation: async () => {
          this.conversations += 1;
          return { threads: this.own, reviewedHeads: this.reviewedHeads, isComplete: true };
        },
        reply: async (_, _pull, id, body) => void this.done.push(`reply ${id} ${body.slice(0, 10)}`),
        resolve: async (_, id) => void this.done.push(`resolve ${id}`),
        unresolve: async (_, id) => void this.done.push(`unresolve ${id}`),
        edit: async (_, id, body) => void this.done.push(`edit ${id} ${body.slice(0, 10)}`),
        remove: async (_, id) => void this.done.push(`remove ${id}`),
      },
      comments: {
        read: async () => this.comment,
        since: async () => this.recent,
        post: async (_, _pull, body) => void this.said.push(body),
        react: async (_, _id, reaction) => void this.reactions.push(reaction),
      },
      collaborators: { mayWrite: async (_, { id }) => this.writers.has(id) },
    };
  }

  #check(id: number): FakeCheck {
    const found = this.checkRuns.find((check) => check.id === id);
    if (!found) throw new Error(`no check ${id}`);
    return found;
  }
}

export function pullOf(parts: Partial<Pull> = {}): Pull {
  return {
    number: 12,
    isOpen: true,
    isMerged: false,
    isDraft: false,
    head: HEAD,
    baseRef: 'main',
    baseTip: HEAD,
    isBot: false,
    authorId: 2,
    ...parts,
  };
}

/** A store in memory, as far as the tasks' own decisions need it; what its tables do is tested with PostgreSQL. */
export class FakeStore {
  readonly verdicts: Verdict[] = [];
  readonly closed: number[] = [];
  readonly scans: Scan[] = [];
  readonly finished: (readonly [id: number, state: string, conclusion: string | null])[] = [];
  readonly checks = new Map<number, number>();
  readonly threads = new Map<
    string,
    { fingerprint: string; commentId: number; nodeId: string | null; state: 'open' | 'ended' }
  >();
  readonly blobs = new Map<string, string>();
  readonly policies = new Map<string, { path: string; oid: string; text: string }>();
  isCurrent = true;

  get port(): Store {
    const unused = () => Promise.reject(new Error('not in this test'));
    return {
      scans: {
        begin: unused,
        keepCheck: async (scanId, check) => void this.checks.set(scanId, check),
        isCurrent: async () => this.isCurrent,
        finish: async (id, state, conclusion = null) => void this.finished.push([id, state, conclusion]),
        unfinished: async (_, of = null) =>
          this.scans.filter((scan) => of === null || (scan.repositoryId === of.repositoryId && scan.pull === of.pull)),
        byExternalId: async (_, id) => this.scans.find((scan) => scan.externalId === id) ?? null,
        pullsWithHead: async (_, head) =>
          this.scans.flatMap((scan) => (scan.head === head && scan.pull !== null ? [scan.pull] : [])),
      },
      verdicts: {
        keep: async (verdict) => void this.verdicts.push(verdict),
        ofHead: async (_, head) => this.verdicts.filter((verdict) => verdict.head === head),
        close: async (_, pull) => {
          this.closed.push(pull);
          return [];
        },
      },
      blobs: {
        get: async (_, oids) =>
          new Map(oids.flatMap((oid) => (this.blobs.has(oid) ? [[oid, this.blobs.get(oid) ?? ''] as const] : []))),
        put: async (_, texts) => {
          for (const [oid, text] of texts) this.blobs.set(oid, text);
        },
      },
      policies: {
        lastGood: async (_, owner, name) => this.policies.get(`${owner}/${name}`) ?? null,
        keepGood: async (_, owner, name, policy) => void this.policies.set(`${owner}/${name}`, policy),
      },
      threads: {
        of: async () => [...this.threads.values()],
        keep: async (_, rows) => {
          for (const row of rows) this.threads.set(row.fingerprint, row);
        },
        remove: async (_, _pull, fingerprints) => {
          for (const fingerprint of fingerprints) this.threads.delete(fingerprint);
        },
      },
      workflowJobs: { record: unused },
      retention: { forgetOld: unused, forgetInstallation: unused, forgetRepositories: unused },
    };
  }
}

/** The tools of a task, in memory; `queued` is what it enqueued. */
export function givenTools(found: Partial<Comparison> = {}): {
  tools: Tools;
  github: FakeGitHub;
  store: FakeStore;
  queued: Task[];
} {
  const github = new FakeGitHub();
  const store = new FakeStore();
  const queued: Task[] = [];
  const tools: Tools = {
    github: github.port,
    store: store.port,
    analyzer: {
      analyze: () => Promise.reject(new Error('not in this test')),
      compare: async () => comparison(found),
      close: async () => {},
    },
    enqueue: async (tasks) => void queued.push(...tasks),
    catalogue,
    engine: '1',
    site: 'https://github.com',
    markerKey: 'a secret',
    now: () => NOW,
  };
  return { tools, github, store, queued };
}

export function context(parts: Partial<TaskContext> = {}): TaskContext {
  return {
    attempt: 1,
    lastAttempt: false,
    signal: new AbortController().signal,
    log: createLogger('silent'),
    ...parts,
  };
}

export function scanOf(parts: Partial<Begun['scan']> = {}): Begun['scan'] {
  return {
    id: 1,
    installationId: 5,
    repositoryId: 7,
    pull: 12,
    head: HEAD,
    baseRef: 'main',
    generation: 1,
    externalId: 'scan:1',
    checkRunId: null,
    state: 'running',
    conclusion: null,
    startedAt: NOW,
    resumed: false,
    ...parts,
  };
}
