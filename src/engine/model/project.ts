import { isReadable, type Project, type ProjectFile } from '../project.ts';
import { parseYaml, type YamlDocument } from '../yaml/parse.ts';
import { Unreadable } from '../yaml/tree.ts';
import { Action } from './action.ts';
import { type ActionUse, actionUses } from './action-reach.ts';
import { Dependabot } from './dependabot.ts';
import type { Job } from './job.ts';
import { localTarget } from './local.ts';
import { mapOf } from './nodes.ts';
import { OtherFile } from './other-file.ts';
import { JobReach } from './reach.ts';
import { SourceFile } from './source.ts';
import type { Step } from './step.ts';
import type { Uses } from './uses.ts';
import { Workflow } from './workflow.ts';

/** Parses a text, or says why it can't be read. */
export type Parse = (text: string) => YamlDocument | Unreadable;

/** A file that could not be looked at. */
interface UnreadablePath {
  readonly path: string;
  readonly reason: string;
}

/** An action of another model of the same project. */
const NOBODY: ActionUse = { reach: new JobReach([], false), jobs: [] };

/** What a file is read as. */
type Read = Workflow | Action | Dependabot | UnreadablePath;

/** All workflows and actions of one project, with who calls whom. */
export class ProjectModel {
  readonly unreadable: readonly UnreadablePath[];
  readonly data: Project;
  readonly #workflowByPath: ReadonlyMap<string, Workflow>;
  readonly #actionByFolder: ReadonlyMap<string, Action>;
  readonly #workflows: readonly Workflow[];
  readonly #actions: readonly Action[];
  readonly #dependabots: readonly Dependabot[];
  #onLook: (() => void) | null = null;
  readonly #read = new Map<string, Read>();
  #actionUses: ReadonlyMap<Action, ActionUse> | undefined;
  #calls: ReadonlyMap<Workflow | Action, readonly Uses[]> | undefined;
  #uses: readonly Uses[] | undefined;
  #others: ReadonlyMap<string, OtherFile> | undefined;

  /** `previous`: a model of the same files but for a few texts; what it holds of the others is used again as it is. */
  constructor(project: Project, parse: Parse, onFile?: (path: string) => void, previous?: ProjectModel) {
    const workflows: Workflow[] = [];
    const actions: Action[] = [];
    const dependabots: Dependabot[] = [];
    const unreadable: UnreadablePath[] = [];
    for (const [path, file] of [...project.files].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (file.kind === 'other') continue;
      onFile?.(path);
      const read =
        previous && previous.data.files.get(path) === file ? previous.#read.get(path) : this.#parse(path, file, parse);
      if (!read) continue;
      this.#read.set(path, read);
      if (!('kind' in read)) unreadable.push(read);
      else if (read.kind === 'workflow') workflows.push(read);
      else if (read.kind === 'action') actions.push(read);
      else dependabots.push(read);
    }
    this.data = project;
    this.#workflows = workflows;
    this.#actions = actions;
    this.#dependabots = dependabots;
    this.unreadable = unreadable;
    this.#workflowByPath = new Map(workflows.map((workflow) => [workflow.path, workflow]));
    // GitHub takes action.yml where both are there; sorted, action.yaml comes first.
    this.#actionByFolder = new Map(actions.map((action) => [action.folder, action]));
  }

