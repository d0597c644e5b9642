import { nearest } from '../spelling.ts';
import type { Text } from './text.ts';
import type { Trigger } from './triggers.ts';

/** A workflow that `workflow_run` waits for and that is not among the files. `isSure`: it cannot be one that was not read. */
export interface MissingParent {
  readonly name: Text;
  /** The one that was probably meant. */
  readonly near: string | null;
  readonly isSure: boolean;
}

/** Workflows that GitHub runs without a file, as they are called in the list of runs. November 2026. */
const OF_GITHUB =
  /^(pages[- ]build[- ](and[- ])?deployment|CodeQL|Dependabot Updates|Automatic Dependency Submission.*|(Running )?Copilot.*)$/i;

/** Names under `workflows:` that no workflow of the repository bears. Patterns and expressions are left out. */
export function missingParents(trigger: Trigger): readonly MissingParent[] {
  const { project } = trigger.workflow;
  if (project.unreadable.length > 0) return [];
  const known = project.workflows.map(({ name, path }) => name?.value ?? path);
  return (trigger.filter('workflows') ?? []).flatMap((name) => {
    if (/[*?+[!]|\$\{\{/.test(name.value) || known.includes(name.value) || OF_GITHUB.test(name.value)) return [];
    const near = nearest(name.value, known);
    return [{ name, near, isSure: near !== null || project.data.paths !== undefined }];
  });
}
