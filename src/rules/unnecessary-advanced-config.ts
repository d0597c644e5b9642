import type { Job } from '../engine/model/job.ts';
import { defineRule } from '../engine/rule.ts';
import { codeqlInputs } from '../knowledge/scanners.ts';

export const unnecessaryAdvancedConfig = defineRule({
  id: 'unnecessary-advanced-config',
  severity: 'info',
  // Having it in a file is a choice too.
  audience: 'pedantic',
  section: 'Dependencies and coverage',
  summary: 'A workflow does what the default setup of CodeQL does',
  why: 'The default setup needs no workflow: no pins to keep current, no permissions to get wrong, and new languages come by themselves.',
  remedy: 'Switch the default setup on and delete the workflow, unless something in it is to stay different.',
  peers: ['CodeQL: unnecessary-use-of-advanced-config'],
  visit: {
    *workflow(workflow) {
      const jobs = workflow.jobs.filter((job) => !job.isNever);
      const filters = (['push', 'pull_request'] as const).flatMap((event) => {
        const trigger = workflow.triggers.get(event);
        return ['paths', 'paths-ignore'].filter((name) => trigger?.filter(name as 'paths'));
      });
      if (jobs.length === 0 || filters.length > 0 || !workflow.triggers.has('push')) return;
      const init = jobs.map(plainAnalysis);
      const [first] = init;
      if (!first || init.includes(null)) return;
      yield { at: first, message: 'Nothing here differs from the default setup of CodeQL', subject: 'codeql' };
    },
  },
});

const INIT = ['github/codeql-action/init'];
const STEPS = ['actions/checkout', 'github/codeql-action', 'step-security/harden-runner'];

/** The step that prepares CodeQL, in a job that does nothing but analyse, and as the default does; else null. */
function plainAnalysis(job: Job) {
  const isPlain = job.steps.every((step) => step.isNever || step.uses?.matches(STEPS));
  const init = job.steps.find((step) => step.uses?.matches(INIT));
  const isManual = job.steps.some((step) => step.with('build-mode')?.value.includes('manual'));
  const isHosted = !job.container && job.runsOn?.kind === 'hosted';
  if (!isPlain || !isHosted || isManual || !init?.uses || init.hasDynamicInputs) return null;
  return codeqlInputs.some((name) => init.with(name) !== null) ? null : init.uses;
}
