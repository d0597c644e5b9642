import { triggerFacts } from '../../knowledge/triggers.ts';
import type { Confidence, Reach } from '../finding.ts';
import type { Job } from '../model/job.ts';
import type { Start } from '../model/reach.ts';
import type { Step } from '../model/step.ts';
import { isAuthorTrusted } from './approval.ts';
import type { Source } from './sources.ts';
import { hasOpenParent } from './trigger-guards.ts';

/** A value in a step, and who can choose it in the worst run of that step. */
export interface Danger {
  readonly source: Source;
  readonly reach: Reach;
  readonly confidence: Confidence;
  /** The event of that worst run. */
  readonly event: string;
  /** That run is the repository's own: nothing is taken away from it as from a fork's. */
  readonly holdsAll: boolean;
}

const REACHES = ['insider', 'outsider-unprivileged', 'outsider-privileged'] as const satisfies readonly Reach[];
const KINDS = ['fixed', 'plain', 'unknown', 'computed', 'text'] as const satisfies readonly Source['kind'][];
const CONFIDENCES = ['low', 'medium', 'high'] as const satisfies readonly Confidence[];

/** Who can choose a value in a step; null when no run of the step has it. */
export function dangerOf(source: Source, at: Step | Job): Danger | null {
  const known = judged.get(at) ?? new Map<Source, Danger | null>();
  judged.set(at, known);
  const before = known.get(source);
  if (before !== undefined) return before;
  const danger = judge(source, at);
  known.set(source, danger);
  return danger;
}

/** By source: a script of thousands of expressions asks the same conditions again and again. */
const judged = new WeakMap<Step | Job, Map<Source, Danger | null>>();

function judge(source: Source, at: Step | Job): Danger | null {
  const starts = at.reach.starts.filter((start) => carries(start, source));
  const dangers = starts.map((start): Danger => {
    const { event, holdsAll } = start;
    const isTrusted = source.author === 'writer' || isAuthorTrusted(source.name, at, event);
    const reach = isTrusted ? 'insider' : reachOf(start, source, at);
    const confidence = lower(source.confidence, certainty(start, source, reach));
    return { source, reach, event, holdsAll, confidence };
  });
  return worst(dangers);
}

function certainty(start: Start, { kind, events }: Source, reach: Reach): Confidence {
  if (kind === 'computed' && reach !== 'outsider-privileged') return 'low';
  if (start.event === 'workflow_run' && start.trigger) return hasOpenParent(start.trigger) ? 'high' : 'medium';
  const isSure = start.outsider !== 'indirect' && (start.event !== 'workflow_call' || events === null);
  return isSure ? 'high' : 'medium';
}

/** The one to report: a text before what is not known, then by certainty, then by who reaches it, then the repository's own run. */
export function worst(dangers: readonly Danger[]): Danger | null {
  const rank = ({ source, reach, confidence, holdsAll }: Danger) =>
    KINDS.indexOf(source.kind) * 100 +
    CONFIDENCES.indexOf(confidence) * 10 +
    REACHES.indexOf(reach) * 2 +
    Number(holdsAll);
  return dangers.reduce<Danger | null>((a, b) => (a === null || rank(b) > rank(a) ? b : a), null);
}

/** The less certain of two. */
function lower(a: Confidence, b: Confidence): Confidence {
  return CONFIDENCES.indexOf(a) < CONFIDENCES.indexOf(b) ? a : b;
}

/** A run by this event has the value; nothing is known of a caller outside the repository. */
function carries(start: Start, { events, name }: Source): boolean {
  if (start.event === 'workflow_call') return true;
  if (RUN_REFS.includes(name) && isRefFixed(start)) return false;
  if (name === 'github.event.workflow_run.head_branch' && isNarrowed(start.trigger)) return false;
  return events === null || events.includes(start.event);
}

/** On these events `github.ref` is a number or the default branch, or was made by GitHub. */
const REF_IS_FIXED = [
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'pull_request_review_comment',
  'issue_comment',
  'issues',
  'discussion',
  'discussion_comment',
  'workflow_run',
  'schedule',
  'fork',
  'watch',
  'gollum',
  'check_run',
  'check_suite',
  'status',
  'repository_dispatch',
  'merge_group',
];

/** The run's own ref is a number, the default branch, or one that the trigger's filter writes out. */
function isRefFixed({ event, trigger }: Start): boolean {
  if (REF_IS_FIXED.includes(event)) return true;
  if (event !== 'push' || !trigger) return false;
  return isNarrowed(trigger);
}

/** A trigger's filters let only names through that no shell obeys. Without a filter for tags, one for branches keeps tags out, and the other way round. */
function isNarrowed(trigger: Start['trigger']): boolean {
  const [branches, tags] = [trigger?.filter('branches') ?? null, trigger?.filter('tags') ?? null];
  const patterns = [...(branches ?? []), ...(tags ?? [])];
  return (branches ?? tags) !== null && patterns.every(({ value }) => NARROW.test(value));
}

/** A pattern that lets only harmless characters through: names, and classes of digits and letters. */
const NARROW = /^!?(?:[\w./-]|\[[\w-]+\][+?]?)+$/;

/** A name of the branch or tag that the run is of. */
export function isOwnRef(name: string): boolean {
  return OWN_REFS.includes(name);
}

const RUN_REFS = ['github.ref', 'github.ref_name'];

const OWN_REFS = [
  'github.ref',
  'github.ref_name',
  'github.workflow_ref',
  'github.event.ref',
  'github.event.release.tag_name',
];

function reachOf(start: Start, { name }: Source, at: Step | Job): Reach {
  if (start.outsider === 'no') return 'insider';
  if (start.isPrivileged) return 'outsider-privileged';
  // A review of a same-repository pull request runs with everything, and anyone may write its text (corrections 9).
  const isOpen = triggerFacts(start.event).privilegedText?.some((path) => `github.${path}` === name) ?? false;
  const job = at.kind === 'job' ? at : at.job;
  const hasPower = job !== null && (job.token.mayWrite || job.secrets.length > 0);
  return isOpen && hasPower ? 'outsider-privileged' : 'outsider-unprivileged';
}
