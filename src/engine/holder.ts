import type { Action } from './model/action.ts';
import type { Job } from './model/job.ts';
import type { ProjectModel } from './model/project.ts';
import type { Located } from './model/source.ts';
import type { Step } from './model/step.ts';
import type { Workflow } from './model/workflow.ts';
import type { Hit } from './study.ts';

/** The innermost element that a problem is in; null for files without workflow or action in them. */
export type Holder = Workflow | Action | Job | Step | null;

/** The innermost element that a problem stands in, whichever file it points to. */
export function innermost({ visited, problem: { at } }: Hit, project: ProjectModel): Holder {
  const element = elementOf(visited);
  if (element && element.source.path === at.source.path) return inside(element, at);
  const path = at.source.path;
  const file = project.workflow(path) ?? project.actions.find((action) => action.path === path) ?? null;
  return file && inside(file, at);
}

function elementOf(visited: Hit['visited']): Holder {
  switch (visited.kind) {
    case 'workflow':
    case 'action':
    case 'job':
    case 'step':
      return visited.node;
    case 'trigger':
      return visited.node.workflow;
    case 'script':
      return visited.node.step;
    case 'uses':
      return visited.node.user;
    case 'expression':
    case 'permissions':
      return visited.node.owner;
    default:
      return null;
  }
}

function inside(element: Exclude<Holder, null>, at: Located): Exclude<Holder, null> {
  if (element.kind === 'workflow') {
    const job = element.jobs.find((one) => one.idAt.start <= at.start && at.end <= one.end);
    return job ? inside(job, at) : element;
  }
  if (element.kind === 'step') return element;
  return element.steps.find((step) => step.start <= at.start && at.end <= step.end) ?? element;
}
