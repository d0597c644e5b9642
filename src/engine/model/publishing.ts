import {
  commandRunners,
  localRegistry,
  notPublishing,
  type PublicationKind,
  type PublishingAction,
  type PublishingCommand,
  publishingActions,
  publishingCommands,
  publishingName,
  publishingWord,
  releaseBranch,
  taskRunners,
} from '../../knowledge/publishers.ts';
import { basename } from '../shell/prefixes.ts';
import type { ShellCommand } from '../shell/script.ts';
import type { Assume } from './decide.ts';
import type { Job } from './job.ts';
import { assumeInputs, valueUnder } from './run-of.ts';
import type { Script } from './script.ts';
import type { Located } from './source.ts';
import type { Step } from './step.ts';
import type { Trigger } from './triggers.ts';
import { usesTable } from './uses-table.ts';

/** That a step hands something to other people. */
export interface Publication {
  /** The step that was asked; what does it may stand in a local action that it uses. */
  readonly step: Step;
  readonly at: Located;
  /** For a message: `npm publish`, `docker/build-push-action`. */
  readonly what: string;
  readonly kind: PublicationKind;
  /** `npm`, `PyPI`, `the image registry` … */
  readonly where: string;
}

/** Local actions nest ten deep at most. */
const MAX_NESTED = 10;

const known = new WeakMap<Step, Publication | null>();

/** What a step publishes and where; null when it publishes nothing that can be seen. Never a dry run. */
export function publishes(step: Step): Publication | null {
  return publishesWithin(step, 0);
}

function publishesWithin(step: Step, depth: number): Publication | null {
  const before = known.get(step);
  if (before !== undefined) return before;
  // Also ends a circle of local actions.
  known.set(step, null);
  const found = step.isNever ? null : (byAction(step) ?? byCommand(step) ?? byScript(step) ?? byLocal(step, depth));
  known.set(step, found);
  return found;
}

/** What a step publishes by the name of the script or target that it runs: `make release`, `npm run publish`, `./scripts/release.sh`. */
export function mayPublish(step: Step): Publication | null {
  if (step.isNever || !step.script || !/release|publish/i.test(step.script.value)) return null;
  for (const command of step.script.commands) {
    const words = command.words.slice(0, 20).map(({ text }) => text.slice(0, 200));
    if (!isNamedForIt(command.name, words) || notPublishing.test(words.slice(1).join(' '))) continue;
    const at = step.script.text.span(command.start, command.end);
    return { step, at, what: spoken(command, step.script), kind: 'package', where: 'others' };
  }
  return null;
}

function isNamedForIt(name: string, [first = '', ...rest]: readonly string[]): boolean {
  if (taskRunners.test(name)) return rest.some((word) => publishingName.test(word) && !word.startsWith('-'));
  const isScript = first.includes('/') || /^(?:bash|sh|node|python3?|ruby|pwsh)$/.test(name);
  return isScript && [first, rest[0] ?? ''].some((word) => word.includes('/') && publishingName.test(basename(word)));
}

/** Whether a job hands to other people what it (or a job before it) built: a package, files of a release, an image, a service. */
export function isRelease(job: Job): boolean {
  return job.steps.some((step) => {
    const found = publishes(step);
    return found !== null && found.kind !== 'notes';
  });
}

/** Whether an event by itself suggests that its runs are releases: a release, a pushed tag, a branch of releases. */
export function isReleaseTrigger(trigger: Trigger): boolean {
  if (trigger.event === 'release') return true;
  if (trigger.event !== 'push') return false;
  if ((trigger.filter('tags') ?? []).length > 0) return true;
  const branches = trigger.filter('branches') ?? [];
  return branches.length > 0 && branches.every(({ value }) => releaseBranch.test(value));
}

interface Row {
  readonly row: PublishingAction;
  readonly names: readonly string[];
  /** Inputs are read in lower case. */
  readonly unless: RegExp | null;
}

const rows: readonly Row[] = (publishingActions as readonly PublishingAction[]).map((row) => ({
  row,
  names: [row.action],
  unless: row.unless ? new RegExp(row.unless.source, 'i') : null,
}));

const rowsOf = usesTable(rows, ({ names }) => names);

function byAction(step: Step): Publication | null {
  const { uses } = step;
  if (!uses) return null;
  const row = rowsOf(uses).find((one) => isOn(step, one))?.row;
  return row ? { step, at: uses, what: uses.slug, kind: row.kind, where: row.where } : null;
}

/** Whether a publishing step may publish under assumptions: an input such as `push: ${{ … }}` may say no. */
export function mayPublishUnder(step: Step, assume: Assume): boolean {
  const { uses } = step;
  const row = uses ? rowsOf(uses).find((one) => isOn(step, one))?.row : undefined;
  const tree = row?.input === undefined ? null : step.with(row.input)?.expression?.tree;
  const value = tree ? valueUnder(tree, assume) : null;
  return !value?.known || (Boolean(value.value) && value.value !== 'false');
}