  #parse(path: string, file: ProjectFile, parse: Parse): Read {
    if (!isReadable(file)) return { path, reason: file.unverified };
    const document = parse(file.text);
    if (document instanceof Unreadable) return { path, reason: document.message };
    const node = mapOf(document.root);
    if (!node) return { path, reason: 'it is empty or no map' };
    const source = new SourceFile(path, file.kind, file.text, document);
    if (file.kind === 'workflow') return new Workflow(this, source, node);
    return file.kind === 'action' ? new Action(this, source, node) : new Dependabot(source, node);
  }

  /** All workflows, by path. */
  get workflows(): readonly Workflow[] {
    this.#onLook?.();
    return this.#workflows;
  }

  /** All actions that are among the files, used or not. */
  get actions(): readonly Action[] {
    this.#onLook?.();
    return this.#actions;
  }

  get dependabots(): readonly Dependabot[] {
    this.#onLook?.();
    return this.#dependabots;
  }

  /** The readable files that are neither workflows nor actions nor Dependabot's (CODEOWNERS, Terraform …), by path. Empty where nobody read them. */
  get others(): readonly OtherFile[] {
    this.#onLook?.();
    this.#others ??= othersOf(this.data);
    return [...this.#others.values()];
  }

  /** One of `others`; null where it is not there, was not read, or could not be. */
  other(path: string): OtherFile | null {
    this.#onLook?.();
    this.#others ??= othersOf(this.data);
    return this.#others.get(path) ?? null;
  }

  /** Tells whenever somebody looks at more than a file's own callers and callees: what comes of it may depend on any file. */
  watch(onLook: () => void): void {
    this.#onLook = onLook;
  }

  workflow(path: string): Workflow | null {
    this.#onLook?.();
    return this.#workflowByPath.get(path) ?? null;
  }

  /** The action in a folder, '' for the root. */
  action(folder: string): Action | null {
    this.#onLook?.();
    return this.#actionByFolder.get(folder) ?? null;
  }

  /** What a local `uses` runs; null for every other kind, and where it is not among the files. */
  target(uses: Uses): Workflow | Action | null {
    const target = localTarget(uses);
    if (target?.kind === 'workflow') return this.#workflowByPath.get(target.path) ?? null;
    return target?.kind === 'action' ? (this.#actionByFolder.get(target.folder) ?? null) : null;
  }

  /** The jobs that call a workflow. */
  callersOf(workflow: Workflow): readonly Job[] {
    return this.#usesOf(workflow).flatMap((uses) => (uses.user.kind === 'job' ? [uses.user] : []));
  }

  /** Who gets to an action, through other actions too. */
  useOf(action: Action): ActionUse {
    this.#actionUses ??= actionUses(this);
    return this.#actionUses.get(action) ?? NOBODY;
  }

  /** All actions (not watched: who gets to them is made of it). */
  get allActions(): readonly Action[] {
    return this.#actions;
  }

  /** The steps that use an action. */
  usersOf(action: Action): readonly Step[] {
    return this.#usesOf(action).flatMap((uses) => (uses.user.kind === 'step' ? [uses.user] : []));
  }

  /** Every `uses` of the project (not watched: who calls whom is made of it); those under a constantly false `if` left out. */
  get uses(): readonly Uses[] {
    this.#uses ??= this.#readUses();
    return this.#uses;
  }

  #readUses(): readonly Uses[] {
    const jobs = this.#workflows.flatMap((workflow) => workflow.jobs).filter((job) => !job.isNever);
    const steps = [...jobs, ...this.#actions].flatMap((parent) => parent.steps).filter((step) => !step.isNever);
    return [...jobs, ...steps].flatMap((user) => user.uses ?? []);
  }

  #usesOf(callee: Workflow | Action): readonly Uses[] {
    this.#calls ??= this.#readCalls();
    return this.#calls.get(callee) ?? [];
  }

  #readCalls(): ReadonlyMap<Workflow | Action, readonly Uses[]> {
    const calls = new Map<Workflow | Action, Uses[]>();
    for (const uses of this.uses) {
      const callee = this.target(uses);
      if (!callee) continue;
      const known = calls.get(callee);
      if (known) known.push(uses);
      else calls.set(callee, [uses]);
    }
    return calls;
  }
}

function othersOf({ files }: Project): ReadonlyMap<string, OtherFile> {
  const others = [...files].flatMap(([path, file]) =>
    file.kind === 'other' && isReadable(file) ? [new OtherFile(path, file.text)] : [],
  );
  return new Map(others.sort((a, b) => (a.path < b.path ? -1 : 1)).map((file) => [file.path, file]));
}

/** A parser that reads each text once: base and head of a pull request share most of their files. */
export function rememberingParser(): Parse {
  const known = new Map<string, YamlDocument | Unreadable>();
  return (text) => {
    const document = known.get(text) ?? parseOnce(text);
    known.set(text, document);
    return document;
  };
}

function parseOnce(text: string): YamlDocument | Unreadable {
  try {
    return parseYaml(text);
  } catch (error) {
    if (error instanceof Unreadable) return error;
    return new Unreadable(`the parser failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
