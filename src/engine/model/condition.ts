import type { Expr } from '../expression/parse.ts';
import type { RunnerOs } from '../shell/shell.ts';
import { type Assume, decide } from './decide.ts';
import type { Expression } from './expression.ts';
import { OfText } from './of-text.ts';
import { calls, pathOf } from './visit-expression.ts';

/** The functions that make a job or step run although what it needs failed or was skipped. */
const STATUS = ['always', 'failure', 'cancelled'];

/** An `if:`. Its span is its value. */
export class Condition extends OfText {
  #hasStatus: boolean | undefined;

  /** The whole condition as one expression; null where it is unsound. */
  get expression(): Expression | null {
    return this.isUnsound ? null : (this.text.expressions[0] ?? null);
  }

  get tree(): Expr | null {
    return this.expression?.tree ?? null;
  }

  /** Text stands beside `${{ … }}`, even a line break: GitHub makes one string of it, which is always true. */
  get isUnsound(): boolean {
    const { value, expressions } = this.text;
    const [only, second] = expressions;
    if (!only || !value.includes('${{')) return false;
    return second !== undefined || only.from > 0 || only.to < value.length;
  }

  /** It calls always(), failure() or cancelled(): skipped or failed jobs before it do not stop it. */
  get hasStatusFunction(): boolean {
    this.#hasStatus ??= this.text.expressions.some(
      ({ tree }) => tree !== null && calls(tree).some((call) => STATUS.includes(call.name)),
    );
    return this.#hasStatus;
  }

  /** True or false under assumptions, null where they don't decide it. An unsound condition is true. */
  decide(assume: Assume): boolean | null {
    if (this.isUnsound) return true;
    const { tree } = this;
    return tree ? decide(tree, assume) : null;
  }

  /** The only system that lets it through: `runner.os == 'Windows'`, alone or among things that must all hold. */
  get os(): RunnerOs {
    const { tree } = this;
    const needed = tree?.kind === 'logical' && tree.operator === '&&' ? tree.operands : tree ? [tree] : [];
    return needed.map(systemOf).find((system) => system !== null) ?? 'unknown';
  }

  /** False whatever happens. */
  get isNever(): boolean {
    return this.decide(() => undefined) === false;
  }
}

const SYSTEMS: ReadonlyMap<string, RunnerOs> = new Map([
  ['windows', 'windows'],
  ['linux', 'linux'],
  ['macos', 'macos'],
]);

/** Of `runner.os == 'Windows'`, either way round. */
function systemOf(part: Expr): RunnerOs | null {
  if (part.kind === 'group') return systemOf(part.inner);
  if (part.kind !== 'binary' || part.operator !== '==') return null;
  const [access, literal] = part.left.kind === 'access' ? [part.left, part.right] : [part.right, part.left];
  if (access.kind !== 'access' || pathOf(access) !== 'runner.os' || literal.kind !== 'literal') return null;
  return SYSTEMS.get(String(literal.value).toLowerCase()) ?? null;
}
