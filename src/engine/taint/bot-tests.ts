import { botIds } from '../../knowledge/auto-merge.ts';
import type { Expr } from '../expression/parse.ts';
import type { Condition } from '../model/condition.ts';
import type { Located, SourceEdit } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import { accesses, pathOf } from '../model/visit-expression.ts';

/** A test that takes whoever acted last for the author of what is worked on. */
export interface BotTest {
  readonly at: Located;
  /** `github.actor=='dependabot[bot]'`. */
  readonly subject: string;
  /** The context that an outsider can make a bot's. */
  readonly path: string;
  /** Alone, or one of several ways in: nothing else must hold. */
  readonly isAlone: boolean;
  /** Puts the author's test in its place, or beside it; null where it doesn't stand in an `if`. */
  readonly authored: ((author: string, keeps: boolean) => SourceEdit | null) | null;
}

/** Names of whoever acted last: a bot can be made to act on a stranger's pull request. */
const SPOOFABLE = /^github\.(?:actor|actor_id|triggering_actor|event\.(?:pull_request\.)?sender\.(?:login|id|type))$/;

/** Names of the author, or a head of this repository: beside one of them the actor decides nothing. */
const AUTHORS =
  /^github\.event\.(?:pull_request|issue|comment|review|discussion|workflow_run\.actor)\.?(?:user\.(?:login|id|type)|login)$/;

/** The tests of an `if` that let a run in because a bot acted last. */
export function botTests(condition: Condition): readonly BotTest[] {
  const { expression } = condition;
  if (!expression?.tree || !/actor|sender/i.test(expression.code)) return [];
  return positiveTests(expression.tree, false, true).map(({ test, isAlone }) => ({
    at: expression.at(test),
    subject: expression.code.slice(test.start, test.end).replace(/\s+/g, ''),
    path:
      accesses(test)
        .map(pathOf)
        .find((path) => SPOOFABLE.test(path)) ?? 'github.actor',
    isAlone,
    authored: (author, keeps) => authoredEdit(condition, test, author, keeps),
  }));
}

interface Found {
  readonly test: Expr;
  readonly isAlone: boolean;
}

function positiveTests(expr: Expr, isNegated: boolean, isAlone: boolean): readonly Found[] {
  switch (expr.kind) {
    case 'group':
      return positiveTests(expr.inner, isNegated, isAlone);
    case 'unary':
      return positiveTests(expr.operand, !isNegated, isAlone);
    case 'logical': {
      // Under a negation "and" means "or".
      const isAnd = (expr.operator === '&&') !== isNegated;
      if (isAnd && expr.operands.some((operand) => testsAuthor(operand, isNegated))) return [];
      return expr.operands.flatMap((operand) => positiveTests(operand, isNegated, isAlone && !isAnd));
    }
    case 'binary': {
      const isTest = expr.operator === '==' || expr.operator === '!=';
      const isPositive = (expr.operator === '==') !== isNegated;
      return isTest && isPositive && isBotTest(expr, [expr.left, expr.right]) ? [{ test: expr, isAlone }] : [];
    }
    case 'call': {
      const isTest = expr.name === 'contains' || expr.name === 'endswith' || expr.name === 'startswith';
      return isTest && !isNegated && isBotTest(expr, expr.args) ? [{ test: expr, isAlone }] : [];
    }
    default:
      return [];
  }
}

function isBotTest(test: Expr, operands: readonly Expr[]): boolean {
  return accesses(test).some((access) => SPOOFABLE.test(pathOf(access))) && operands.some(namesBot);
}

function namesBot(part: Expr): boolean {
  if (part.kind === 'group') return namesBot(part.inner);
  if (part.kind === 'call') return part.args.some(namesBot);
  if (part.kind !== 'literal' || part.value === null) return false;
  const text = String(part.value).toLowerCase();
  return (
    text.includes('[bot]') ||
    text === 'bot' ||
    /^(?:dependabot|renovate)$/.test(text) ||
    botIds.some((id) => id === text)
  );
}

/** The author is tested for a name, or the head for this repository. */
function testsAuthor(expr: Expr, isNegated: boolean): boolean {
  if (expr.kind === 'group') return testsAuthor(expr.inner, isNegated);
  if (expr.kind === 'unary') return testsAuthor(expr.operand, !isNegated);
  const isTest =
    (expr.kind === 'binary' && (expr.operator === '==') !== isNegated) || (expr.kind === 'call' && !isNegated);
  return isTest && accesses(expr).some((access) => AUTHORS.test(pathOf(access)));
}

function authoredEdit(condition: Condition, test: Expr, author: string, keeps: boolean): SourceEdit | null {
  const { expression, text } = condition;
  const access = accesses(test).find((one) => SPOOFABLE.test(pathOf(one)));
  if (!expression || !access) return null;
  const written = expression.code.slice(test.start, test.end);
  const [from, to] = [access.start - test.start, access.end - test.start];
  const own = written.slice(0, from) + author + written.slice(to);
  const offset = text.value.indexOf(expression.code, expression.from);
  return text.replace(offset + test.start, offset + test.end, keeps ? `(${written} && ${own})` : own);
}

const OF_RUNNER = ['GITHUB_ACTOR', 'GITHUB_TRIGGERING_ACTOR', 'GITHUB_ACTOR_ID'];

/** The same in a script: `[ "$GITHUB_ACTOR" = 'dependabot[bot]' ]`, `context.actor === …`. */
export function scriptBotTests(step: Step): readonly BotTest[] {
  const text = step.script?.text ?? step.with('script');
  if (!text || !/\[bot\]/i.test(text.value)) return [];
  const variables = [...step.env.byName.values()].filter(({ text: { expression } }) =>
    SPOOFABLE.test(expression?.value ?? ''),
  );
  const names = [...OF_RUNNER, ...variables.map(({ name }) => name.replace(/\W/g, ''))].join('|');
  const actor = `(?:\\$\\{?(?:env:)?(?:${names})\\}?|\\$\\{\\{\\s*github\\.(?:triggering_)?actor\\s*\\}\\}|context\\.actor|context\\.payload\\.sender\\.login)`;
  const test = new RegExp(`${actor}["'\`)]*\\s*(?:===?|=|-eq|-ceq|=~)\\s*["'\`]?[\\w-]+\\\\?\\[bot`, 'gi');
  return [...text.value.matchAll(test)].map((match) => ({
    at: text.span(match.index, match.index + match[0].length),
    subject: match[0].replace(/\s+/g, ''),
    path: 'github.actor',
    isAlone: false,
    authored: null,
  }));
}

/** The author of what an event is about, as the tested context's login or id; null where no login is sound. */
export function authorPath(event: string, path: string): string | null {
  const field = path.endsWith('id') ? 'id' : path.endsWith('type') ? 'type' : 'login';
  if (event.startsWith('pull_request')) return `github.event.pull_request.user.${field}`;
  if (event.endsWith('_comment')) return `github.event.comment.user.${field}`;
  if (event === 'issues') return `github.event.issue.user.${field}`;
  if (event === 'discussion') return `github.event.discussion.user.${field}`;
  return event === 'release' ? `github.event.release.author.${field}` : null;
}
