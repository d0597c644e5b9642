import type { Exposure } from '../finding.ts';
import type { MapNode } from '../yaml/tree.ts';
import { Element } from './element.ts';
import { unionOf } from './exposure.ts';
import { Job } from './job.ts';
import { mapOf } from './nodes.ts';
import { Permissions } from './permissions.ts';
import type { ProjectModel } from './project.ts';
import type { SourceFile } from './source.ts';
import type { Text } from './text.ts';
import { Triggers } from './triggers.ts';
import { Variables } from './variables.ts';

/** A file below `.github/workflows`. */
export class Workflow extends Element {
  readonly kind = 'workflow';
  readonly project: ProjectModel;
  #triggers: Triggers | undefined;
  #jobList: readonly Job[] | undefined;
  #jobs: ReadonlyMap<string, Job> | undefined;
  #permissions: Permissions | null | undefined;
  #env: Variables | undefined;
  #callers: readonly Job[] | undefined;

  constructor(project: ProjectModel, source: SourceFile, node: MapNode) {
    super(source, node);
    this.project = project;
  }

  protected get owner(): Workflow {
    return this;
  }

  protected get inner(): readonly string[] {
    return ['jobs'];
  }

  get route(): string {
    return '';
  }

  get path(): string {
    return this.source.path;
  }

  get name(): Text | null {
    return this.text('name');
  }

  get triggers(): Triggers {
    this.#triggers ??= new Triggers(this);
    return this.#triggers;
  }

  /** In the order of the source, those with a constantly false `if` included. */
  get jobs(): readonly Job[] {
    this.#jobs ??= this.#readJobs();
    this.#jobList ??= [...this.#jobs.values()];
    return this.#jobList;
  }

  /** A job by its id. */
  job(id: string): Job | null {
    this.#jobs ??= this.#readJobs();
    return this.#jobs.get(id) ?? null;
  }

  get permissions(): Permissions | null {
    if (this.#permissions === undefined) {
      const key = this.key('permissions');
      this.#permissions = key && new Permissions(this, key);
    }
    return this.#permissions;
  }

  get env(): Variables {
    this.#env ??= new Variables(this, ['env']);
    return this.#env;
  }

  /** The jobs of this repository that call it. */
  get callers(): readonly Job[] {
    this.#callers ??= this.triggers.has('workflow_call') ? this.project.callersOf(this) : [];
    return this.#callers;
  }

  /** What a problem of the whole workflow exposes: the worst of its jobs. */
  get exposure(): Exposure {
    return unionOf(this.jobs.filter((job) => !job.isNever).map((job) => job.exposure));
  }

  #readJobs(): ReadonlyMap<string, Job> {
    const jobs = new Map<string, Job>();
    for (const { key, value } of mapOf(this.find('jobs'))?.entries ?? []) {
      const node = mapOf(value);
      if (node) jobs.set(key.text, new Job(this, key.text, this.source.at(key), node, this.source));
    }
    return jobs;
  }
}
