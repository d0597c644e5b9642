import { refLook } from '../../knowledge/action-refs.ts';
import { commandGroups } from '../model/command-groups.ts';
import { givenTexts } from '../model/given-texts.ts';
import type { Script } from '../model/script.ts';
import type { Located, LocatedText } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import { wordValue } from '../model/word-values.ts';
import type { Workflow } from '../model/workflow.ts';
import { type OptionStyle, readArguments } from '../shell/arguments.ts';
import { basename } from '../shell/prefixes.ts';
import type { ShellCommand, ShellWord } from '../shell/script.ts';
import { checkoutFolder, isCheckout } from './checkouts.ts';
import { stepIndexes } from './step-order.ts';

/** That a step brings in another repository, at something that moves. */
export interface RemoteCheckout {
  readonly step: Step;
  readonly at: Located;
  /** `owner/repo` or a URL, as far as it is known. */
  readonly repository: string;
  /** As written; null: the default branch. */
  readonly ref: string | null;
  /** A tag may be moved, and seldom is. */
  readonly isTag: boolean;
  /** Below the workspace, '' for itself; null where only the run knows. */
  readonly folder: string | null;
  /** Which repository or which ref it is, only the run knows; or it may be this one, by its full name: nothing else is checked out. */
  readonly isOpen: boolean;
  /** Of the repository's own organisation. */
  readonly isOwn: boolean;
}

const CLONE: OptionStyle = {
  short: 'bcjou',
  long: new Set(
    'branch config depth jobs origin upload-pack reference reference-if-able shallow-since shallow-exclude revision filter template separate-git-dir server-option bundle-uri ref-format'.split(
      ' ',
    ),
  ),
};

/** Other repositories that a step checks out at a branch, a tag or what only the run knows. */
export function remoteCheckouts(step: Step): readonly RemoteCheckout[] {
  if (step.isNever) return [];
  if (step.script) return byCommands(step);
  return isCheckout(step) ? byAction(step) : [];
}

/** One of a step's checkouts, as a matrix and constant variables have it: the worst of them. */
function byAction(step: Step): readonly RemoteCheckout[] {
  const [repository, ref] = [step.with('repository'), step.with('ref')];
  if (!repository) return [];
  const found = givenTexts(step, [repository, ref]).flatMap(([name, at]) =>
    name ? ofAction(step, name, at ?? null) : [],
  );
  const rank = ({ isOpen, isOwn, isTag }: RemoteCheckout) => Number(isOpen) + 2 * Number(isOwn || isTag);
  const [worst] = found.sort((a, b) => rank(a) - rank(b));
  if (!worst) return [];
  const isAlone = worst.folder === '' && !ownCheckouts.before(step);
  return [{ ...worst, isOpen: worst.isOpen || (isAlone && isNamedOften(worst.repository, step)) }];
}

function ofAction(step: Step, repository: LocatedText, ref: LocatedText | null): readonly RemoteCheckout[] {
  const name = repository.value.trim();
  const open = name.replace(/\$\{\{\s*github\.repository_owner\s*\}\}/i, '');
  // What an event names is an outsider's or one's own: other rules look at that.
  if (name === '' || /github\.(?:repository\b|event|head)/i.test(open) || isOwnName(name, step)) return [];
  const value = ref?.value.trim() ?? '';
  const look = refLook(value);
  if (look === 'commit' || look === 'long-hash') return [];
  const isOwn = name !== open || namesOf(step).has(name.split('/')[0]?.toLowerCase() ?? '');
  return [
    {
      step,
      at: value === '' ? repository : (ref ?? repository),
      repository: name,
      ref: value === '' ? null : value,
      isTag: look === 'version',
      folder: checkoutFolder(step),
      isOpen: open.includes('${{') || value.includes('${{'),
      isOwn,
    },
  ];
}

/** The workflows speak of it elsewhere too: then it may well be their own. */
function isNamedOften(name: string, { workflow }: Step): boolean {
  let count = 0;
  for (const { source } of workflow?.project.workflows ?? []) count += source.text.split(name, 3).length - 1;
  return count > 1;
}

