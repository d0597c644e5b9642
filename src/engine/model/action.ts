import type { Exposure } from '../finding.ts';
import type { MapNode } from '../yaml/tree.ts';
import { Element } from './element.ts';
import { unionOf } from './exposure.ts';
import { mapOf } from './nodes.ts';
import type { ProjectModel } from './project.ts';
import type { JobReach } from './reach.ts';
import type { SourceFile } from './source.ts';
import type { Step } from './step.ts';
import { stepsOf } from './steps.ts';
import type { Text } from './text.ts';
import { type InputDeclaration, inputsOf } from './triggers.ts';

/** An `action.yml`. */
export class Action extends Element {
  readonly kind = 'action';
  readonly project: ProjectModel;
  #steps: readonly Step[] | undefined;
  #inputs: ReadonlyMap<string, InputDeclaration> | undefined;
  #callers: readonly Step[] | undefined;

  constructor(project: ProjectModel, source: SourceFile, node: MapNode) {
    super(source, node);
    this.project = project;
  }

  protected get owner(): Action {
    return this;
  }

  protected get inner(): readonly string[] {
    return ['runs.steps'];
  }

  get route(): string {
    return '';
  }

  get stepsRoute(): string {
    return 'runs.steps';
  }

  get path(): string {
    return this.source.path;
  }

  /** The folder that it stands in, '' for the root. */
  get folder(): string {
    return this.path.slice(0, Math.max(0, this.path.lastIndexOf('/')));
  }

  get name(): Text | null {
    return this.text('name');
  }

  /** `runs.using`. */
  get using(): Text | null {
    return this.text('runs', 'using');
  }

  get runs(): 'composite' | 'node' | 'docker' | 'unknown' {
    const using = this.using?.value.toLowerCase() ?? '';
    if (using === 'composite' || using === 'docker') return using;
    return /^node\d+$/.test(using) ? 'node' : 'unknown';
  }

  /** `runs.image` of a docker action. */
  get image(): Text | null {
    return this.text('runs', 'image');
  }

  /** A composite action's steps. */
  get steps(): readonly Step[] {
    this.#steps ??= this.runs === 'composite' ? stepsOf(this, this.find('runs', 'steps')) : [];
    return this.#steps;
  }

  /** Declared inputs by name, lower case; all are strings. */
  get inputs(): ReadonlyMap<string, InputDeclaration> {
    this.#inputs ??= inputsOf(this, mapOf(this.find('inputs')));
    return this.#inputs;
  }

  /** The value of a composite action's output. */
  output(name: string): Text | null {
    return this.text('outputs', name, 'value');
  }

  /** The steps of this repository that use it. */
  get callers(): readonly Step[] {
    this.#callers ??= this.project.usersOf(this);
    return this.#callers;
  }

  /** Who can start it: whoever can start a step of this repository that uses it, directly or through other actions. */
  get reach(): JobReach {
    return this.project.useOf(this).reach;
  }

  /** Only this repository could use it, and no job does, not through other actions either. */
  get isIdle(): boolean {
    return this.path.startsWith('.github/') && this.project.useOf(this).jobs.length === 0;
  }

  /** What a problem in it exposes: the worst of the jobs that run it. */
  get exposure(): Exposure {
    const { reach, jobs } = this.project.useOf(this);
    const exposure = unionOf(jobs.map((job) => job.exposure));
    return jobs.length === 0 ? exposure : { ...exposure, reach: reach.level, triggers: reach.events };
  }
}
