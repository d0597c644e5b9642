import { artifactAddress, downloadCall, downloadingActions } from '../../knowledge/artifact-downloads.ts';
import type { Confidence } from '../finding.ts';
import type { Start } from '../model/reach.ts';
import type { Step } from '../model/step.ts';
import { foreignCheckouts } from './checkouts.ts';
import { isCleanedBy } from './execution.ts';
import { commandsOf } from './script-commands.ts';

/** Files that an outsider wrote and an earlier step put on the machine of a run which outsiders start. */
export interface ForeignFiles {
  readonly step: Step;
  readonly what: 'checkout' | 'artifact';
  /** '' the workspace, null unknown. */
  readonly folder: string | null;
  /** Events of which the files are an outsider's. */
  readonly events: readonly string[];
  readonly confidence: Confidence;
  /** The step behind which they are gone. */
  readonly until: number;
}

type Brought = Omit<ForeignFiles, 'until'>;

/** What outsiders' files lie on the machine when a step begins. */
export function foreignFilesBefore(step: Step): readonly ForeignFiles[] {
  return filesOf(step.parent).filter(({ step: from, until }) => from.index < step.index && step.index <= until);
}

/** The next checkout that takes the files in a folder away again. */
function cleanedAt({ parent, index }: Step, folder: string | null): number {
  if (folder === null) return Number.POSITIVE_INFINITY;
  const next = parent.steps.slice(index + 1).find((step) => isCleanedBy(step, folder));
  return next?.index ?? Number.POSITIVE_INFINITY;
}

/** Of a job or action, as far as it has been asked: a checkout's ref may itself be what a step reads from a file. */
const known = new WeakMap<Step['parent'], readonly ForeignFiles[]>();

function filesOf(parent: Step['parent']): readonly ForeignFiles[] {
  const before = known.get(parent);
  if (before) return before;
  known.set(parent, []);
  const brought: Brought[] = [];
  for (const step of parent.steps) if (brought.length < MAX_FILES) brought.push(...broughtBy(step));
  const found = brought.map((files) => ({ ...files, until: cleanedAt(files.step, files.folder) }));
  known.set(parent, found);
  return found;
}

/** Every later step of thousands looks through them. */
const MAX_FILES = 16;

function broughtBy(step: Step): readonly Brought[] {
  if (step.isNever) return [];
  const artifact = artifactOf(step);
  const { dangerous } = step.reach;
  if (dangerous.length === 0) return [];
  const checkouts = foreignCheckouts(step).flatMap((checkout): readonly Brought[] => {
    const starts = dangerous.filter(({ event }) => checkout.events === null || checkout.events.includes(event));
    if (starts.length === 0 || checkout.isOwnBranch || checkout.confidence === 'low') return [];
    const { folder } = checkout;
    return [{ step, what: 'checkout', folder, events: eventsOf(starts), confidence: 'medium' }];
  });
  const runs = dangerous.filter(({ event }) => event === 'workflow_run');
  if (!artifact || runs.length === 0) return checkouts;
  return [...checkouts, { step, what: 'artifact', ...artifact, events: ['workflow_run'], confidence: 'medium' }];
}

function eventsOf(starts: readonly Start[]): readonly string[] {
  return [...new Set(starts.map(({ event }) => event))];
}

/** Lists are prepared once: thousands of steps may ask. */
const downloaders = downloadingActions.map((row) => ({ row, names: [row.action] }));

function artifactOf(step: Step): { readonly folder: string | null } | null {
  const row = downloaders.find(({ names }) => step.uses?.matches(names))?.row;
  if (row) {
    const isOther = !('otherRun' in row) || row.otherRun.some((input) => step.with(input) !== null);
    return isOther ? { folder: folderOf(step.with(row.folder)?.value) } : null;
  }
  const isRead = step.script !== null && /\bgh\b[^\n]*\brun\s+download\b/.test(step.script.value);
  if (isRead && step.script) {
    const command = commandsOf(step.script).find(({ name, words }) => name === 'gh' && words[2]?.text === 'download');
    const at = command?.words.findIndex(({ text }) => text === '-D' || text === '--dir') ?? -1;
    return command ? { folder: at < 0 ? '' : folderOf(command.words[at + 1]?.text) } : null;
  }
  // A script that fetches the archive itself unpacks it wherever it likes.
  const code = step.with('script')?.value ?? '';
  const isFetched = downloadCall.test(code) || (step.script !== null && artifactAddress.test(step.script.value));
  return isFetched ? { folder: null } : null;
}

function folderOf(path: string | undefined): string | null {
  if (path === undefined) return '';
  return /[$`]/.test(path) ? null : path.replace(/^(?:\.\/)+|\/+$|^\.$/g, '');
}
