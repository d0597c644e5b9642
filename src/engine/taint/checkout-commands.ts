import type { Script } from '../model/script.ts';
import type { Step } from '../model/step.ts';
import type { Text } from '../model/text.ts';
import type { ShellCommand, ShellWord } from '../shell/script.ts';
import { type ForeignCheckout, type ForeignRef, foreignRef } from './checkouts.ts';
import { expandedNames } from './expansions.ts';
import { commandsOf } from './script-commands.ts';
import { sourcesOf, textSources } from './sources.ts';
import { stepIndexes } from './step-order.ts';

/** Verbs of git that put commits into the working tree. */
const TREE_VERBS = [
  'checkout',
  'switch',
  'merge',
  'reset',
  'pull',
  'rebase',
  'cherry-pick',
  'worktree',
  'restore',
  'am',
  'apply',
];

const PULL = /(?:^|[/:+])pull\/(?:\$|\d|x{5})/;

/** Commands of a script that fetch commits of a pull request: `gh pr checkout`, `git fetch origin pull/1/head`, `git checkout $SHA`. */
export function checkoutCommands(script: Script): readonly ForeignCheckout[] {
  if (!/\b(?:gh|git|hub)\b/.test(script.value)) return [];
  const found = commandsOf(script).flatMap((command) => {
    const ref = foreignOf(script, command);
    return ref ? [checkoutBy(script, command, ref)] : [];
  });
  const [first] = found;
  // A fetch and the checkout of what was fetched are one.
  return first ? [first] : [];
}

function checkoutBy(script: Script, command: ShellCommand, ref: ForeignRef): ForeignCheckout {
  return {
    step: script.step,
    at: script.text.span(command.start, command.end),
    source: ref.source,
    folder: isClone(command) ? null : '',
    kind: ref.kind === 'commit' ? 'commit' : 'branch',
    isOwnBranch: ref.kind === 'branch' && command.name === 'git' && !isClone(command),
    events: ref.events,
    confidence: ref.confidence,
    isRefused: false,
  };
}

function foreignOf(script: Script, command: ShellCommand): ForeignRef | null {
  const [verb, action] = gitWords(command.words).map((word) => word.text);
  if (command.name === 'gh' && verb === 'pr' && (action === 'checkout' || action === 'co'))
    return pull('gh pr checkout');
  if (command.name === 'hub' && verb === 'pr' && action === 'checkout') return pull('hub pr checkout');
  const words = gitWords(command.words).slice(1);
  if (isClone(command)) return refIn(script, words, ['repository']);
  if (command.name !== 'git' || verb === undefined) return null;
  if (verb === 'fetch') {
    if (!isUsedLater(script)) return null;
    if (words.some((word) => PULL.test(word.text))) return pull('refs/pull/…');
    // Only what is fetched by commit or from a fork: a branch's name alone is one of this repository.
    return refIn(script, words, ['commit', 'repository']);
  }
  if (!TREE_VERBS.includes(verb)) return null;
  return words.some((word) => PULL.test(word.text)) ? pull('refs/pull/…') : refIn(script, words, ['commit', 'branch']);
}

function isClone({ name, words }: ShellCommand): boolean {
  const [verb, action] = gitWords(words).map((word) => word.text);
  return name === 'git' ? verb === 'clone' : name === 'gh' && verb === 'repo' && action === 'clone';
}

function pull(source: string): ForeignRef {
  return { source, kind: 'commit', events: null, confidence: 'high' };
}

/** What is fetched is put into the working tree by this script or a later one; `git diff` alone only reads. */
function isUsedLater(script: Script): boolean {
  return changesTree(script.step) || treeChanges.behind(script.step);
}

function changesTree({ script }: Step): boolean {
  const commands = script && /\bgit\b/.test(script.value) ? commandsOf(script) : [];
  return commands.some(({ name, words }) => name === 'git' && TREE_VERBS.includes(gitWords(words)[0]?.text ?? ''));
}

const treeChanges = stepIndexes(changesTree);

/** The words behind a program's own options: `git -C pr -c a=b checkout x` is `checkout x`. */
function gitWords(words: readonly ShellWord[]): readonly ShellWord[] {
  let at = 1;
  while (words[at]?.text.startsWith('-')) at += TAKES.test(words[at]?.text ?? '') ? 2 : 1;
  return words.slice(at);
}

/** Options of git and gh, before the verb, that take the next word. */
const TAKES = /^(?:-[CcR]|--repo|--git-dir|--work-tree|--namespace|--exec-path)$/;

function refIn(script: Script, words: readonly ShellWord[], kinds: readonly ForeignRef['kind'][]): ForeignRef | null {
  const reading = { owner: script.step, isEnv: false, trail: [] };
  const written = script.expressions.filter(({ from, to }) =>
    words.some(({ start, end }) => start <= from && to <= end),
  );
  const variables = words
    .flatMap((word) => expandedNames(word.text))
    .map((name) => script.step.variable(name)?.text ?? null);
  const sources = [
    ...written.flatMap(({ tree }) => (tree ? sourcesOf(tree, reading) : [])),
    ...variables.filter((text): text is Text => text !== null).flatMap((text) => textSources(text, [])),
  ];
  const isHeadRef = words.some((word) => expandedNames(word.text).includes('GITHUB_HEAD_REF'));
  const refs = sources.flatMap(foreignRef).filter(({ kind }) => kinds.includes(kind));
  const own: ForeignRef = {
    source: 'github.head_ref',
    kind: 'branch',
    events: ['pull_request_target'],
    confidence: 'high',
  };
  return refs[0] ?? (isHeadRef && kinds.includes('branch') ? own : null);
}
