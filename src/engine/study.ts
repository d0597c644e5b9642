import type { Unverified } from './analysis.ts';
import { type FactData, type FactKind, Facts } from './facts.ts';
import type { Finding, Status } from './finding.ts';
import { linesOf } from './model/components.ts';
import type { Parse, ProjectModel } from './model/project.ts';
import type { Problem, Rule, VisitedNodes } from './rule.ts';
import type { LintScope } from './taint/lint-texts.ts';
import { type Viewer, type Visited, walkAction, walkProject, walkWorkflow } from './walk.ts';

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
  /** Which scripts the caller can have linted; left out: none. */
  readonly lint?: LintScope;
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
  /** Rule → what it asked for, of those that need facts: they had something to look at. */
  readonly asked: ReadonlyMap<Rule, ReadonlySet<FactKind>>;
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
    if (isWanted(workflow.path)) pass.walk(workflow.path, () => walkWorkflow(workflow, pass));
  }
  for (const action of project.actions) {
    if (isWanted(action.path)) pass.walk(action.path, () => walkAction(action, pass));
  }
  if (isWhole) pass.walk(null, () => walkProject(project, pass));
  return pass;
}

/** Tells the files that must be shown to the rules for what is asked for: these, and their callers and callees. */
export function neededFor(project: ProjectModel, { isAskedFor }: AnalysisSettings): (path: string) => boolean {
  if (!isAskedFor) return () => true;
  const needed = new Set([...project.data.files.keys()].filter(isAskedFor).flatMap(linesOf(project)));
  return (path) => needed.has(path);
}

interface Listener {
  readonly rule: Rule;
  readonly visit: (node: never, context: never) => Iterable<Problem>;
  readonly context: RuleContext;
  /** What it asked for; null where it can do without facts. */
  readonly asks: Set<FactKind> | null;
}

/** What a rule may ask, as `Context` of rule.ts. */
interface RuleContext {
  readonly options: unknown;
  readonly facts: Facts;
  readonly project: ProjectModel;
}

/** What a rule is told besides its node; `asks` is told what it asks for. */
export function contextFor(
  rule: Rule,
  project: ProjectModel,
  { options, facts }: Pick<AnalysisSettings, 'options' | 'facts'>,
  asks: Set<FactKind> | null,
): RuleContext {
  return {
    options: { ...(rule.options as object), ...options[rule.id] },
    facts: asks ? new Facts(facts, (kind) => asks.add(kind)) : new Facts(facts),
    project,
  };
}

/** Why a rule said nothing of a file, for a person. */
export function crashReason(error: unknown): string {
  return `the rule failed: ${messageOf(error)}`;
}

class Pass implements Study, Viewer {
  readonly hits: Hit[] = [];
  readonly crashes: Unverified[] = [];
  readonly wide = new Set<string>();
  readonly asked = new Map<Rule, Set<FactKind>>();
  readonly #listeners: ReadonlyMap<string, readonly Listener[]>;
  readonly #onFile: (path: string) => void;
  #walked: string | null = null;

  constructor(project: ProjectModel, settings: AnalysisSettings) {
    const { rules, onFile } = settings;
    const listeners = new Map<string, Listener[]>();
    for (const rule of rules) {
      const asks = rule.needs.length > 0 ? new Set<FactKind>() : null;
      if (asks) this.asked.set(rule, asks);
      const context = contextFor(rule, project, settings, asks);
      for (const [kind, visit] of Object.entries(rule.visit)) {
        listeners.set(kind, [...(listeners.get(kind) ?? []), { rule, visit, context, asks }]);
      }
    }
    this.#listeners = listeners;
    this.#onFile = onFile ?? (() => undefined);
    project.watch(() => {
      if (this.#walked !== null) this.wide.add(this.#walked);
    });
  }

  /** Walks one file (null: the project as a whole). A failure of the model itself leaves the file unverified. */
  walk(path: string | null, show: () => void): void {
    this.#walked = path;
    if (path !== null) this.#onFile(path);
    try {
      show();
    } catch (error) {
      this.crashes.push({ path: path ?? '', rule: null, reason: `the analysis failed: ${messageOf(error)}` });
    }
    this.#walked = null;
  }

  wants(kind: keyof VisitedNodes): boolean {
    return this.#listeners.has(kind);
  }

  show(visited: Visited): void {
    for (const listener of this.#listeners.get(visited.kind) ?? []) {
      const { rule, asks } = listener;
      // Paths are asked of the project, which doesn't tell: whoever was shown a node had something to look at.
      if (asks && rule.needs.includes('paths') && isSomething(visited)) asks.add('paths');
      try {
        const problems = listener.visit.call(rule.visit, visited.node as never, listener.context as never);
        for (const problem of problems) this.hits.push({ rule, problem, visited, walked: this.#walked });
      } catch (error) {
        this.#crashed(rule.id, visited.node, error);
      }
    }
  }

  #crashed(rule: string, node: VisitedNodes[keyof VisitedNodes], error: unknown): void {
    const path = this.#walked ?? ('source' in node ? node.source.path : '');
    if (this.crashes.some((crash) => crash.path === path && crash.rule === rule)) return;
    this.crashes.push({ path, rule, reason: crashReason(error) });
  }
}

/** A project without a file is nothing to look at. */
function isSomething({ kind, node }: Visited): boolean {
  return kind !== 'project' || node.data.files.size > 0;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
