import type { Folded } from '../expression/fold.ts';
import type { Expr } from '../expression/parse.ts';
import type { Condition } from '../model/condition.ts';
import type { Assume } from '../model/decide.ts';
import { assumeRun } from '../model/event-run.ts';
import type { Job } from '../model/job.ts';
import type { Step } from '../model/step.ts';
import { accesses, pathOf } from '../model/visit-expression.ts';
import { isStopped } from './way.ts';

/** No account has this name: a login may not begin with a dash. */
export const STRANGER = '-stranger-';

/** What a person is, relative to the repository, who may not write to it. */
const STRANGERS = ['NONE', 'CONTRIBUTOR', 'FIRST_TIME_CONTRIBUTOR'] as const;

/** Whether runs by an event get to the step only when the author of a text (`github.event.comment.body`) is somebody whom an `if` names or trusts. */
export function isAuthorTrusted(name: string, at: Step | Job, event: string | null): boolean {
  const object = authoredObject(name);
  return object !== null && isPersonTrusted(object, at, event);
}

/** The same of the person who made an object of the event (`github.event.comment`); null: an event that is not known. */
export function isPersonTrusted(object: string, at: Step | Job, event: string | null): boolean {
  return STRANGERS.every((association) => isStopped(at, strangerMade(object, event, association)));
}

/**
 * A stranger made the object, in a run by the event: of `event_name == 'schedule' || …` only the second half is left for a comment.
 * One for each question, so that `isStopped` knows it again; an unknown event's is not kept.
 */
export function strangerMade(object: string, event: string | null, association: string = STRANGERS[0]): Assume {
  const key = `${event} ${object} ${association}`;
  const assume = strangers.get(key) ?? inRun(event, assumeStranger(object, association));
  if (strangers.size < 512) strangers.set(key, assume);
  return assume;
}

/** What is assumed, and what every run by the event has besides. */
export function inRun(event: string | null, assume: Assume): Assume {
  // A called workflow's run has its caller's event.
  const ofRun = event === null || event === 'workflow_call' ? null : assumeRun(event);
  return ofRun ? (part) => assume(part) ?? ofRun(part) : assume;
}

const strangers = new Map<string, Assume>();

/** `github.event.pull_request` of `github.event.pull_request.head.ref` and of `github.head_ref`; null for other texts. */
function authoredObject(name: string): string | null {
  if (name === 'github.head_ref') return 'github.event.pull_request';
  return /^github\.event\.(?:comment|issue|pull_request|review|discussion)(?=\.)/.exec(name)?.[0] ?? null;
}

function assumeStranger(object: string, association: string): Assume {
  return (part) => {
    if (object === ACTOR && namesBot(part)) return { known: true, value: true };
    if (part.kind !== 'access') return undefined;
    const path = pathOf(part);
    if (path === `${object}.author_association`) return known(association);
    if (path === `${object}.user.login`) return known(STRANGER);
    // Whoever comments is the actor; of a pull request's text the actor may be another person than the author.
    const isActor = ACTORS.includes(path);
    return isActor && (object === 'github.event.comment' || object === ACTOR) ? known(STRANGER) : undefined;
  };
}

/** The person who caused the run, whatever the event is about. */
export const ACTOR = 'github.actor';

/** The names of that person. */
const ACTORS: readonly string[] = [ACTOR, 'github.triggering_actor', 'github.event.sender.login'];

/**
 * A test of the actor for a bot's name: an outsider passes it, since a bot can be made to act on their pull request
 * (a comment makes Dependabot rebase, a merge makes it recreate).
 */
function namesBot(part: Expr): boolean {
  const isTest = part.kind === 'binary' || (part.kind === 'call' && BOT_TESTS.includes(part.name));
  if (!isTest || !accesses(part).some((access) => ACTORS.includes(pathOf(access)))) return false;
  const operands = part.kind === 'binary' ? [part.left, part.right] : part.args;
  return operands.some(hasBotName);
}

const BOT_TESTS: readonly string[] = ['contains', 'endswith', 'startswith'];

function hasBotName(part: Expr): boolean {
  if (part.kind === 'group') return hasBotName(part.inner);
  if (part.kind === 'call') return part.args.some(hasBotName);
  return part.kind === 'literal' && typeof part.value === 'string' && part.value.toLowerCase().includes('[bot]');
}

function known(value: string): Folded {
  return { known: true, value };
}

/** Nothing that a condition asks depends on anyone but the person who starts the run: the event, and what it says. */
export function isOpenTo(condition: Condition | null): boolean {
  if (!condition) return true;
  const { tree } = condition;
  return tree !== null && accesses(tree).every((access) => OPEN.test(pathOf(access)));
}

const OPEN =
  /^github\.(?:event_name|repository|repository_owner|event\.(?:action|(?:comment|review)\.body|(?:issue|pull_request|discussion)\.(?:title|body|draft|state|number|pull_request)|issue\.pull_request\.url))$|^github\.event\.(?:issue|pull_request)$/;
