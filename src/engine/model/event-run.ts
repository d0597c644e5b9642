import { objectsOfEvent } from '../../knowledge/event-objects.ts';
import { refOfEvent } from '../../knowledge/triggers.ts';
import type { Expr } from '../expression/parse.ts';
import type { Assume } from './decide.ts';
import { pathOf } from './visit-expression.ts';

/**
 * What every run by an event has, whoever caused it: the event's name, no object that the event doesn't carry, and a ref of the
 * event's kind. So `startsWith(github.ref, 'refs/tags/')` is false for pull requests and comments, whatever else holds.
 */
export function assumeRun(event: string): Assume {
  const absent = objectsOfEvent(event).absent;
  const ref = REFS[refOfEvent(event)];
  return (part) => {
    if (part.kind === 'access') {
      const path = pathOf(part);
      if (path === 'github.event_name') return { known: true, value: event };
      if (path === 'github.ref_type' && ref) return { known: true, value: 'branch' };
      const object = /^github\.event\.([a-z_]+)/.exec(path)?.[1];
      return object && absent.includes(object) ? { known: true, value: null } : undefined;
    }
    return ref && (part.kind === 'binary' || part.kind === 'call') ? refTest(part, ref) : undefined;
  };
}

/** A ref that begins with `prefix`, and its short name. */
interface RefShape {
  readonly prefix: string;
  readonly name: RegExp;
}

const PULL: RefShape = { prefix: 'refs/pull/', name: /^\d+\/merge$/ };
const BRANCH: RefShape = { prefix: 'refs/heads/', name: /./ };
const REFS: Readonly<Record<ReturnType<typeof refOfEvent>, RefShape | null>> = {
  merge: PULL,
  default: BRANCH,
  base: BRANCH,
  deployed: null,
  pushed: null,
  caller: null,
};

/** `github.ref == 'refs/tags/v1'`, `github.ref_name == 'main'`, `startsWith(github.ref, 'refs/heads/')`; undefined where the ref's shape doesn't decide. */
function refTest(part: Expr, { prefix, name }: RefShape): { known: true; value: boolean } | undefined {
  if (part.kind === 'binary' && (part.operator === '==' || part.operator === '!=')) {
    const [path, text] = pathAndText(part.left, part.right) ?? pathAndText(part.right, part.left) ?? [];
    if (text === undefined) return undefined;
    const isOther = path === 'github.ref' ? !text.startsWith(prefix) : path === 'github.ref_name' && !name.test(text);
    return isOther ? { known: true, value: part.operator === '!=' } : undefined;
  }
  if (part.kind !== 'call' || part.name !== 'startswith') return undefined;
  const [of, start] = part.args;
  const [path, text] = (of && start && pathAndText(of, start)) ?? [];
  if (path !== 'github.ref' || text === undefined) return undefined;
  if (prefix.startsWith(text)) return { known: true, value: true };
  return text.startsWith(prefix) ? undefined : { known: true, value: false };
}

function pathAndText(access: Expr, literal: Expr): readonly [string, string] | null {
  if (access.kind !== 'access' || literal.kind !== 'literal' || typeof literal.value !== 'string') return null;
  // Comparisons ignore case.
  return [pathOf(access), literal.value.toLowerCase()];
}
