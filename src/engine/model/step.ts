import { type RunnerOs, shellOf } from '../shell/shell.ts';
import type { MapNode } from '../yaml/tree.ts';
import type { Action } from './action.ts';
import { Condition } from './condition.ts';
import { Element } from './element.ts';
import type { Job } from './job.ts';
import { mapOf } from './nodes.ts';
import type { JobReach } from './reach.ts';
import { narrowed } from './reach.ts';
import { Script } from './script.ts';
import type { SourceFile } from './source.ts';
import type { Text } from './text.ts';
import { Uses } from './uses.ts';
import { type Variable, Variables } from './variables.ts';
import type { Workflow } from './workflow.ts';

/** A step of a job or of a composite action. */
export class Step extends Element {
  readonly kind = 'step';
  /** What it is a step of. */
  readonly parent: Job | Action;
  /** From 0. */
  readonly index: number;
  readonly #name: () => string;
  #uses: Uses | null | undefined;
  #script: Script | null | undefined;
  #inputs: ReadonlyMap<string, Text> | undefined;
  #condition: Condition | null | undefined;
  #env: Variables | undefined;
  #reach: JobReach | undefined;
  #isNever: boolean | undefined;

  /** `name` gives its last part of the route, unique among its siblings. */
  constructor(source: SourceFile, node: MapNode, parent: Job | Action, index: number, name: () => string) {
    super(source, node);
    this.parent = parent;
    this.index = index;
    this.#name = name;
  }

  protected get owner(): Step {
    return this;
  }

  protected get inner(): readonly string[] {
    return [];
  }

  get job(): Job | null {
    return this.parent.kind === 'job' ? this.parent : null;
  }

  get action(): Action | null {
    return this.parent.kind === 'action' ? this.parent : null;
  }

  get workflow(): Workflow | null {
    return this.job?.workflow ?? null;
  }

  /** `jobs.build.steps.test`, `runs.steps.test`. */
  get route(): string {
    return `${this.parent.stepsRoute}.${this.#name()}`;
  }

  get id(): Text | null {
    return this.text('id');
  }

  get name(): Text | null {
    return this.text('name');
  }

  get condition(): Condition | null {
    if (this.#condition === undefined) {
      const text = this.text('if');
      this.#condition = text && new Condition(text);
    }
    return this.#condition;
  }

  /** Its `if` is false whatever happens: it is no part of the program. */
  get isNever(): boolean {
    this.#isNever ??= this.condition?.isNever ?? false;
    return this.#isNever;
  }

  get uses(): Uses | null {
    if (this.#uses === undefined) {
      const text = this.text('uses');
      this.#uses = text && new Uses(text, this);
    }
    return this.#uses;
  }

  /** Its `run:`. */
  get script(): Script | null {
    if (this.#script === undefined) {
      const text = this.text('run');
      this.#script = text && new Script(text, this, shellOf(this.shell?.value ?? this.#containerShell, this.os));
    }
    return this.#script;
  }

  /** In a container the runner can't count on bash. */
  get #containerShell(): 'sh' | undefined {
    return this.job?.container ? 'sh' : undefined;
  }

  /** The shell as written at the step, the job or the workflow; null where the runner's default holds. */
  get shell(): Text | null {
    return this.text('shell') ?? this.job?.defaultRun('shell') ?? null;
  }

  get workingDirectory(): Text | null {
    return this.text('working-directory') ?? this.job?.defaultRun('working-directory') ?? null;
  }

  /** The system that it runs on. A container's is Linux; a composite action's is its callers'. */
  get os(): RunnerOs {
    const known = this.job?.os ?? 'unknown';
    return known === 'unknown' ? (this.condition?.os ?? 'unknown') : known;
  }

  /** `with:` by input name in lower case (actions ignore case). */
  get inputs(): ReadonlyMap<string, Text> {
    this.#inputs ??= new Map(
      (mapOf(this.find('with'))?.entries ?? []).flatMap(({ key }) => {
        const text = this.text('with', key.text);
        return text ? [[key.text.toLowerCase(), text] as const] : [];
      }),
    );
    return this.#inputs;
  }

  /** The text given for an input; null where it is not given. */
  with(name: string): Text | null {
    return this.inputs.get(name.toLowerCase()) ?? null;
  }

  /** `with: ${{ … }}` as a whole: nothing can be said of its inputs. */
  get hasDynamicInputs(): boolean {
    return this.text('with') !== null;
  }

  /** Its own `env:`. */
  get env(): Variables {
    this.#env ??= new Variables(this, ['env']);
    return this.#env;
  }

  /** A variable that `env:` sets for it: its own, else the job's, else the workflow's. */
  variable(name: string): Variable | null {
    return this.env.get(name) ?? this.job?.env.get(name) ?? this.workflow?.env.get(name) ?? null;
  }

  /** Literally true; an expression counts as maybe. */
  get continuesOnError(): 'yes' | 'no' | 'maybe' {
    const text = this.text('continue-on-error');
    if (!text) return 'no';
    if (!text.isLiteral) return 'maybe';
    return text.node.value === true ? 'yes' : 'no';
  }

  /** The steps before it, in order. */
  get earlier(): readonly Step[] {
    return this.parent.steps.slice(0, this.index);
  }

  get later(): readonly Step[] {
    return this.parent.steps.slice(this.index + 1);
  }

  /** Who can start it: its job's reach (a composite action's: its callers'), narrowed by its own `if`. */
  get reach(): JobReach {
    this.#reach ??= narrowed(this.parent.reach, this.condition);
    return this.#reach;
  }
}
