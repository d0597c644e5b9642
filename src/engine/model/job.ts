import type { Exposure } from '../finding.ts';
import type { RunnerOs } from '../shell/shell.ts';
import type { MapNode } from '../yaml/tree.ts';
import { Condition } from './condition.ts';
import { Container } from './container.ts';
import { Element } from './element.ts';
import { exposureOf } from './exposure.ts';
import { jobReach, jobToken } from './job-reach.ts';
import { Matrix } from './matrix.ts';
import { mapOf, scalarsOf } from './nodes.ts';
import { Permissions } from './permissions.ts';
import type { JobReach } from './reach.ts';
import { RunsOn } from './runs-on.ts';
import { type SecretUse, secretNames, secretUses } from './secrets.ts';
import type { Located, SourceFile } from './source.ts';
import type { Step } from './step.ts';
import { stepsOf } from './steps.ts';
import type { Text } from './text.ts';
import type { Token } from './token.ts';
import { Uses } from './uses.ts';
import { Variables } from './variables.ts';
import type { Workflow } from './workflow.ts';

/** The deployment environment of a job. Its span is its value. */
export interface Environment extends Located {
  readonly name: Text | null;
  readonly url: Text | null;
}

/** One job of a workflow. Its span is its map, without its id. */
export class Job extends Element {
  readonly kind = 'job';
  readonly workflow: Workflow;
  readonly id: string;
  /** The span of its id. */
  readonly idAt: Located;
  readonly #kept = new Map<string, unknown>();

  constructor(workflow: Workflow, id: string, idAt: Located, node: MapNode, source: SourceFile) {
    super(source, node);
    this.workflow = workflow;
    this.id = id;
    this.idAt = idAt;
  }

  protected get owner(): Job {
    return this;
  }

  protected get inner(): readonly string[] {
    return ['steps'];
  }

  /** `jobs.build`. */
  get route(): string {
    return `jobs.${this.id}`;
  }

  get stepsRoute(): string {
    return `${this.route}.steps`;
  }

  get name(): Text | null {
    return this.text('name');
  }

  get condition(): Condition | null {
    return this.#once('condition', () => {
      const text = this.text('if');
      return text && new Condition(text);
    });
  }

  /** Its `if` is false whatever happens: it is no part of the program. */
  get isNever(): boolean {
    return this.#once('isNever', () => this.condition?.isNever ?? false);
  }

  /** Its steps, those with a constantly false `if` included. */
  get steps(): readonly Step[] {
    return this.#once('steps', () => stepsOf(this, this.find('steps')));
  }

  /** The workflow that it calls; null for a job with steps. */
  get uses(): Uses | null {
    return this.#once('uses', () => {
      const text = this.text('uses');
      return text && new Uses(text, this);
    });
  }

  /** Ids under `needs`. */
  get needs(): readonly Text[] {
    return this.#once('needs', () => scalarsOf(this.find('needs')).flatMap((scalar) => this.textOf(scalar) ?? []));
  }

  /** Its own `permissions:`; null when the workflow's, or the repository's setting, holds. */
  get permissions(): Permissions | null {
    return this.#once('permissions', () => {
      const key = this.key('permissions');
      return key && new Permissions(this, key);
    });
  }

  /** What its token may do: its own permissions, else the workflow's; in a called workflow, no more than its callers'. */
  get token(): Token {
    return this.#once('token', () => jobToken(this));
  }

  /** Who can start it. */
  get reach(): JobReach {
    return this.#once('reach', () => jobReach(this));
  }

  /** Whether its token grants a scope at a level; `maybe` when the repository's setting decides. */
  grants(scope: string, level: 'read' | 'write'): 'yes' | 'no' | 'maybe' {
    return this.token.grants(scope, level);
  }

  /** All places where it gets hold of secrets, `GITHUB_TOKEN` included. */
  get secretUses(): readonly SecretUse[] {
    return this.#once('secretUses', () => secretUses(this));
  }

  /** Names of its secrets, sorted, `*` for all; without `GITHUB_TOKEN`. */
  get secrets(): readonly string[] {
    return this.#once('secrets', () => secretNames(this));
  }

  /** `secrets: inherit`, as a span. */
  get inheritsSecrets(): Text | null {
    const text = this.text('secrets');
    return text?.value.trim() === 'inherit' ? text : null;
  }

  /** Names that it passes to the workflow it calls, upper case; `*` for `inherit`. */
  get passedSecrets(): readonly string[] {
    if (this.inheritsSecrets) return ['*'];
    return (mapOf(this.find('secrets'))?.entries ?? []).map(({ key }) => key.text.toUpperCase());
  }

  /** What it passes for an input of the workflow that it calls. */
  with(name: string): Text | null {
    const entries = mapOf(this.find('with'))?.entries ?? [];
    const entry = entries.find(({ key }) => key.text.toLowerCase() === name.toLowerCase());
    return entry ? this.text('with', entry.key.text) : null;
  }

  get runsOn(): RunsOn | null {
    return this.#once('runsOn', () => (this.key('runs-on') ? new RunsOn(this) : null));
  }

  /** The system that its steps run on; a container's is Linux. */
  get os(): RunnerOs {
    return this.container ? 'linux' : (this.runsOn?.os ?? 'unknown');
  }

  get matrix(): Matrix | null {
    return this.#once('matrix', () => (this.find('strategy', 'matrix') ? new Matrix(this) : null));
  }

  get environment(): Environment | null {
    return this.#once('environment', () => {
      const node = this.find('environment');
      const name = this.text('environment') ?? this.text('environment', 'name');
      return node && { ...this.source.at(node), name, url: this.text('environment', 'url') };
    });
  }

  get container(): Container | null {
    return this.#once('container', () => {
      const node = this.find('container');
      return node && !(node.kind === 'scalar' && node.text.trim() === '')
        ? new Container(this, '', ['container'])
        : null;
    });
  }

  get services(): readonly Container[] {
    const entries = mapOf(this.find('services'))?.entries ?? [];
    return entries.map(({ key }) => new Container(this, key.text, ['services', key.text]));
  }

  get env(): Variables {
    return this.#once('env', () => new Variables(this, ['env']));
  }

  /** Declared outputs by name. */
  get outputs(): ReadonlyMap<string, Text> {
    return this.#once('outputs', () => {
      const names = (mapOf(this.find('outputs'))?.entries ?? []).map(({ key }) => key.text);
      const texts = names.map((name) => [name, this.text('outputs', name)] as const);
      return new Map(texts.flatMap(([name, text]) => (text ? [[name, text] as const] : [])));
    });
  }

  /** `defaults.run.<key>`, its own or the workflow's. */
  defaultRun(key: 'shell' | 'working-directory'): Text | null {
    return this.text('defaults', 'run', key) ?? this.workflow.text('defaults', 'run', key);
  }

  /** What a problem in it exposes. */
  get exposure(): Exposure {
    return this.#once('exposure', () => exposureOf(this));
  }

  #once<T>(name: string, make: () => T): T {
    const known = this.#kept.get(name);
    if (known !== undefined) return known as T;
    const made = make();
    this.#kept.set(name, made);
    return made;
  }
}
