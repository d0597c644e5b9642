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
  for (const [user, used] of links(project)) join(user, used);
  const members = new Map<string, string[]>();
  for (const { path } of files) {
    const group = members.get(root(path));
    if (group) group.push(path);
    else members.set(root(path), [path]);
  }
  return (path) => members.get(root(path)) ?? [path];
}

/**
 * The paths of the files in which a rule can have something to say about one: itself, those that lead to it and those that it leads
 * to. Not those that only share a caller with it.
 */
export function linesOf(project: ProjectModel): (path: string) => readonly string[] {
  const up = new Map<string, string[]>();
  const down = new Map<string, string[]>();
  for (const [user, used] of links(project)) {
    down.set(user, [...(down.get(user) ?? []), used]);
    up.set(used, [...(up.get(used) ?? []), user]);
  }
  return (path) => [...new Set([...reached(path, up), ...reached(path, down)])];
}

function reached(start: string, links: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set([start]);
  // A set shows its visitor what is added on the way.
  for (const path of found) for (const next of links.get(path) ?? []) found.add(next);
  return found;
}

/** Who uses what, each pair once: callers and callees, and workflows that are started by the end of another with that one. */
function links(project: ProjectModel): readonly (readonly [user: string, used: string])[] {
  const calls = project.uses.flatMap((uses) => {
    const target = uses.kind === 'local' ? project.target(uses) : null;
    return target ? [[uses.source.path, target.path] as const] : [];
  });
  const all = [...calls, ...workflowRuns(project)];
  return [...new Map(all.map((pair) => [pair.join('\0'), pair])).values()];
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
