import { type Expr, ExpressionError, parseExpression } from '../expression/parse.ts';
import type { Script } from '../model/script.ts';
import type { Text } from '../model/text.ts';
import type { ShellCommand } from '../shell/script.ts';
import { expandedNames } from './expansions.ts';
import { commandsOf } from './script-commands.ts';
import { distinct, MAX_TRAIL, plain, type Source, sourcesOf, textSources, unknown } from './sources.ts';

/**
 * What a script writes as one of its outputs, as far as it is `echo "name=value" >> "$GITHUB_OUTPUT"` with a value of
 * texts, expressions and variables of `env:`. Null when the output is written in a way that is not understood.
 */
export function writtenOutput(script: Script, name: string, trail: readonly unknown[]): readonly Source[] | null {
  if (trail.includes(script)) return [];
  if (trail.length > MAX_TRAIL) return null;
  const known = read.get(script) ?? new Map<string, readonly Source[] | null>();
  read.set(script, known);
  const before = known.get(name);
  if (before !== undefined) return before;
  const found = readOutput(script, name, trail);
  known.set(name, found);
  return found;
}

/** By name. As for texts: outputs that name each other twice would take exponential time. */
const read = new WeakMap<Script, Map<string, readonly Source[] | null>>();

function readOutput(script: Script, name: string, trail: readonly unknown[]): readonly Source[] | null {
  const commands = commandsOf(script);
  const tees = new Set(commands.filter(isTee).map(({ pipeline }) => `${pipeline.id}:${pipeline.position}`));
  const writes = commands.filter((command) => isWrite(command, name, tees));
  if (writes.length === 0) return null;
  const full = `steps.${script.step.id?.value}.outputs.${name}`;
  return distinct(writes.flatMap((command) => writeSources(script, command, full, trail)));
}

function isWrite(command: ShellCommand, name: string, tees: ReadonlySet<string>): boolean {
  if (command.name !== 'echo' && command.name !== 'printf') return false;
  const words = command.words.slice(1);
  if (words.some(({ text }) => text.startsWith(`::set-output name=${name}::`))) return true;
  const { id, position } = command.pipeline;
  const isTeed = tees.has(`${id}:${position + 1}`);
  const isOutput = isTeed || command.redirections.some(({ target }) => target?.text.includes('GITHUB_OUTPUT'));
  return isOutput && words.some((word) => word.text.startsWith(`${name}=`));
}

/** `… | tee -a "$GITHUB_OUTPUT"`. */
function isTee({ name, words }: ShellCommand): boolean {
  return name === 'tee' && words.some(({ text }) => text.includes('GITHUB_OUTPUT'));
}

const headRef = exprOf('github.head_ref');

function exprOf(code: string): Expr | null {
  const parsed = parseExpression(code);
  return parsed instanceof ExpressionError ? null : parsed;
}

function writeSources(
  script: Script,
  command: ShellCommand,
  full: string,
  trail: readonly unknown[],
): readonly Source[] {
  const words = command.words.slice(1);
  const reading = { owner: script.step, isEnv: false, trail: [...trail, script] };
  const inside = script.text.expressions.filter(({ from, to }) =>
    words.some(({ start, end }) => start <= from && to <= end),
  );
  const texts = words.filter((word) => !word.isLiteral).map((word) => word.text);
  const isComputed = texts.some((text) => /\$\(|`|<\(/.test(text));
  const names = texts.flatMap(expandedNames);
  const variables = names.map((name) => script.step.variable(name)?.text ?? null);
  // A variable that the runner sets itself; an `env:` cannot take its name.
  const isBranch = names.includes('GITHUB_HEAD_REF');
  const isUnread = isComputed || names.some((each, at) => each !== 'GITHUB_HEAD_REF' && !variables[at]);
  const found = [
    ...(isUnread ? [unknown(full)] : []),
    ...(isBranch && headRef ? sourcesOf(headRef, reading) : []),
    ...inside.flatMap(({ tree }) => (tree ? sourcesOf(tree, reading) : [])),
    ...variables.filter((text): text is Text => text !== null).flatMap((text) => textSources(text, reading.trail)),
  ];
  return found.length > 0 ? found : [plain(full)];
}
