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

/** Who is shown the nodes. */
export interface Viewer {
  /** Whether any rule visits a kind: what none wants is not built. */
  wants(kind: keyof VisitedNodes): boolean;
  show(visited: Visited): void;
}

/** Shows all nodes of a workflow in the order of the source, from the outside in. Code that never runs is left out. */
export function walkWorkflow(workflow: Workflow, viewer: Viewer): void {
  viewer.show({ kind: 'workflow', node: workflow });
  for (const trigger of workflow.triggers.all) viewer.show({ kind: 'trigger', node: trigger });
  if (workflow.permissions) viewer.show({ kind: 'permissions', node: workflow.permissions });
  showExpressions(workflow, viewer);
  for (const job of workflow.jobs) if (!job.isNever) walkJob(job, viewer);
}

/** Shows all nodes of an action. */
export function walkAction(action: Action, viewer: Viewer): void {
  viewer.show({ kind: 'action', node: action });
  showExpressions(action, viewer);
  for (const step of action.steps) if (!step.isNever) walkStep(step, viewer);
}

/** Shows what belongs to no single workflow or action. */
export function walkProject(project: ProjectModel, viewer: Viewer): void {
  for (const dependabot of project.dependabots) viewer.show({ kind: 'dependabot', node: dependabot });
  viewer.show({ kind: 'project', node: project });
}

function walkJob(job: Job, viewer: Viewer): void {
  viewer.show({ kind: 'job', node: job });
  if (job.permissions) viewer.show({ kind: 'permissions', node: job.permissions });
  if (job.uses) viewer.show({ kind: 'uses', node: job.uses });
  showExpressions(job, viewer);
  for (const step of job.steps) if (!step.isNever) walkStep(step, viewer);
}

function walkStep(step: Step, viewer: Viewer): void {
  viewer.show({ kind: 'step', node: step });
  if (step.uses) viewer.show({ kind: 'uses', node: step.uses });
  if (step.script) viewer.show({ kind: 'script', node: step.script });
  showExpressions(step, viewer);
}

function showExpressions(element: Element, viewer: Viewer): void {
  if (!viewer.wants('expression')) return;
  for (const expression of element.expressions) viewer.show({ kind: 'expression', node: expression });
}
