import type { Confidence } from '../finding.ts';
import { type ArtifactDownload, downloads } from '../model/artifacts.ts';
import type { Start } from '../model/reach.ts';
import type { Located } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import { isCheckout } from './checkouts.ts';
import { environmentWrites } from './environment-writes.ts';
import { executions, isCleanedBy } from './execution.ts';
import { guardsOf } from './guards.ts';
import { oneLine } from './one-line.ts';
import { commandsOf } from './script-commands.ts';
import { stepIndexes } from './step-order.ts';
import { hasOpenParent } from './trigger-guards.ts';

/**
 * What a run does with files that an outsider's run made. `run`: it runs them. `environment`: their text becomes variables or
 * the search path of all later steps. `output`: it becomes an output. `overwrite`: they are unpacked over a checkout. `data`:
 * nothing of the kind was seen.
 */
type ArtifactEffect = 'run' | 'environment' | 'output' | 'overwrite' | 'data';

/** An artifact of a run that outsiders cause, in a run that holds the repository's token or secrets. */
export interface PoisonedArtifact {
  readonly download: ArtifactDownload;
  readonly starts: readonly Start[];
  readonly effect: ArtifactEffect;
  /** What does it, and where; null for `overwrite` and `data`. */
  readonly by: { readonly at: Located; readonly what: string } | null;
  readonly confidence: Confidence;
  /** As far as the repository shows only writers start the run that makes it (corrections 13). */
  readonly isNarrow: boolean;
}

/** The artifacts of outsiders' runs that a step brings in. */
export function poisonedArtifacts(step: Step): readonly PoisonedArtifact[] {
  const { dangerous } = step.reach;
  if (dangerous.length === 0 || !steps.of(step.parent).slice(0, MAX_DOWNLOADS).includes(step.index)) return [];
  return downloads(step).flatMap((download) => {
    if (!download.isOtherRun || download.isFiltered) return [];
    const parents = dangerous.filter(({ event }) => event === 'workflow_run');
    const starts = parents.length > 0 ? parents : dangerous;
    // Another event, or a search for the run: it may well be one of the repository's own.
    const isSure = isOutsiders(download, parents.length > 0);
    return {
      download,
      starts,
      confidence: isSure && starts.some(({ event }) => guardsOf(step, event).length === 0) ? 'medium' : 'low',
      isNarrow: parents.length > 0 && parents.every(({ trigger }) => trigger && !hasOpenParent(trigger)),
      ...effectOf(download, starts),
    };
  });
}

/** What names the run leads to an outsider's; without a name, the newest that is found may be one where outsiders' runs are followed. */
function isOutsiders({ step, run }: ArtifactDownload, isFollowing: boolean): boolean {
  const variable = /^\$(?:env:)?\{?(\w+)\}?$/.exec(run)?.[1];
  const named = variable ? (step.variable(variable)?.text.value ?? run) : run;
  if (/workflow_run\.(?:id|artifacts_url|url)\b|pull_request/i.test(named)) return true;
  if (run === '' && ['pr', 'commit'].some((name) => step.with(name) !== null)) return true;
  return isFollowing && !/\bsteps\.|\bneeds\.|\binputs\.|\$/i.test(named);
}

const steps = stepIndexes((step) => downloads(step).length > 0);

/** Behind each of them the steps are looked through; a job has one or two. */
const MAX_DOWNLOADS = 16;

type Effect = Pick<PoisonedArtifact, 'effect' | 'by'>;

const RANK: readonly ArtifactEffect[] = ['data', 'overwrite', 'output', 'environment', 'run'];
/** Steps behind a download that are looked at: each is asked for all its commands. */
const MAX_STEPS = 200;

function effectOf(download: ArtifactDownload, starts: readonly Start[]): Effect {
  const { step } = download;
  let worst: Effect = { effect: overwrites(download) ? 'overwrite' : 'data', by: null };
  const place = unpackedTo(download);
  for (const later of step.parent.steps.slice(step.index, step.index + MAX_STEPS)) {
    if (later.isNever || !later.reach.starts.some(({ trigger }) => starts.some((one) => one.trigger === trigger)))
      continue;
    if (later !== step && typeof place === 'string' && isCleanedBy(later, place)) break;
    const found = runs(later, place, later === step ? download.at.end : 0) ?? reads(later, place);
    if (found && RANK.indexOf(found.effect) > RANK.indexOf(worst.effect)) worst = found;
  }
  return worst;
}

/** Where the files lie in the end: an archive that came as a file is unpacked by hand. */
function unpackedTo({ step, folder, isPacked }: ArtifactDownload): ArtifactDownload['folder'] {
  if (!isPacked) return folder;
  for (const later of step.parent.steps.slice(step.index, step.index + MAX_STEPS)) {
    for (const { name, words } of later.script ? commandsOf(later.script) : []) {
      if (!/^(?:unzip|bsdtar|7z|expand-archive)$/.test(name)) continue;
      const texts = words.map(({ text }) => text);
      const to = texts[texts.findIndex((text) => /^(?:-d|-DestinationPath|-C)$/i.test(text)) + 1];
      const isGiven = texts.some((text) => /^(?:-d|-DestinationPath|-C)$/i.test(text)) && to !== undefined;
      if (!isGiven) return '';
      return /^(?:\/|~|\$)/.test(to) ? { outside: to } : to.replace(/^(?:\.\/)+|\/+$|^\.$/g, '');
    }
  }
  return { outside: '' };
}

