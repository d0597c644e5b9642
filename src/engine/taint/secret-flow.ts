import { printers } from '../../knowledge/secret-producers.ts';
import type { Expression } from '../model/expression.ts';
import type { Script } from '../model/script.ts';
import type { Located } from '../model/source.ts';
import type { ShellCommand } from '../shell/script.ts';
import type { Range } from '../yaml/tree.ts';
import type { WriteTarget } from './environment-writes.ts';
import { commandsOf } from './script-commands.ts';
import { capturedFunctions, holds, isUser, isVerbose, outputOf, readBy, targetsOf } from './secret-commands.ts';
import { withInner } from './secret-inner.ts';
import { requestsOf, type SecretRequest } from './secret-requests.ts';
import { SecretState } from './secret-state.ts';
import { mayHoldSecrets } from './secret-values.ts';
import { ADD_MASK, expansionsOf, isCredentialName, MASKED, nameIn, type SecretValue, worstOf } from './secret-words.ts';

/** A place of a script where a secret comes out. `trace`: the shell or program repeats its own arguments (`set -x`, `curl -v`). */
export interface SecretEvent {
  readonly kind: 'log' | 'trace' | WriteTarget;
  readonly value: SecretValue;
  readonly command: ShellCommand;
  readonly at: Located;
  /** The variable that holds it there; null where it is written without one. */
  readonly variable: string | null;
}

/** `::add-mask::` in a script. */
interface SecretMask {
  readonly command: ShellCommand;
  readonly at: Located;
  /** Expressions that stand in the text that is masked. */
  readonly expressions: readonly Expression[];
  /** The variables that it masks, and an earlier command that had written one of them to the log already. */
  readonly variables: readonly string[];
  readonly printedBefore: ShellCommand | null;
  /** `set -x` prints the command itself first. */
  readonly isTraced: boolean;
}

const STRUCTURED = /^(?:jq|gojq|jaq|yq|dasel|xmllint|xmlstarlet)$/;

/** What becomes of the secrets in a script. */
export interface SecretFlow {
  readonly events: readonly SecretEvent[];
  readonly masks: readonly SecretMask[];
  /** Commands that take a secret apart as JSON, YAML or XML. */
  readonly structures: readonly { readonly names: readonly string[]; readonly at: Located; readonly by: string }[];
  /** Where they are sent. */
  readonly requests: readonly SecretRequest[];
}

/** Longer scripts are no glue: each substitution is read once more for each around it. An alias may give one to a thousand steps. */
const MAX_COMMANDS = 3_000;
const MAX_IN_FILE = 12_000;
const followed = new WeakMap<Script['source'], number>();

function isWithinBudget({ source }: Script, count: number): boolean {
  const before = followed.get(source) ?? 0;
  if (count > MAX_COMMANDS || before + count > MAX_IN_FILE) return false;
  followed.set(source, before + count);
  return true;
}

const read = new WeakMap<Script, SecretFlow>();

/** Follows the secrets of a script: from `env:`, expressions and commands that fetch them, through variables, pipes and files. */
export function secretFlow(script: Script): SecretFlow {
  const known = read.get(script);
  if (known) return known;
  const all = mayHoldSecrets(script) ? commandsOf(script) : [];
  const { commands, ranges } = withInner(script, isWithinBudget(script, all.length) ? all : []);
  const flow = new Flow(script, commands, ranges);
  for (const command of commands) flow.follow(command);
  read.set(script, flow);
  return flow;
}

class Flow extends SecretState implements SecretFlow {
  readonly events: SecretEvent[] = [];
  readonly masks: SecretMask[] = [];
  readonly structures: SecretFlow['structures'][number][] = [];
  readonly requests: SecretRequest[] = [];
  readonly #printed = new Map<string, ShellCommand>();
  readonly #captured: readonly Range[];
  readonly #literals = new Map<string, string>();
  #isTraced: boolean;

