import type { FactKind, Facts } from './facts.ts';
import type { Audience, Confidence, Severity } from './finding.ts';
import type { Action } from './model/action.ts';
import type { Dependabot } from './model/dependabot.ts';
import type { Expression } from './model/expression.ts';
import type { Job } from './model/job.ts';
import type { Permissions } from './model/permissions.ts';
import type { ProjectModel } from './model/project.ts';
import type { Script } from './model/script.ts';
import type { Located, SourceEdit } from './model/source.ts';
import type { Step } from './model/step.ts';
import type { Trigger } from './model/triggers.ts';
import type { Uses } from './model/uses.ts';
import type { Workflow } from './model/workflow.ts';

/** What a rule yields. What is left out comes from the rule or from the node that it was found at. */
export interface Problem {
  /** The smallest guilty span. */
  readonly at: Located;
  /** One sentence: source, sink, why an outsider reaches it. Text of the file stands in backticks. */
  readonly message: string;
  /** What is misused, normalised: part of the fingerprint, so never a line, a version or a severity. Left out: the text of `at` (of a `uses`, without its ref). */
  readonly subject?: string;
  /**
   * For places of one cause (the same `subject` and `route`) that differ: what this one adds, in words that mean something alone, never
   * a version. The heaviest place speaks for the finding, the others are named; one that the base does not have makes it worse.
   */
  readonly member?: string;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  readonly audience?: Audience;
  readonly related?: readonly { readonly at: Located; readonly message: string }[];
  /** Dropped unless it is proved: see fix.ts. An edit that is null could not be made: then there is no fix. */
  readonly fix?: ProposedFix | null | undefined;
  /** Left out: by the names of the innermost job and step. '' makes one finding of the same subject in the whole file. */
  readonly route?: '';
  /** It is the habit of a repository: its places in all files are one finding, which exposes nothing by itself. */
  readonly scope?: 'repository';
  /** Whose token, secrets and runner it exposes; left out: those of the job that `at` is in, else of all jobs. */
  readonly job?: Job;
}

/** A fix as a rule proposes it. */
export interface ProposedFix {
  readonly title: string;
  /** True: behaviour cannot change. False: right in most cases, a person must look. */
  readonly safe: boolean;
  readonly edits: readonly (SourceEdit | null)[];
}

/** What a rule may ask besides its node. */
interface Context<Options> {
  /** The rule's own, with what the policy set. */
  readonly options: Options;
  readonly facts: Facts;
  readonly project: ProjectModel;
}

/** What a rule is shown. Jobs and steps whose `if` is constantly false, and all that is in them, are left out. */
export interface VisitedNodes {
  readonly workflow: Workflow;
  readonly action: Action;
  readonly job: Job;
  readonly step: Step;
  readonly script: Script;
  readonly uses: Uses;
  readonly expression: Expression;
  readonly permissions: Permissions;
  readonly trigger: Trigger;
  readonly dependabot: Dependabot;
  readonly project: ProjectModel;
}

/** The two sides of a change, for rules about the change itself. `at` of their problems is in the head. */
export interface Change {
  readonly base: ProjectModel;
  readonly head: ProjectModel;
  /** A path of the head → where that file was in the base: itself, its old name, or null where it is new. */
  basePath(path: string): string | null;
}

/** A generator for each kind of node: `*uses(uses, { options }) { yield … }`. No state between nodes or files. */
type Visitor<Options> = {
  readonly [Kind in keyof VisitedNodes]?: Visit<VisitedNodes[Kind], Options>['visit'];
};

/** A method, not a function type: a rule with narrower options is still a `Rule`. */
interface Visit<Node, Options> {
  visit(node: Node, context: Context<Options>): Iterable<Problem>;
}

/** The sections of the catalogue. */
export type Section =
  | 'Injection'
  | 'AI agents'
  | 'Triggers and access control'
  | 'Permissions'
  | 'Supply chain'
  | 'Secrets'
  | 'Runners'
  | 'Identity'
  | 'Artifacts and cache'
  | 'Dependencies and coverage'
  | 'Hygiene'
  | 'Correctness'
  | 'Changes';

/** One check. */
export interface Rule<Options = object> {
  /** A noun of the defect, the name of its files. */
  readonly id: string;
  /** Harm where the problem doesn't say otherwise. */
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly audience: Audience;
  readonly section: Section;
  /** A title: what is wrong. */
  readonly summary: string;
  readonly why: string;
  readonly remedy: string;
  /** The defaults; their type is the context's. */
  readonly options: Options;
  /** `tool: its id`, for people who come from there. */
  readonly peers: readonly string[];
  readonly visit: Visitor<Options>;
  /** Shown once for a pull request, beside or instead of `visit`: what only base and head together tell. Always new, so it never persists. */
  readonly compare?: CompareRule<Options>['compare'];
  /** Facts without any of which it cannot judge: then it is listed as not run. */
  readonly needs: readonly FactKind[];
  /** Rules that say less of the same span: where it is shown, theirs are for auditors only. */
  readonly subsumes: readonly string[];
}

/** A method, not a function type: see `Visit`. */
interface CompareRule<Options> {
  compare(change: Change, context: Context<Options>): Iterable<Problem>;
}

/** A rule as it is written: confidence is high and the audience regular where nothing else is said. */
type RuleParts<Options> = Omit<
  Rule<Options>,
  'confidence' | 'audience' | 'options' | 'peers' | 'visit' | 'needs' | 'subsumes'
> & {
  readonly confidence?: Confidence;
  readonly audience?: Audience;
  readonly options?: Options;
  readonly peers?: readonly string[];
  readonly visit?: Visitor<Options>;
  readonly needs?: readonly FactKind[];
  readonly subsumes?: readonly string[];
};

/** Makes a rule; gives the options their type. */
export function defineRule<Options = Record<never, never>>(parts: RuleParts<Options>): Rule<Options> {
  const options = parts.options ?? ({} as Options);
  return { confidence: 'high', audience: 'regular', peers: [], visit: {}, needs: [], subsumes: [], ...parts, options };
}