/** The files come to lie over those of a checkout. */
function overwrites(download: ArtifactDownload): boolean {
  const place = unpackedTo(download);
  const { step } = download;
  return (
    place === '' && step.parent.steps.some((other) => other.index < step.index && isCheckout(other) && !other.isNever)
  );
}

/** What a step runs of the files, behind an offset of the source. */
function runs(step: Step, place: ArtifactDownload['folder'], from: number): Effect | null {
  const evaluated = EVALUATES.exec(step.script?.value ?? '');
  if (evaluated && step.script && isAbout(step.script.value, place)) {
    const at = step.script.text.span(evaluated.index, evaluated.index + evaluated[0].length);
    if (at.start > from) return { effect: 'run', by: { at, what: evaluated[0] } };
  }
  if (place === null) return null;
  if (typeof place === 'string') {
    const found = executions(step, place).find(({ direct, at }) => direct && at.start > from);
    return found ? { effect: 'run', by: { at: found.at, what: found.what } } : null;
  }
  const outside = normal(place.outside);
  const command =
    outside === '' ? null : commandsIn(step).find(({ at, words }) => at.start > from && isRun(words, outside));
  return command ? { effect: 'run', by: command } : null;
}

/** The text of a file becomes a command. */
const EVALUATES = /\beval\s+["']?\$\(\s*(?:cat\b|<)|\b(?:iex|Invoke-Expression)\s*\(?\s*(?:gc|Get-Content)\b/i;

/** The ways to write the runner's own folder are one. */
function normal(path: string): string {
  return path
    .replace(/["']/g, '')
    .replace(/\$\{\{\s*runner\.temp\s*\}\}|\$\{RUNNER_TEMP\}|\$(?:env:)?RUNNER_TEMP\b/gi, '<temp>');
}

const RUNNERS = /^(?:bash|sh|zsh|source|\.|node|python3?|ruby|perl|pwsh|php|chmod|eval)$/;

function isRun([name = '', ...words]: readonly string[], outside: string): boolean {
  return name.includes(outside) || (RUNNERS.test(name) && words.some((word) => word.includes(outside)));
}

function commandsIn({ script }: Step): readonly { at: Located; what: string; words: readonly string[] }[] {
  if (!script) return [];
  return commandsOf(script).map(({ start, end, words, name }) => {
    const written = words.map((word) => normal(script.value.slice(word.start, word.end)));
    return {
      at: script.text.span(start, end),
      what: oneLine(`${name} ${words[1]?.text ?? ''}`, 80),
      words: written,
    };
  });
}

/** Reads a file, in a shell or in JavaScript. */
const READS =
  /\b(?:cat|jq|head|tail|sed|awk|grep|Get-Content|gc|unzip -p)\b|\$\(\s*<|<\s*["'$\w./]|\breadFile(?:Sync)?\b|\bopen\(/;
/** What was read is compared with a pattern, or becomes a number. */
const CHECKS =
  /=~|\bgrep\s+-\w*[EPqxo]\w*\b|\btonumber\b|-match\b|\bNumber\s*\(|\bparseInt\s*\(|Number\.is|\.test\s*\(|\.match\s*\(|\[int\]|\bcase\b[^\n]*\bin\b|\btr\s+-c?d|printf\s+['"]?%d/;

/** Its text is handed on to later steps, and nothing looks at it first. */
function reads(step: Step, place: ArtifactDownload['folder']): Effect | null {
  const code = step.script?.value ?? step.with('script')?.value ?? '';
  if (!READS.test(code) || CHECKS.test(code) || !isAbout(code, place)) return null;
  const writes = environmentWrites(step).filter(({ values, form }) => values.length > 0 || form === 'stream');
  const set = writes.find(({ target }) => target === 'env' || target === 'path');
  if (set)
    return { effect: 'environment', by: { at: set.at, what: set.target === 'env' ? 'GITHUB_ENV' : 'GITHUB_PATH' } };
  const output = writes.find(
    ({ target, text, values }) =>
      target === 'output' && values.some((part) => isTaken(text.value.slice(part.start, part.end))),
  );
  return output ? { effect: 'output', by: { at: output.at, what: 'GITHUB_OUTPUT' } } : null;
}

/** A value that is not written as it is. */
function isTaken(value: string): boolean {
  return /[$`(]|\b(?:cat|jq|head|tail|sed|awk|grep)\b|^[A-Za-z_]\w*(?:\.\w+)*$/.test(value);
}

function isAbout(code: string, place: ArtifactDownload['folder']): boolean {
  if (place === null || place === '') return true;
  const name = typeof place === 'string' ? place : place.outside;
  return (
    name === '' ||
    code.includes(
      name
        .replace(/^\$\{\{.*?\}\}\/?/, '')
        .split('/')
        .at(-1) || name,
    )
  );
}
