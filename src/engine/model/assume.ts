import { triggerFacts } from '../../knowledge/triggers.ts';
import type { Binary, Expr } from '../expression/parse.ts';
import type { Assume } from './decide.ts';
import { assumeRun } from './event-run.ts';
import { pathOf } from './visit-expression.ts';

/** Names of the repository that the head of a pull request or run comes from. */
const HEAD_NAMES: ReadonlySet<string> = new Set([
  'github.event.pull_request.head.repo.full_name',
  'github.event.workflow_run.head_repository.full_name',
]);
const HEAD_IDS: ReadonlySet<string> = new Set([
  'github.event.pull_request.head.repo.id',
  'github.event.workflow_run.head_repository.id',
]);
/** Names of this repository. */
const OWN_NAMES: ReadonlySet<string> = new Set([
  'github.repository',
  'github.event.repository.full_name',
  'github.event.pull_request.base.repo.full_name',
  'github.event.workflow_run.repository.full_name',
]);
const OWN_IDS: ReadonlySet<string> = new Set([
  'github.repository_id',
  'github.event.repository.id',
  'github.event.pull_request.base.repo.id',
  'github.event.workflow_run.repository.id',
]);

/**
 * What holds in a run of `event` (null: any) that anyone, or an outsider, caused. Of an outsider's run only this is
 * taken for granted: its head is not this repository, and the run that caused a `workflow_run` is one that outsiders
 * can start. Not `head.repo.fork` (null when the fork is deleted), not the actor (a bot can be made to act), not
 * `github.ref` (the default branch's for outsiders too), not a conclusion.
 */
export function assumeEvent(event: string | null, who: 'anyone' | 'outsider'): Assume {
  const ofRun = event === null ? null : assumeRun(event);
  return (part) => {
    const given = ofRun?.(part);
    if (given) return given;
    if (who === 'anyone' || part.kind !== 'binary' || (part.operator !== '==' && part.operator !== '!='))
      return undefined;
    const isForeign = comparesRepositories(part) || namesWritersEvent(part);
    return isForeign ? { known: true, value: part.operator === '!=' } : undefined;
  };
}

function comparesRepositories({ left, right }: Binary): boolean {
  const [a, b] = [accessPath(left), accessPath(right)];
  return isPair(a, b, HEAD_NAMES, OWN_NAMES) || isPair(a, b, HEAD_IDS, OWN_IDS);
}

function isPair(a: string, b: string, head: ReadonlySet<string>, own: ReadonlySet<string>): boolean {
  return (head.has(a) && own.has(b)) || (head.has(b) && own.has(a));
}

/** `github.event.workflow_run.event == 'push'`: the first run was caused by someone with write access. */
function namesWritersEvent({ left, right }: Binary): boolean {
  const [path, other] = accessPath(left) === '' ? [accessPath(right), left] : [accessPath(left), right];
  if (path !== 'github.event.workflow_run.event' || other.kind !== 'literal') return false;
  return typeof other.value === 'string' && triggerFacts(other.value.toLowerCase()).startedBy === 'writer';
}

function accessPath(expr: Expr): string {
  if (expr.kind === 'group') return accessPath(expr.inner);
  return expr.kind === 'access' ? pathOf(expr) : '';
}
