import { folderOf, uploadedFolders, uploadsHiddenFiles } from '../../knowledge/artifact-uploads.ts';
import { checkoutVersionOf } from '../../knowledge/checkout-versions.ts';
import { GIT_PUSHERS, GIT_READS, GIT_USERS } from '../../knowledge/git-users.ts';
import type { Action } from './action.ts';
import type { Job } from './job.ts';
import type { Step } from './step.ts';
import type { Text } from './text.ts';

/** A checkout that leaves its token on the disk, and what the steps behind it do with that. */
export interface KeptToken {
  readonly checkout: Step;
  /** `persist-credentials`, where it is given. */
  readonly input: Text | null;
  /** What decides: the action's default, the input, or an expression that only the run knows. */
  readonly by: 'default' | 'input' | 'expression';
  /** From version 6 on the token lies beside the workspace: an upload of the workspace does not take it along. */
  readonly isBesideWorkspace: boolean;
  /** A later step that uploads the folder; first of all one that takes hidden files along. */
  readonly upload: Step | null;
  /** The upload takes hidden files, `.git` among them. */
  readonly isUploaded: boolean;
  /** A later step visibly pushes with it. */
  readonly isPushed: boolean;
  /** A later step may miss it: it fetches, or could push where nobody can see it. */
  readonly mayBeNeeded: boolean;
}

/** The checkouts of a job or composite action that leave their token, or may. */
export function keptTokens(parent: Job | Action): readonly KeptToken[] {
  const found = read.get(parent) ?? readKeptTokens(parent);
  read.set(parent, found);
  return found;
}

/** Each upload of a job asks for them. */
const read = new WeakMap<Job | Action, readonly KeptToken[]>();

function readKeptTokens(parent: Job | Action): readonly KeptToken[] {
  const { steps } = parent;
  const uploads = steps.filter(isUpload).map((step) => ({
    step,
    folders: uploadedFolders(step.with('path')?.value ?? ''),
    hidden: uploadsHiddenFiles(step.uses?.ref?.value ?? '', step.with('include-hidden-files')?.value),
  }));
  const mayPush = parent.kind === 'action' || parent.grants('contents', 'write') !== 'no';
  const lastPush = steps.findLastIndex(isPush);
  // What comes after an action's last step is its callers' affair.
  const lastUser = parent.kind === 'action' ? steps.length : steps.findLastIndex((step) => mayUse(step, mayPush));
  return steps.flatMap((checkout) => {
    const by = decidedBy(checkout);
    if (by === null) return [];
    const folder = folderOf(checkout.with('path')?.value ?? '') ?? '';
    const taking = uploads.filter(
      ({ step, folders }) => step.index > checkout.index && folders.some((one) => holds(one, folder)),
    );
    const worst = taking.find(({ hidden }) => hidden) ?? taking[0];
    return {
      checkout,
      input: checkout.with('persist-credentials'),
      by,
      isBesideWorkspace: isBesideWorkspace(checkout),
      upload: worst?.step ?? null,
      isUploaded: worst?.hidden ?? false,
      isPushed: lastPush > checkout.index,
      mayBeNeeded: lastUser > checkout.index || checkout.with('submodules') !== null || checkout.with('lfs') !== null,
    };
  });
}

/** Null where the token is not kept. checkout compares its input with TRUE: every other text switches it off. */
function decidedBy(checkout: Step): KeptToken['by'] | null {
  if (checkout.isNever || !checkout.uses?.matches(['actions/checkout']) || checkout.hasDynamicInputs) return null;
  const input = checkout.with('persist-credentials');
  if (!input) return 'default';
  const folded = input.expression?.folded;
  if (!folded?.known && !input.isLiteral) return 'expression';
  const value = String(folded?.known ? folded.value : input.value);
  return value.trim().toUpperCase() === 'TRUE' ? 'input' : null;
}

function isBesideWorkspace({ uses, source }: Step): boolean {
  const end = uses?.end ?? 0;
  const version = checkoutVersionOf(uses?.ref?.value ?? '', source.text.slice(end, end + 99));
  return Number.parseInt(version ?? '', 10) >= 6;
}

function holds(outer: string, folder: string): boolean {
  return outer === '' || `${folder}/`.startsWith(`${outer}/`);
}

function isUpload({ uses, isNever }: Step): boolean {
  return !isNever && uses?.matches(['actions/upload-artifact']) === true;
}

function isPush({ uses, script }: Step): boolean {
  // Bounded: a hostile line of words must not cost its square.
  return uses?.matches(GIT_PUSHERS) || /\bgit\b[^\n|;&]{0,200}\bpush\b/.test(script?.value ?? '');
}

/** Git over the network is seen, or what can't be seen into could push. */
function mayUse({ uses, script }: Step, mayPush: boolean): boolean {
  if (uses?.matches(['actions/checkout'])) return false;
  if (uses) return !uses.isRemote || uses.matches(GIT_USERS) || (mayPush && !uses.matches(['actions/*', 'github/*']));
  if (mayPush || !script?.parsed) return true;
  return script.commands.some(
    ({ name, words }) => name === 'git' && words.some(({ text }) => GIT_READS.includes(text)),
  );
}