function isOn(step: Step, { row: { input, match }, unless }: Row): boolean {
  const isOff = [...step.inputs].some(([name, text]) => unless?.test(`${name}=${text.value.trim()}`));
  if (isOff || localRegistry.test(step.with('tags')?.value ?? '')) return false;
  if (input === undefined || step.hasDynamicInputs) return true;
  const text = step.with(input);
  const value = text?.value.trim() ?? '';
  if (!text || value === '' || text.expression?.folded.known) return Boolean(text?.expression && isTrue(text));
  if (match && text.isLiteral) return match.test(value);
  return value.toLowerCase() !== 'false';
}

function isTrue({ expression }: NonNullable<ReturnType<Step['with']>>): boolean {
  const folded = expression?.folded;
  return folded?.known === true && Boolean(folded.value);
}

function byCommand(step: Step): Publication | null {
  // Most scripts need not be parsed for it.
  if (!step.script || !publishingWord.test(step.script.value)) return null;
  for (const command of step.script.commands) {
    const row = commandRow(command);
    if (!row) continue;
    const at = step.script.text.span(command.start, command.end);
    const what = spoken(command, step.script);
    return { step, at, what, kind: row.kind, where: row.where };
  }
  return null;
}

/** The first words without options, at most three: what a person calls the command. */
function spoken({ words }: ShellCommand, script: Script): string {
  const plain = words.filter(({ text }, index) => index === 0 || !text.startsWith('-'));
  // As written: the parser was shown something else in the place of an expression.
  return plain
    .slice(0, 3)
    .map(({ start, end }) => script.value.slice(start, end))
    .join(' ')
    .replace(/\s+/g, ' ')
    .slice(0, 60);
}

/** How often one runner may run the next: `pnpm exec npx vsce …`. */
const MAX_RUNNERS = 3;

function commandRow(command: ShellCommand): PublishingCommand | null {
  let name = basename(command.name);
  if (!byName.has(name) && !Object.hasOwn(commandRunners, name)) return null;
  // Bounded: a line of a hundred thousand words publishes nothing.
  let words = command.words
    .slice(1, 80)
    .map(({ text }) => text.slice(0, 200))
    .join(' ');
  if (notPublishing.test(words) || localRegistry.test(words)) return null;
  for (let runners = 0; runners <= MAX_RUNNERS; runners += 1) {
    const row = rowOf(name, words);
    if (row) return row;
    const runner = Object.hasOwn(commandRunners, name) ? commandRunners[name]?.exec(words) : null;
    if (!runner) return null;
    const [next = '', ...rest] = words.slice(runner[0].length).split(' ');
    // `npx vsce@latest publish`
    [name, words] = [basename(next).replace(/(?<=.)(?:@|==).*$/, ''), rest.join(' ')];
  }
  return null;
}

const byName = new Map<string, PublishingCommand[]>();
for (const row of publishingCommands as readonly PublishingCommand[]) {
  for (const name of row.names) byName.set(name, [...(byName.get(name) ?? []), row]);
}

function rowOf(name: string, words: string): PublishingCommand | null {
  const found = byName.get(name)?.find((row) => row.words?.test(words) ?? true);
  return found && !found.unless?.test(words) ? found : null;
}

/** `github.rest.repos.uploadReleaseAsset(…)` in a script of actions/github-script. */
const RELEASE_CALL = /\.\s*(?:uploadReleaseAsset|createRelease)\s*\(/;

const SCRIPTS = ['actions/github-script'];

function byScript(step: Step): Publication | null {
  if (!step.uses?.matches(SCRIPTS)) return null;
  const script = step.with('script');
  const call = RELEASE_CALL.exec(script?.value ?? '');
  if (!script || !call) return null;
  const kind = call[0].includes('upload') ? 'release' : 'notes';
  const at = script.span(call.index, call.index + call[0].length);
  return { step, at, what: call[0].replace(/[.\s(]/g, ''), kind, where: 'GitHub releases' };
}

/** A local action that publishes. */
function byLocal(step: Step, depth: number): Publication | null {
  const { uses } = step;
  const project = step.workflow?.project ?? step.action?.project;
  if (uses?.kind !== 'local' || depth >= MAX_NESTED || !project) return null;
  const target = project.target(uses);
  if (target?.kind !== 'action') return null;
  const assume = assumeInputs(step, target);
  for (const inner of target.steps) {
    if (inner.condition?.decide(assume) === false) continue;
    const found = publishesWithin(inner, depth + 1);
    if (found) return { ...found, step, at: uses };
  }
  return null;
}