  constructor(script: Script, commands: readonly ShellCommand[], inner: readonly Range[]) {
    super(script, commands, inner);
    this.#captured = capturedFunctions(script.value);
    this.#isTraced = !this.isPowerShell && /\s-[a-z]*x/.test(script.step.shell?.value ?? '');
  }

  follow(command: ShellCommand): void {
    const { name, assignments } = command;
    if (name === 'set') this.#trace(command);
    if (this.#mask(command)) return;
    for (const { name: variable, value } of assignments) {
      const found = value && this.word(value);
      this.variables.set(this.key(variable), this.#kept(found, variable));
      if (value?.isLiteral) this.#literals.set(this.key(variable), value.text);
      if (value && this.#isTraced) this.#tell('trace', found, command, variable);
    }
    if (name === 'read') this.#readInto(command);
    if (STRUCTURED.test(name)) this.#takeApart(command);
    if (this.#isTraced || isVerbose(command)) this.#repeat(command);
    this.requests.push(...requestsOf(command, this, (text) => this.#resolve(text)));
    this.#sink(command);
  }

  /** What a variable is taken to hold: of an answer, only what is named for a credential. */
  #kept(value: SecretValue | null, variable: string): SecretValue | null {
    if (value?.kind !== 'answer') return value;
    return isCredentialName(variable) ? { ...value, kind: 'fetched' } : null;
  }

  #trace({ words }: ShellCommand): void {
    const options = words.slice(1).map(({ text }) => text);
    if (options.some((text, at) => /^-[a-z]*x/.test(text) || (options[at - 1] === '-o' && text === 'xtrace')))
      this.#isTraced = true;
    if (options.some((text, at) => /^\+[a-z]*x/.test(text) || (options[at - 1] === '+o' && text === 'xtrace')))
      this.#isTraced = false;
  }

  #mask(command: ShellCommand): boolean {
    const { words, start, end } = command;
    if (!printers.has(command.name) || !words.some((word) => ADD_MASK.test(this.written(word)))) return false;
    const expressions = this.script.expressions.filter(({ from, to }) => start <= from && to <= end);
    const names = words.flatMap((word) => expansionsOf(this.written(word), this.isPowerShell)).map(({ name }) => name);
    const printedBefore = names.map((name) => this.#printed.get(this.key(name))).find((one) => one) ?? null;
    this.masks.push({
      command,
      at: this.#at(command),
      expressions,
      variables: names,
      printedBefore,
      isTraced: this.#isTraced,
    });
    for (const name of names) this.#hide(name);
    for (const [path, value] of this.files)
      if (words.some((word) => this.written(word).includes(path)))
        this.files.set(path, { ...value, kind: 'known', by: MASKED });
    return true;
  }

  #hide(name: string): void {
    const key = this.key(name);
    const value = this.variables.get(key);
    // A loop's variable: what it runs over is masked, piece by piece.
    const isLoop = value === undefined && !this.script.step.variable(name);
    for (const one of isLoop ? [...this.variables.keys()] : [key]) {
      const old = this.variables.get(one);
      if (old || one === key) this.variables.set(one, { names: [], ...old, kind: 'known', by: MASKED });
    }
  }

  #takeApart(command: ShellCommand): void {
    const value = readBy(command, this);
    const isMerely = command.words.some(({ text }) => /^(?:-[a-z]*[eR]|--exit-status|--raw-input|type|\.)$/.test(text));
    if (value?.kind === 'known' && value.by !== MASKED && !isMerely)
      this.structures.push({ names: value.names, at: this.#at(command), by: command.name });
  }

  #readInto(command: ShellCommand): void {
    const names = command.words.slice(1).filter(({ text }) => /^[A-Za-z_]\w*$/.test(text));
    const value = worstOf(command.redirections.map((one) => this.input(one)));
    if (!value) return;
    const part: SecretValue =
      names.length > 1 && value.kind === 'known' ? { ...value, kind: 'derived', by: 'read' } : value;
    for (const { text } of names) this.variables.set(text, this.#kept(part, text));
  }

  /** `set -x` and `curl -v` print arguments. */
  #repeat(command: ShellCommand): void {
    for (const word of command.words.slice(1)) {
      const value = this.word(word);
      const isBasic = value?.kind === 'known' && isVerbose(command) && isUser(command, word);
      this.#tell('trace', isBasic ? { ...value, kind: 'derived', by: 'curl -u' } : value, command, nameIn(word.text));
    }
  }

  #sink(command: ShellCommand): void {
    const { position, length } = command.pipeline;
    const targets = targetsOf(command, (word) => this.written(word));
    const isCaptured = command.isCaptured || this.#captured.some((body) => holds(body, command));
    if (isCaptured || (position < length - 1 && targets.length === 0)) return;
    const value = outputOf(command, this);
    if (printers.has(command.name)) this.#remember(command);
    if (!value || value.kind === 'answer') return;
    // A list of the variables for whoever looks into a run: GitHub hides what it knows.
    const isList = value.kind === 'known' && !printers.has(command.name) && command.words.length === 1;
    for (const target of targets) {
      if (target.kind === 'file') this.files.set(target.path, value);
      else if (!isList && (target.kind !== 'log' || position === length - 1))
        this.#tell(target.kind, value, command, this.#carrier(command));
    }
  }

  #remember(command: ShellCommand): void {
    if (targetsOf(command, (word) => this.written(word)).every(({ kind }) => kind !== 'log')) return;
    for (const word of command.words.slice(1)) {
      for (const { name, at } of expansionsOf(this.written(word), this.isPowerShell))
        if (!this.isQuoted(word.start + at)) this.#printed.set(this.key(name), command);
    }
  }

  /** The variable out of which a printed value comes. */
  #carrier({ name: program, words, redirections }: ShellCommand): string | null {
    const all = [...words.slice(program === '' ? 0 : 1), ...redirections.flatMap(({ target }) => target ?? [])];
    const names = all.flatMap((word) => expansionsOf(this.written(word), this.isPowerShell)).map(({ name }) => name);
    return names.find((name) => /^(?:derived|fetched)$/.test(this.variables.get(this.key(name))?.kind ?? '')) ?? null;
  }

