import type { ProjectModel } from './project.ts';

/** The paths of the files whose analysis may depend on one another: callers, callees, and parents of `workflow_run`. */
export function componentsOf(project: ProjectModel): (path: string) => readonly string[] {
  const parents = new Map<string, string>();
  const root = (path: string): string => {
    let at = path;
    for (let up = parents.get(at); up !== undefined && up !== at; up = parents.get(at)) at = up;
    return at;
  };
  const join = (a: string, b: string) => parents.set(root(a), root(b));
  const files = [...project.workflows, ...project.actions];
  for (const { path } of files) parents.set(path, path);
  for (const uses of project.uses) {
    const target = uses.kind === 'local' ? project.target(uses) : null;
    if (target) join(uses.source.path, target.path);
  }
  for (const [child, parent] of workflowRuns(project)) join(child, parent);
  const members = new Map<string, string[]>();
  for (const { path } of files) {
    const group = members.get(root(path));
    if (group) group.push(path);
    else members.set(root(path), [path]);
  }
  return (path) => members.get(root(path)) ?? [path];
}

/** Pairs of a workflow started by `workflow_run` and one that it names. A pattern may name any. */
function workflowRuns(project: ProjectModel): readonly (readonly [string, string])[] {
  return project.workflows.flatMap((child) => {
    const names = child.triggers.get('workflow_run')?.filter('workflows');
    if (!names) return [];
    const isPattern = names.some((name) => /[*?[+!]/.test(name.value));
    const wanted = new Set(names.map((name) => name.value));
    return project.workflows
      .filter((parent) => isPattern || wanted.has(parent.name?.value ?? parent.path))
      .map((parent) => [child.path, parent.path] as const);
  });
}
