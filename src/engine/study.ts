import type { Unverified } from './analysis.ts';
import { type FactData, Facts } from './facts.ts';
import type { Finding, Status } from './finding.ts';
import { componentsOf } from './model/components.ts';
import type { Parse, ProjectModel } from './model/project.ts';
import type { Problem, Rule, VisitedNodes } from './rule.ts';
import { type Visited, type Wants, walkAction, walkProject, walkWorkflow } from './walk.ts';

/** What an analysis is made with. Rules and facts are arguments: the engine knows none by itself. */
export interface AnalysisSettings {
  readonly rules: readonly Rule[];
  /** Rule id → options that replace the rule's own, one by one. */
  readonly options: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly facts: FactData;
  /** Told of each file before it is read: if the thread dies, that file is to blame. */
  readonly onFile?: (path: string) => void;
  /** Reads texts; left out: one of its own, which reads each text once. */
  readonly parse?: Parse;
  /** Whose fix is worth a proof; the others have none. `status` null: there is no base. Left out: everybody's. */
  readonly isFixWanted?: (finding: Finding, status: Exclude<Status, 'fixed'> | null) => boolean;
  /** Whose findings are asked for: what they don't depend on need not be shown to the rules. Left out: every file's. */
  readonly isAskedFor?: (path: string) => boolean;
}

/** A problem as a rule yielded it. */
export interface Hit {
  readonly rule: Rule;
  readonly problem: Problem;
  /** What the rule was shown, and the file that was walked; null for the project as a whole. */
  readonly visited: Visited;
  readonly walked: string | null;
}

/** What the rules said of a project's files. */
export interface Study {
  readonly hits: readonly Hit[];
  readonly crashes: readonly Unverified[];
  /** Files of which some rule looked at the whole project: what it said may depend on any file. */
  readonly wide: ReadonlySet<string>;
}

/** Shows a project to all rules in one walk. `isWanted`: files whose own nodes are left out say false. `isWhole`: the project itself is shown too. */
export function study(
  project: ProjectModel,
  settings: AnalysisSettings,
  isWanted = (_path: string) => true,
  isWhole = true,
): Study {
  const pass = new Pass(project, settings);
  for (const workflow of project.workflows) {
    if (isWanted(workflow.path)) pass.walk(workflow.path, (wants) => walkWorkflow(workflow, wants));
  }
  for (const action of project.actions) {
    if (isWanted(action.path)) pass.walk(action.path, (wants) => walkAction(action, wants));
  }
  if (isWhole) pass.walk(null, () => walkProject(project));
  return pass;
}

/** Tells the files that must be shown to the rules for what is asked for: these, and their callers and callees. */
export function neededFor(project: ProjectModel, { isAskedFor }: AnalysisSettings): (path: string) => boolean {
  if (!isAskedFor) return () => true;
  const needed = new Set([...project.data.files.keys()].filter(isAskedFor).flatMap(componentsOf(project)));
  return (path) => needed.has(path);
}

interface Listener {
  readonly rule: Rule;
  readonly visit: (node: never, context: never) => Iterable<Problem>;
  readonly context: { readonly options: unknown; readonly facts: Facts; readonly project: ProjectModel };
}

class Pass implements Study {
  readonly hits: Hit[] = [];
  readonly crashes: Unverified[] = [];
  readonly wide = new Set<string>();
  readonly #listeners: ReadonlyMap<string, readonly Listener[]>;
  readonly #onFile: (path: string) => void;
  #walked: string | null = null;

  constructor(project: ProjectModel, { rules, options, facts, onFile }: AnalysisSettings) {
    const listeners = new Map<string, Listener[]>();
    const asked = new Facts(facts);
    for (const rule of rules) {
      const context = { options: { ...(rule.options as object), ...options[rule.id] }, facts: asked, project };
      for (const [kind, visit] of Object.entries(rule.visit)) {
        listeners.set(kind, [...(listeners.get(kind) ?? []), { rule, visit, context }]);
      }
    }
    this.#listeners = listeners;
    this.#onFile = onFile ?? (() => undefined);
    project.watch(() => {
      if (this.#walked !== null) this.wide.add(this.#walked);
    });
  }

  /** Walks one file (null: the project as a whole). A failure of the model itself leaves the file unverified. */
  walk(path: string | null, nodes: (wants: Wants) => Iterable<Visited>): void {
    this.#walked = path;
    if (path !== null) this.#onFile(path);
    try {
      for (const visited of nodes((kind) => this.#listeners.has(kind))) this.#show(visited);
    } catch (error) {
      this.crashes.push({ path: path ?? '', rule: null, reason: `the analysis failed: ${messageOf(error)}` });
    }
    this.#walked = null;
  }

  #show(visited: Visited): void {
    for (const { rule, visit, context } of this.#listeners.get(visited.kind) ?? []) {
      try {
        const problems = visit.call(rule.visit, visited.node as never, context as never);
        for (const problem of problems) this.hits.push({ rule, problem, visited, walked: this.#walked });
      } catch (error) {
        this.#crashed(rule.id, visited.node, error);
      }
    }
  }

  #crashed(rule: string, node: VisitedNodes[keyof VisitedNodes], error: unknown): void {
    const path = this.#walked ?? ('source' in node ? node.source.path : '');
    if (this.crashes.some((crash) => crash.path === path && crash.rule === rule)) return;
    this.crashes.push({ path, rule, reason: `the rule failed: ${messageOf(error)}` });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
