import type { Action } from './model/action.ts';
import type { Element } from './model/element.ts';
import type { Job } from './model/job.ts';
import type { ProjectModel } from './model/project.ts';
import type { Step } from './model/step.ts';
import type { Workflow } from './model/workflow.ts';
import type { VisitedNodes } from './rule.ts';

/** One node on the way, with the kind under which rules visit it. */
export type Visited = {
  readonly [Kind in keyof VisitedNodes]: { readonly kind: Kind; readonly node: VisitedNodes[Kind] };
}[keyof VisitedNodes];

/** Whether any rule visits a kind: what none wants is not built. */
export type Wants = (kind: keyof VisitedNodes) => boolean;

/** All nodes of a workflow in the order of the source, from the outside in. Code that never runs is left out. */
export function* walkWorkflow(workflow: Workflow, wants: Wants): Generator<Visited> {
  yield { kind: 'workflow', node: workflow };
  for (const trigger of workflow.triggers.all) yield { kind: 'trigger', node: trigger };
  if (workflow.permissions) yield { kind: 'permissions', node: workflow.permissions };
  yield* expressionsOf(workflow, wants);
  for (const job of workflow.jobs) if (!job.isNever) yield* walkJob(job, wants);
}

/** All nodes of an action. */
export function* walkAction(action: Action, wants: Wants): Generator<Visited> {
  yield { kind: 'action', node: action };
  yield* expressionsOf(action, wants);
  for (const step of action.steps) if (!step.isNever) yield* walkStep(step, wants);
}

/** What belongs to no single workflow or action. */
export function* walkProject(project: ProjectModel): Generator<Visited> {
  for (const dependabot of project.dependabots) yield { kind: 'dependabot', node: dependabot };
  yield { kind: 'project', node: project };
}

function* walkJob(job: Job, wants: Wants): Generator<Visited> {
  yield { kind: 'job', node: job };
  if (job.permissions) yield { kind: 'permissions', node: job.permissions };
  if (job.uses) yield { kind: 'uses', node: job.uses };
  yield* expressionsOf(job, wants);
  for (const step of job.steps) if (!step.isNever) yield* walkStep(step, wants);
}

function* walkStep(step: Step, wants: Wants): Generator<Visited> {
  yield { kind: 'step', node: step };
  if (step.uses) yield { kind: 'uses', node: step.uses };
  if (step.script) yield { kind: 'script', node: step.script };
  yield* expressionsOf(step, wants);
}

function* expressionsOf(element: Element, wants: Wants): Generator<Visited> {
  if (!wants('expression')) return;
  for (const expression of element.expressions) yield { kind: 'expression', node: expression };
}
