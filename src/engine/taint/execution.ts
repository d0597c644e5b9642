import { repositoryActions } from '../../knowledge/commands.ts';
import type { Located } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import { usesTable } from '../model/uses-table.ts';
import { checkoutFolder, isCheckout } from './checkouts.ts';
import { contentCalls, contentCommands } from './content-commands.ts';
import { scriptCalls } from './script-executions.ts';

/** A place in a step that runs what the repository contains. */
export interface Execution {
  readonly step: Step;
  readonly at: Located;
  /** For a message: `npm ci`. */
  readonly what: string;
  /** What an attacker edits, for a message. */
  readonly edits: string;
  /** False: it only reads configuration from there, so that running code takes more than one step. */
  readonly direct: boolean;
}

/** Everything in a step that runs content of a checkout in `folder` ('' the workspace, null unknown). */
export function executions(step: Step, folder: string | null): readonly Execution[] {
  if (step.isNever) return [];
  if (step.script) return contentCommands(step.script, folder, trustedFolders(step, folder));
  const action = actionExecution(step, folder);
  if (action) return [action];
  // What else lies there is asked for only where it matters: a job may have thousands of checkouts.
  return scriptCalls(step).length > 0 ? contentCalls(step, folder, trustedFolders(step, folder)) : [];
}

/** Folders in the workspace that hold another checkout. */
function trustedFolders(step: Step, folder: string | null): readonly string[] {
  const folders = new Set<string>();
  for (const place of placesOf(step.parent)) {
    if (place.index >= step.index) break;
    if (place.folder !== folder) folders.add(place.folder);
  }
  return [...folders];
}

interface Place {
  readonly index: number;
  readonly folder: string;
}

/** The checkouts of a job into folders of their own, ascending. */
function placesOf(parent: Step['parent']): readonly Place[] {
  const known = places.get(parent);
  if (known) return known;
  const found = parent.steps.filter(isCheckout).flatMap((step): readonly Place[] => {
    const folder = checkoutFolder(step);
    return folder === null || folder === '' ? [] : [{ index: step.index, folder }];
  });
  places.set(parent, found);
  return found;
}

const places = new WeakMap<Step['parent'], readonly Place[]>();

/** Lists are prepared once: thousands of steps may ask. */
const rowsOf = usesTable(repositoryActions, ({ action }) => [action]);

function actionExecution(step: Step, folder: string | null): Execution | null {
  const { uses } = step;
  if (!uses) return null;
  if (uses.kind === 'local') {
    // `$/…` is the workflow's own commit, not the workspace.
    const isInside = !uses.value.trimStart().startsWith('$') && isWithin(uses.path ?? '', folder);
    return isInside ? { step, at: uses, what: uses.value, edits: 'the action', direct: true } : null;
  }
  const [row] = rowsOf(uses);
  if (!row || (row.input !== undefined && !isSet(step, row.input))) return null;
  // An action that is told to work elsewhere does not read the checkout.
  const place = step.with('working-directory') ?? step.with('workdir') ?? step.with('context');
  const isElsewhere = folder !== null && folder !== '' && !(place?.value ?? '').includes(folder);
  if (isElsewhere) return null;
  return { step, at: uses, what: uses.slug, edits: 'what it builds or configures itself with', direct: row.direct };
}

function isSet(step: Step, input: string): boolean {
  const value = step.with(input)?.value.trim().toLowerCase() ?? '';
  return value !== '' && value !== 'false';
}

/** A path of the workspace lies in a checkout's folder. */
function isWithin(path: string, folder: string | null): boolean {
  return folder === null || folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** Whether a later checkout takes the foreign files away again. */
export function isCleanedBy(step: Step, folder: string | null): boolean {
  if (!isCheckout(step) || step.with('clean')?.value.trim() === 'false' || step.condition) return false;
  return checkoutFolder(step) === (folder ?? '');
}
