import { codeScanningActions, scannerActions, scannerCommands } from '../../knowledge/scanners.ts';
import type { ProjectModel } from './project.ts';
import type { Located } from './source.ts';
import type { Step } from './step.ts';
import type { Workflow } from './workflow.ts';

/** The first place of a workflow that runs a known scanner; null where none is seen. */
export function scannerOf(
  workflow: Workflow,
): { readonly step: Step; readonly at: Located; readonly name: string } | null {
  for (const step of workflow.jobs.filter((job) => !job.isNever).flatMap((job) => job.steps)) {
    if (step.isNever) continue;
    if (step.uses?.matches(scannerActions)) return { step, at: step.uses, name: step.uses.slug };
    const command = step.script?.commands.find(({ name, words }) => scannerCommands.has(name) && words.length > 1);
    if (command && step.script && !/^-{1,2}v/.test(command.words[1]?.text ?? '')) {
      return { step, at: step.script.text.span(command.start, command.end), name: command.name };
    }
  }
  return null;
}

/** Whether something in the repository analyses its code: an action for it, or a called workflow that is named for it. */
export function hasCodeScanning({ uses }: ProjectModel): boolean {
  return uses.some((one) => one.matches(codeScanningActions) || /code-?ql|code-?scan|semgrep|sonar/i.test(one.value));
}

/** The branch that most of the repository's filters name, where it is `main` or `master`; null: nobody can say. */
export function usualBranch({ workflows }: ProjectModel): string | null {
  const named = workflows.flatMap(({ triggers }) =>
    (triggers.get('push')?.filter('branches') ?? []).map((one) => one.value),
  );
  return ['main', 'master'].find((branch) => named.includes(branch)) ?? null;
}
