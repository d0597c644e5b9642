import type { Job } from '../engine/model/job.ts';
import type { Step } from '../engine/model/step.ts';
import { defineRule } from '../engine/rule.ts';

export const missingRuntimeMonitoring = defineRule({
  id: 'missing-runtime-monitoring',
  severity: 'info',
  audience: 'pedantic',
  section: 'Runners',
  summary: 'Nobody watches what the job connects to',
  why: 'Code that an attacker gets into a job sends its secrets away. A monitor that starts first sees the connection, or refuses it, whichever package or action it came from.',
  remedy:
    'Start the monitor in the first step of each job that holds secrets or a token that writes, and let it block what is not on the list.',
  options: {
    /** Actions that watch a job. */
    monitors: ['step-security/harden-runner'] as readonly string[],
  },
  peers: ['secure-repo: AddHardenRunner'],
  visit: {
    *workflow(workflow, { options }) {
      const holders = workflow.jobs.filter((job) => !job.isNever && holdsSomething(job) && isSupported(job));
      const bare = holders.filter((job) => !isMonitor(first(job), options.monitors));
      const [worst] = bare;
      if (worst) {
        yield {
          at: worst.idAt,
          message: `No monitor watches ${bare
            .map(({ id }) => `\`${id}\``)
            .slice(0, 8)
            .join(', ')}, which hold secrets or a token that writes`,
          subject: 'missing',
          route: '' as const,
          related: bare.slice(1).map(({ idAt }) => ({ at: idAt, message: 'nor this one' })),
        };
      }
      for (const job of holders) {
        const step = first(job);
        const policy = step?.with('egress-policy');
        if (!isMonitor(step, options.monitors) || (policy && policy.value.trim() !== 'audit')) continue;
        const message = `The monitor of \`${job.id}\` only writes down what the job connects to, and stops nothing`;
        yield { at: policy ?? step?.uses ?? job.idAt, message, subject: 'audit', route: '' as const };
      }
    },
  },
});

function holdsSomething(job: Job): boolean {
  return job.secrets.length > 0 || [...(job.token.scopes?.values() ?? [])].includes('write');
}

/** A container's processes and services' machines are not seen by it. */
function isSupported({ container, runsOn, steps }: Job): boolean {
  return container === null && steps.length > 0 && runsOn?.kind === 'hosted';
}

function first({ steps }: Job): Step | null {
  return steps.find(({ isNever }) => !isNever) ?? null;
}

function isMonitor(step: Step | null, monitors: readonly string[]): boolean {
  return step?.uses?.matches(monitors) === true;
}
