import { triggerFacts } from '../../knowledge/triggers.ts';
import type { Trigger } from '../model/triggers.ts';
import type { Workflow } from '../model/workflow.ts';

/**
 * Whether a `workflow_run` follows a workflow that outsiders start, as far as the repository shows. A workflow that
 * only writers start is not proof of the contrary: a fork's pull request runs its own version of the files, which may
 * add a trigger (corrections 13).
 */
export function hasOpenParent(trigger: Trigger): boolean {
  const names = trigger.filter('workflows');
  if (!names) return true;
  // A filter by branches that names the default one lets only forks with a branch of the same name through.
  if (trigger.filter('branches') !== null) return false;
  const { workflows } = trigger.workflow.project;
  return names.some(({ value }) => {
    const parents = workflows.filter((workflow) => isCalled(workflow, value));
    return parents.length === 0 || parents.some(isOpen);
  });
}

/** By its name, else by its path; the list may hold patterns. */
function isCalled(workflow: Workflow, pattern: string): boolean {
  const name = workflow.name?.value ?? workflow.path;
  return name === pattern || (pattern.includes('*') && name.startsWith(pattern.slice(0, pattern.indexOf('*'))));
}

function isOpen(workflow: Workflow): boolean {
  return workflow.triggers.events.some(
    (event) => triggerFacts(event).startedBy !== 'writer' && event !== 'workflow_call',
  );
}

/** Every activity type that is named needs at least triage access: an approval of a kind. */
export function hasOnlyWritersTypes({ types, facts }: Trigger): boolean {
  return types !== null && types.length > 0 && types.every((type) => facts.writerTypes?.includes(type));
}
