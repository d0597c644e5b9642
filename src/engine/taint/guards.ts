import { dependabotGate } from '../../knowledge/gates.ts';
import type { Facts } from '../facts.ts';
import { assumeEvent } from '../model/assume.ts';
import type { Assume } from '../model/decide.ts';
import type { Job } from '../model/job.ts';
import type { Located } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import { accesses, pathOf } from '../model/visit-expression.ts';
import { ACTOR, inRun, isPersonTrusted, STRANGER, strangerMade } from './approval.ts';
import { gateBefore } from './gate-steps.ts';
import { stepIndexes } from './step-order.ts';
import { isStopped, neededBy, stopper } from './way.ts';

/**
 * What stands before a step. `same-repository`: the head is not a fork's. `dependabot`: all commits are Dependabot's.
 * `author`: who wrote the pull request or issue is trusted. `starter`: who started the run is. `permission`: a step
 * asks GitHub what that person may do. `label`: the label that was just put on. `labels`: one that was put on at some
 * time. `environment`: reviewers of a deployment.
 */
type GuardForm =
  | 'same-repository'
  | 'dependabot'
  | 'author'
  | 'starter'
  | 'permission'
  | 'label'
  | 'labels'
  | 'environment';

/** Something that every run by an event must pass before it gets to a step. */
export interface Guard {
  /** `hard`: no outsider's code or text passes. `soft`: a person says yes, and what was looked at may change afterwards. */
  readonly kind: 'hard' | 'soft';
  readonly how: GuardForm;
  readonly at: Located;
}

/** What dominates a step or a job in runs by an event; null: an event that is not known. */
export function guardsOf(at: Step | Job, event: string | null): readonly Guard[] {
  const known = read.get(at) ?? new Map<string | null, readonly Guard[]>();
  read.set(at, known);
  const guards = known.get(event) ?? readGuards(at, event);
  known.set(event, guards);
  return guards;
}

const read = new WeakMap<Step | Job, Map<string | null, readonly Guard[]>>();

function readGuards(at: Step | Job, event: string | null): readonly Guard[] {
  const found: Guard[] = [];
  const add = (kind: Guard['kind'], how: GuardForm, place: Located | null) => {
    if (place) found.push({ kind, how, at: place });
  };
  add('hard', 'same-repository', event === null ? null : stoppedBy(at, foreignHead(event)));
  add('hard', 'dependabot', provedBefore(at));
  add('soft', 'author', trusted(at, authorOf(event), event));
  add('soft', 'starter', trusted(at, starterOf(event), event) ?? trusted(at, ACTOR, event));
  add('soft', 'permission', gateBefore(at, event));
  if (event?.startsWith('pull_request')) add('soft', 'label', stoppedBy(at, ofEvent(otherLabels, event, otherLabel)));
  // An issue's template puts labels on for anyone who opens one.
  if (event !== 'issues') add('soft', 'labels', stoppedBy(at, ofEvent(labelless, event, noLabels)));
  return found;
}

function stoppedBy(at: Step | Job, assume: Assume): Located | null {
  return isStopped(at, assume) ? (stopper(at, assume) ?? at) : null;
}

function trusted(at: Step | Job, object: string | null, event: string | null): Located | null {
  if (object === null || !isPersonTrusted(object, at, event)) return null;
  return stopper(at, strangerMade(object, event)) ?? at;
}

/** Who wrote what the run is about: the code of the pull request, the text of the issue. */
function authorOf(event: string | null): string | null {
  if (event === 'issues' || event === 'issue_comment') return 'github.event.issue';
  if (event?.startsWith('discussion')) return 'github.event.discussion';
  return event?.startsWith('pull_request') ? 'github.event.pull_request' : null;
}

/** Who did what the event tells of. */
function starterOf(event: string | null): string | null {
  if (event?.endsWith('_comment')) return 'github.event.comment';
  if (event === 'pull_request_review') return 'github.event.review';
  return event === 'issues' || event === 'discussion' ? authorOf(event) : null;
}

const foreign = new Map<string, Assume>();
const otherLabels = new Map<string, Assume>();
const labelless = new Map<string, Assume>();

function foreignHead(event: string): Assume {
  const assume = foreign.get(event) ?? assumeEvent(event, 'outsider');
  if (foreign.size < 64) foreign.set(event, assume);
  return assume;
}

/** One for each event, so that the same question is known again; an unknown event's name is not kept. */
function ofEvent(known: Map<string, Assume>, event: string | null, assume: Assume): Assume {
  if (event === null) return assume;
  const found = known.get(event) ?? inRun(event, assume);
  if (known.size < 64) known.set(event, found);
  return found;
}

const otherLabel: Assume = (part) => {
  const isLabel = part.kind === 'access' && pathOf(part) === 'github.event.label.name';
  return isLabel ? { known: true, value: STRANGER } : undefined;
};

const noLabels: Assume = (part) => {
  const [list] = part.kind === 'call' && part.name === 'contains' ? part.args : [];
  const isLabels = list && accesses(list).some((access) => /\.labels(?:\.\*\.name)?$/.test(pathOf(access)));
  return isLabels ? { known: true, value: false } : undefined;
};

const PROOFS = [dependabotGate.action];

/** A step that fails unless all commits are Dependabot's; a writer's later commits pass it (corrections 15). */
function provesDependabot(step: Step): boolean {
  if (!step.uses?.matches(PROOFS) || step.continuesOnError !== 'no' || step.isNever) return false;
  return dependabotGate.unless.every((input) => (step.with(input)?.value.trim() ?? 'false') === 'false');
}

const proofs = stepIndexes(provesDependabot);

function provedBefore(at: Step | Job): Located | null {
  const job = at.kind === 'job' ? at : at.job;
  if (at.kind === 'step' && proofs.before(at) && !at.condition?.hasStatusFunction) {
    return at.parent.steps[proofs.of(at.parent)[0] ?? 0] ?? null;
  }
  const before = job && neededBy(job).find((needed) => proofs.of(needed).length > 0);
  return before ? before.idAt : null;
}

/** The environment of a job, where GitHub says that people review its deployments. */
export function reviewedEnvironment({ environment }: Job, facts: Facts): Guard | null {
  const name = environment?.name;
  if (!name?.isLiteral) return null;
  const setting = facts.setting('environments')?.find((one) => one.name.toLowerCase() === name.value.toLowerCase());
  return setting?.hasReviewers ? { kind: 'soft', how: 'environment', at: name } : null;
}