  #tell(kind: SecretEvent['kind'], value: SecretValue | null, command: ShellCommand, variable: string | null): void {
    if (!value || value.kind === 'answer' || (kind === 'trace' && value.kind === 'known')) return;
    // `export A=…` is an assignment and a word.
    if (kind === 'trace' && this.events.some((one) => one.kind === kind && one.command === command)) return;
    this.events.push({ kind, value, command, at: this.#at(command), variable });
  }

  /** The literal value of the variable that a text begins with; '' where the repository's settings give it; null: only the run knows. */
  #resolve(text: string): string | null {
    const [first] = expansionsOf(text, this.isPowerShell);
    if (first?.at === 0) {
      const literal = this.#literals.get(first.name);
      if (literal !== undefined) return literal;
      const given = this.script.step.variable(first.name.replace(/^env:/, ''))?.text;
      if (given?.isLiteral) return given.value;
      if (/^GITHUB_(?:API|SERVER|GRAPHQL)_URL$|^ACTIONS_/.test(first.name)) return 'https://github.com';
      return given && isSetting(given.expressions) ? '' : null;
    }
    const own = this.script.expressions.filter(({ from }) => text.startsWith(this.script.value.slice(from, from + 20)));
    if (own.some(({ code }) => /github\.(?:api|server|graphql)_url/.test(code))) return 'https://github.com';
    return own.length > 0 && isSetting(own.slice(0, 1)) ? '' : null;
  }

  #at({ start, end }: ShellCommand): Located {
    return this.script.text.span(start, end);
  }
}

/** A secret or a variable of the repository decides, or an input of whoever runs it. */
function isSetting(expressions: readonly Expression[]): boolean {
  return expressions.some(({ code }) => /\b(?:secrets|vars|inputs)\b/i.test(code));
}
