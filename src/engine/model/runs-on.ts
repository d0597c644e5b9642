import { runnerKindOf, runnerSystemOf } from '../../knowledge/runner-labels.ts';
import type { RunnerKind } from '../finding.ts';
import type { RunnerOs } from '../shell/shell.ts';
import type { Job } from './job.ts';
import { assumptionsOf, type LabelChoices, type LabelSet, labelChoices } from './label-choices.ts';
import { scalarsOf, sequenceOf } from './nodes.ts';
import type { Start } from './reach.ts';
import type { Located, LocatedText, SourceFile } from './source.ts';
import type { Text } from './text.ts';

/** A job's `runs-on`. Its span is its value. */
export class RunsOn implements Located {
  readonly job: Job;
  readonly start: number;
  readonly end: number;
  readonly group: Text | null;
  /** The sets that the job may ask for: more than one where a matrix or an expression decides. A label stands where it is written. */
  readonly alternatives: readonly LabelSet[];
  /** Some label is only known at run time. */
  readonly isDynamic: boolean;

  /** `outsiders`: starts of theirs, by which alone it is asked for; without them, all that the job has. */
  constructor(job: Job, outsiders: readonly Start[] | null = null) {
    const node = job.find('runs-on') ?? job.node;
    const labels = node.kind === 'map' ? job.find('runs-on', 'labels') : node;
    const texts = scalarsOf(labels).flatMap((scalar) => job.textOf(scalar) ?? []);
    this.job = job;
    this.start = node.start;
    this.end = node.end;
    this.group = node.kind === 'map' ? job.text('runs-on', 'group') : null;
    const assumptions = assumptionsOf(outsiders ?? job.reach.starts, outsiders ? 'outsider' : 'anyone');
    const choices = sequenceOf(labels)
      ? combine(texts.map((text) => labelChoices(job, text, assumptions)))
      : labelChoices(job, texts[0] ?? null, assumptions);
    this.alternatives = choices.sets;
    this.isDynamic = choices.isDynamic;
  }

  get source(): SourceFile {
    return this.job.source;
  }

  /** What outsiders who start it so get: `github.event_name == 'push' && 'a' || 'b'` is b for a pull request. */
  of(outsiders: readonly Start[]): RunsOn {
    return new RunsOn(this.job, outsiders);
  }

  /** All labels, each once, in the order of the source. */
  get labels(): readonly LocatedText[] {
    const byValue = new Map(this.alternatives.flat().map((label) => [`${label.start}:${label.value}`, label]));
    return [...byValue.values()].sort((a, b) => a.start - b.start);
  }

  /** The most exposed machine that it may get. */
  get kind(): RunnerKind {
    const kinds = this.alternatives.map(kindOf);
    if (kinds.includes('self-hosted')) return 'self-hosted';
    if (this.isDynamic || this.group || kinds.length === 0 || kinds.includes('unknown')) return 'unknown';
    return kinds.includes('managed') ? 'managed' : 'hosted';
  }

  /** The system that all alternatives name, `linux` also where it may be macOS (their shells are the same); `unknown` when they differ or don't say. */
  get os(): RunnerOs {
    const systems = new Set(this.alternatives.map(systemOf));
    if (this.isDynamic || systems.size === 0 || systems.has('unknown')) return 'unknown';
    if (systems.size === 1) return [...systems][0] ?? 'unknown';
    return systems.has('windows') ? 'unknown' : 'linux';
  }
}

/** One set out of each item's choices: the first item's alternatives decide, since real lists vary in one place. */
function combine(items: readonly LabelChoices[]): LabelChoices {
  let sets: readonly LabelSet[] = [[]];
  for (const item of items) {
    const options = item.sets.length > 0 ? item.sets : [[]];
    sets = sets.flatMap((set) => options.map((option) => [...set, ...option])).slice(0, 256);
  }
  return { sets: sets.filter((set) => set.length > 0), isDynamic: items.some((item) => item.isDynamic) };
}

function kindOf(labels: LabelSet): RunnerKind {
  const kinds = labels.map((label) => runnerKindOf(label.value));
  if (labels.some((label) => label.value.trim().toLowerCase() === 'self-hosted')) return 'self-hosted';
  if (kinds.includes('managed')) return 'managed';
  if (kinds.includes('self-hosted')) return 'self-hosted';
  return kinds.includes('unknown') ? 'unknown' : 'hosted';
}

function systemOf(labels: LabelSet): RunnerOs {
  const systems = labels.map((label) => runnerSystemOf(label.value)).filter((system) => system !== null);
  return systems[0] ?? 'unknown';
}
