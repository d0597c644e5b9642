import {
  artifactAddress,
  type DownloadingAction,
  downloadCall,
  downloadingActions,
} from '../../knowledge/artifact-downloads.ts';
import type { ShellCommand } from '../shell/script.ts';
import { majorOf } from './caching.ts';
import type { Script } from './script.ts';
import type { Located } from './source.ts';
import type { Step } from './step.ts';
import type { Text } from './text.ts';

/** A step that brings in an artifact. */
export interface ArtifactDownload {
  readonly step: Step;
  readonly at: Located;
  /** For a message: `actions/download-artifact`, `gh run download`. */
  readonly what: string;
  /** Where its files land: '' the workspace, a folder of it, `outside` it (a fresh folder), or null where only the run knows. */
  readonly folder: string | null | { readonly outside: string };
  /** The input that names the folder, where it is given. */
  readonly path: Text | null;
  /** Null: files lie where the archive says, unpacked by the action itself. Else the archive stays packed, or is unpacked by hand. */
  readonly isPacked: boolean;
  /** Of another run: a run's id, a workflow or a search says which. False: its own run's. */
  readonly isOtherRun: boolean;
  /** What names the other run (`github.event.workflow_run.id`), as written; '' where a search does, or nothing. */
  readonly run: string;
  /** It asks only for runs that outsiders cannot cause (`event: push`, forks left out). */
  readonly isFiltered: boolean;
}

/** The artifacts that a step brings in. */
export function downloads(step: Step): readonly ArtifactDownload[] {
  if (step.isNever) return [];
  if (step.script) return byCommands(step.script);
  const action = byAction(step);
  if (action) return [action];
  return step.uses?.matches(SCRIPTS) ? byCalls(step) : [];
}

const rows = (downloadingActions as readonly DownloadingAction[]).map((row) => ({ row, names: [row.action] }));

const allActions = rows.flatMap(({ names }) => names);

function byAction(step: Step): ArtifactDownload | null {
  const { uses } = step;
  const row = uses?.matches(allActions) && rows.find(({ names }) => uses.matches(names))?.row;
  if (!uses || !row) return null;
  const asked = row.otherRun ?? ['run-id', 'run_id'];
  const run = asked.flatMap((name) => step.with(name) ?? [])[0] ?? null;
  const isOwn = /^\$\{\{\s*github\.run_id\s*\}\}$/i.test(run?.value.trim() ?? '');
  const path = step.with(row.folder);
  const kept = row.keepsArchive ? step.with(row.keepsArchive)?.value.trim().toLowerCase() : undefined;
  return {
    step,
    at: uses,
    what: uses.slug,
    path,
    folder: path ? folderOf(path.value) : '',
    isPacked: kept === 'true',
    isOtherRun: !isOwn && (row.otherRun === undefined || run !== null),
    run: run?.value.trim() ?? '',
    isFiltered: isFiltered(step, run),
  };
}

/** Events whose runs only writers cause. */
const WRITERS_EVENTS = /^(?:push|schedule|release|workflow_dispatch|merge_group)$/;

function isFiltered(step: Step, run: Text | null): boolean {
  if (WRITERS_EVENTS.test(step.with('event')?.value.trim() ?? '')) return true;
  if (run || !step.uses?.matches(['dawidd6/action-download-artifact'])) return false;
  // From v6 on its search leaves forks out unless it is told otherwise.
  const forks = step.with('allow_forks')?.value.trim().toLowerCase();
  return forks === 'false' || (forks === undefined && (majorOf(step.uses) ?? 99) >= 6);
}

function byCommands(script: Script): readonly ArtifactDownload[] {
  if (!/download|artifact/i.test(script.value)) return [];
  return script.commands.flatMap((command) => byCommand(command, script) ?? []);
}

function byCommand(command: ShellCommand, script: Script): ArtifactDownload | null {
  const words = command.words.slice(0, 100);
  const texts = words.map(({ start, end }) => script.value.slice(start, end));
  const isGh = command.name === 'gh' && texts[1] === 'run' && texts[2] === 'download';
  const isFetch = ['gh', 'curl', 'wget', 'invoke-webrequest', 'iwr'].includes(command.name);
  if (!isGh && !(isFetch && texts.some((text) => artifactAddress.test(text)))) return null;
  const run = isGh ? (texts.slice(3).find((text) => !text.startsWith('-')) ?? '') : '';
  const folder = isGh ? optionOf(texts, ['-D', '--dir']) : null;
  const cwd = script.step.workingDirectory?.value ?? '';
  return {
    step: script.step,
    at: script.text.span(command.start, command.end),
    what: isGh ? 'gh run download' : command.name,
    path: null,
    folder: folder === null ? folderOf(cwd) : folderOf(folder.replace(/["']/g, '')),
    isPacked: !isGh,
    isOtherRun: !/GITHUB_RUN_ID|github\.run_id/i.test(texts.join(' ')),
    run: run.replace(/["']/g, ''),
    isFiltered: false,
  };
}

/** The value of `-D x`, `-Dx` or `--dir=x`; null where it is not given. */
function optionOf(words: readonly string[], names: readonly string[]): string | null {
  for (const [index, word] of words.entries()) {
    if (names.includes(word)) return words[index + 1] ?? null;
    const name = names.find((one) => word.startsWith(`${one}=`));
    if (name) return word.slice(name.length + 1);
  }
  return null;
}

const SCRIPTS = ['actions/github-script'];

function byCalls(step: Step): readonly ArtifactDownload[] {
  const script = step.with('script');
  const call = downloadCall.exec(script?.value ?? '');
  if (!script || !call) return [];
  const isOwn = /\bcontext\.runId\b|GITHUB_RUN_ID/.test(script.value) && !/workflow_run/.test(script.value);
  return [
    {
      step,
      at: script.span(call.index, call.index + call[0].length),
      what: call[0],
      path: null,
      folder: '',
      isPacked: true,
      isOtherRun: !isOwn,
      run: /workflow_run/.test(script.value) ? 'context.payload.workflow_run.id' : '',
      isFiltered: false,
    },
  ];
}

const WORKSPACE = /^(?:\$\{\{\s*github\.workspace\s*\}\}|\$\{?GITHUB_WORKSPACE\}?)(?=\/|$)/i;
const TEMPORARY = /^(?:\$\{\{\s*runner\.temp\s*\}\}|\$\{?RUNNER_TEMP\}?|\/tmp\b|\/|~|\$\{?HOME\}?)/i;

/** Where a path of an input leads. */
function folderOf(path: string): ArtifactDownload['folder'] {
  const trimmed = path.trim();
  if (!WORKSPACE.test(trimmed) && TEMPORARY.test(trimmed)) return { outside: trimmed };
  const inside = trimmed.replace(WORKSPACE, '.');
  if (/\$|`/.test(inside)) return null;
  const parts: string[] = [];
  for (const part of inside.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return { outside: trimmed };
  }
  return parts.join('/');
}
