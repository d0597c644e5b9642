import type { Script } from '../model/script.ts';
import type { ShellCommand, ShellRedirection, ShellWord } from '../shell/script.ts';
import type { Range } from '../yaml/tree.ts';
import { outputOf, type Reader } from './secret-commands.ts';
import {
  expansionsOf,
  expressionValue,
  POWERSHELL_TRANSFORM,
  type SecretValue,
  worstOf,
  writtenAt,
} from './secret-words.ts';

/** What the variables and files of a script hold at one point of it. */
export class SecretState implements Reader {
  readonly script: Script;
  readonly isPowerShell: boolean;
  /** Null: known to hold none. */
  readonly variables = new Map<string, SecretValue | null>();
  readonly files = new Map<string, SecretValue>();
  /** By their place; of those at one place the longest first. */
  readonly #sorted: readonly ShellCommand[];
  /** `id:position` of a pipeline. */
  readonly #stages = new Map<string, ShellCommand[]>();

  /** Text that another shell reads: its quotes are that one's. */
  readonly #inner: readonly Range[];

  constructor(script: Script, commands: readonly ShellCommand[], inner: readonly Range[]) {
    this.#inner = inner;
    this.script = script;
    this.isPowerShell = script.shell === 'pwsh' || script.shell === 'powershell';
    this.#sorted = [...commands].sort((a, b) => a.start - b.start || b.end - a.end);
    for (const command of commands) {
      const { id, position, length } = command.pipeline;
      const stage = this.#stages.get(`${id}:${position}`);
      if (stage) stage.push(command);
      else if (length > 1) this.#stages.set(`${id}:${position}`, [command]);
    }
  }

  before({ pipeline: { id, position } }: ShellCommand): readonly ShellCommand[] {
    return position === 0 ? [] : (this.#stages.get(`${id}:${position - 1}`) ?? []);
  }

  /** What a word of the script holds. */
  word(word: ShellWord): SecretValue | null {
    const text = this.script.value.slice(word.start, word.end);
    const inner = this.#inside(word);
    const last = inner.filter(({ pipeline }) => pipeline.position === pipeline.length - 1);
    const values: (SecretValue | null)[] = last.map((command) => outputOf(command, this));
    const isFree = (at: number): boolean =>
      !inner.some(({ start, end }) => start <= word.start + at && word.start + at < end);
    for (const expression of this.script.expressions) {
      const { from, to } = expression;
      if (word.start <= from && to <= word.end && isFree(from - word.start)) values.push(expressionValue(expression));
    }
    if (!word.isLiteral) {
      for (const { name, at, isPart } of expansionsOf(text, this.isPowerShell)) {
        if (!isFree(at) || this.isQuoted(word.start + at)) continue;
        const value = this.variable(name);
        values.push(isPart && value ? { ...value, kind: 'derived', by: writtenAt(text, at) } : value);
      }
    }
    const worst = worstOf(values);
    const change = worst?.kind === 'known' && this.isPowerShell ? POWERSHELL_TRANSFORM.exec(text) : null;
    return worst && change ? { ...worst, kind: 'derived', by: change[0].replace(/[^\w-]/g, '') } : worst;
  }

  variable(name: string): SecretValue | null {
    const known = this.variables.get(this.key(name));
    if (known !== undefined) return known;
    if (this.isPowerShell && !name.startsWith('env:')) return null;
    const given = this.script.step.variable(name.replace(/^env:/, ''));
    const values = given?.text.expressions.map(expressionValue) ?? [];
    return worstOf(values);
  }

  environment(): SecretValue | null {
    const { step } = this.script;
    const given = [step.env, step.job?.env, step.workflow?.env].flatMap((env) => [...(env?.byName.values() ?? [])]);
    return worstOf(given.flatMap(({ text }) => text.expressions.map(expressionValue)));
  }

  /** What a file holds that the script wrote before. */
  file(path: string): SecretValue | null {
    return this.files.get(path) ?? null;
  }

  /** What a here-document or here-string holds. */
  input({ operator, target, body }: ShellRedirection): SecretValue | null {
    if (operator === '<<<' && target) return this.word(target);
    if (operator === '<' && target) return this.file(target.text) ?? this.word(target);
    return body && !body.quoted ? this.word({ ...body, isLiteral: false }) : null;
  }

  written({ start, end }: Pick<ShellWord, 'start' | 'end'>): string {
    return this.script.value.slice(start, end);
  }

  /** The outermost commands in a word's substitutions. */
  #inside({ start, end }: ShellWord): readonly ShellCommand[] {
    if (!/[(`]/.test(this.script.value.slice(start, end))) return [];
    const found: ShellCommand[] = [];
    for (let at = this.#firstFrom(start); at < this.#sorted.length; at++) {
      const command = this.#sorted[at];
      if (!command || command.start >= end) break;
      if (command.isCaptured && command.end <= end && command.start >= (found.at(-1)?.end ?? 0)) found.push(command);
    }
    return found;
  }

  #firstFrom(start: number): number {
    let [from, to] = [0, this.#sorted.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#sorted[middle]?.start ?? 0) < start) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** No shell expands anything there. */
  isQuoted(offset: number): boolean {
    if (this.#inner.some(({ start, end }) => start <= offset && offset < end)) return false;
    const quoting = this.script.parsed?.quotingAt(offset);
    return quoting === 'single' || quoting === 'ansi' || quoting === 'heredoc-quoted';
  }

  /** Names of variables, of PowerShell without case. */
  key(name: string): string {
    return this.isPowerShell ? name.toLowerCase() : name;
  }
}
