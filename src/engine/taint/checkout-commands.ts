import type { Script } from '../model/script.ts';
import type { Step } from '../model/step.ts';
import type { ShellCommand, ShellWord } from '../shell/script.ts';
import { type ForeignCheckout, type ForeignRef, foreignRef } from './checkouts.ts';
import { expandedNames } from './expansions.ts';
import { commandsOf } from './script-commands.ts';
import { taintOfWord } from './shell-values.ts';
import type { Source } from './sources.ts';
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
  if (!/\b(?:gh|git|hub|curl|wget|aria2c|invoke-webrequest|iwr)\b/i.test(script.value)) return [];
  const found = commandsOf(script).flatMap((command) => {
    const ref = foreignOf(script, command) ?? downloadOf(script, command);
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
    folder: isClone(command) || FETCHERS.includes(command.name) ? null : '',
    kind: ref.kind === 'commit' ? 'commit' : 'branch',
    isOwnBranch: ref.kind === 'branch' && command.name === 'git' && !isClone(command) && !addsFork(script),
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

/** A fork is a remote of its own, so that a branch's name is the fork's. */
function addsFork(script: Script): boolean {
  return (
    /\bremote\s+(?:add|set-url)\b/.test(script.value) && /head\.repo|head_repository|clone_url|FORK/.test(script.value)
  );
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
  const sources = words.flatMap((word) => taintOfWord(script, word));
  const isHeadRef = words.some((word) => expandedNames(word.text).includes('GITHUB_HEAD_REF'));
  const refs = sources.flatMap(foreignRef).filter(({ kind }) => kinds.includes(kind));
  const own: ForeignRef = {
    source: 'github.head_ref',
    kind: 'branch',
    events: ['pull_request_target'],
    confidence: 'high',
  };
  return refs[0] ?? (isHeadRef && kinds.includes('branch') ? own : (lookedUp(script, sources, kinds) ?? null));
}

/** `SHA=$(gh pr view … --json headRefOid)`: what GitHub says the head is. */
function lookedUp(script: Script, sources: readonly Source[], kinds: readonly ForeignRef['kind'][]): ForeignRef | null {
  const asked = sources.find(({ name }) => /^(?:gh|curl) /.test(name));
  const field = asked && HEAD_FIELDS.exec(script.value)?.[0];
  if (!asked || !field || !kinds.includes('commit')) return null;
  return { source: `${asked.name}`, kind: 'commit', events: null, confidence: 'medium' };
}

const HEAD_FIELDS = /headRef(?:Oid|Name)|\bhead\.(?:sha|ref)\b/;

/** Archives and patches of a pull request, unpacked by the same script: they are a checkout without git. */
function downloadOf(script: Script, { name, words }: ShellCommand): ForeignRef | null {
  const texts = words.map(({ text }) => text).join(' ');
  if (name === 'gh' && /^gh (?:-\S+ \S+ )?pr diff\b/.test(texts))
    return PATCHES.test(script.value) ? pull('gh pr diff') : null;
  if (!FETCHERS.includes(name) && !/^gh api\b/.test(texts)) return null;
  const rest = words.slice(1);
  const isArchive = /archive\/|tarball|zipball|codeload/.test(texts) && isUnpacked(script);
  if (isArchive)
    return PULL.test(texts) ? pull('refs/pull/…') : refIn(script, rest, ['commit', 'repository', 'branch']);
  if (!PATCHES.test(script.value)) return null;
  const patch = rest
    .flatMap((word) => taintOfWord(script, word))
    .find((source) => /\.(?:diff|patch)_url$/.test(source.name));
  if (patch) return { ...pull(patch.name) };
  return /\bpull\/\S{1,60}\.(?:diff|patch)\b/.test(texts) ? pull('refs/pull/…') : null;
}

/** By this script or a later one. */
function isUnpacked({ step }: Script): boolean {
  return unpacks(step) || unpackers.behind(step);
}

function unpacks({ script }: Step): boolean {
  const commands = script && /tar|zip|7z|archive/i.test(script.value) ? commandsOf(script) : [];
  return commands.some(({ name }) => UNPACKERS.includes(name));
}

const unpackers = stepIndexes(unpacks);
const UNPACKERS = ['tar', 'bsdtar', 'unzip', '7z', 'expand-archive'];
const FETCHERS = ['curl', 'wget', 'invoke-webrequest', 'iwr', 'aria2c'];
const PATCHES = /\bgit\s+(?:apply|am)\b|\bpatch\s+-/;