const ownCheckouts = stepIndexes(isOwnCheckout);

function isOwnCheckout(step: Step): boolean {
  return isCheckout(step) && step.with('repository') === null;
}

/** Real scripts have a few; each is looked for in what follows. */
const MOST_CLONES = 20;

function isClone({ name, words }: ShellCommand): boolean {
  return (name === 'git' || name === 'gh') && words.some(({ text }) => text === 'clone');
}

function byCommands(step: Step): readonly RemoteCheckout[] {
  const { script } = step;
  if (!script || !/\bclone\b/.test(script.value)) return [];
  const [commands = []] = commandGroups(script);
  const clones = commands.filter(isClone).slice(0, MOST_CLONES);
  return clones.flatMap((command): readonly RemoteCheckout[] => {
    const given = readArguments(command.words.slice(1), CLONE);
    const at = given.operands.findIndex(({ text }) => text === 'clone');
    const [url, target] = given.operands.slice(at + 1);
    const value = url ? wordValue(script, url).replace(/\.git$/, '') : '';
    const [, owner = '', repo = ''] = /(?:^|[/:@])([^/:@]+)\/([^/]+?)\/?$/.exec(value) ?? [];
    const branch = given.value('b', 'branch');
    if (!url || owner === '' || isPinnedLater(commands, command) || given.has('revision')) return [];
    if (/GITHUB_REPOSITORY\b|github\.(?:repository\b|event|head)/i.test(value) || isOwnName(`${owner}/${repo}`, step))
      return [];
    return [
      {
        step,
        at: script.text.span(command.start, command.end),
        repository: value,
        ref: branch?.text ?? null,
        isTag: branch ? refLook(branch.text) === 'version' : false,
        folder: target ? folderOf(script, target) : basename(repo),
        isOpen: /\$|x{4}/.test(value) || branch?.isLiteral === false,
        isOwn: namesOf(step).has(owner.toLowerCase()),
      },
    ];
  });
}

/** As it is written where only the run knows it, since the script that is run from there is written the same way. */
function folderOf(script: Script, { text, start, end }: ShellWord): string {
  const written = script.value.slice(start, end);
  return (written.includes('${{') ? written.replace(/["']/g, '') : text)
    .replace(/^(?:\$\{\{\s*github\.workspace\s*\}\}|\$\{?GITHUB_WORKSPACE\b\}?|\.)(?:\/|$)/, '')
    .replace(/\/$/, '');
}

/** `git checkout <commit>` behind the clone, or something that only the run knows: a lock file's commit, mostly. */
function isPinnedLater(commands: readonly ShellCommand[], clone: ShellCommand): boolean {
  return commands.some(
    ({ name, start, words }) =>
      name === 'git' &&
      start > clone.start &&
      words.some(({ text }) => /^(?:checkout|reset|switch|fetch)$/.test(text)) &&
      words.some(
        ({ text, isLiteral }) =>
          /^[0-9a-f]{40}$/i.test(text) || (!isLiteral && !text.startsWith('-')) || /x{8}/.test(text),
      ),
  );
}

/** Whether the workflow says elsewhere that this is the repository that it stands in. */
function isOwnName(name: string, step: Step): boolean {
  return namesOf(step).has(name.toLowerCase());
}

/** What conditions of the workflow compare with its own repository and owner; of a repository, the owner too. */
function namesOf({ workflow }: Step): ReadonlySet<string> {
  if (!workflow) return new Set();
  const before = names.get(workflow);
  if (before) return before;
  const conditions = workflow.jobs.flatMap((job) => [job.condition, ...job.steps.map((step) => step.condition)]);
  const compared = conditions.flatMap((condition) =>
    [...(condition?.value ?? '').matchAll(/github\.repository(?:_owner)? *[!=]= *'([^']+)'/g)].map(
      ([, name = '']) => name,
    ),
  );
  const found = new Set(compared.flatMap((name) => [name.toLowerCase(), (name.split('/')[0] ?? '').toLowerCase()]));
  names.set(workflow, found);
  return found;
}

const names = new WeakMap<Workflow, ReadonlySet<string>>();
