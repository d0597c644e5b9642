import { needCycles } from '../engine/model/needs.ts';
import { mapOf } from '../engine/model/nodes.ts';
import { replace } from '../engine/model/source.ts';
import { defineRule } from '../engine/rule.ts';
import { nearest } from '../engine/spelling.ts';

export const jobNeeds = defineRule({
  id: 'job-needs',
  severity: 'medium',
  section: 'Correctness',
  summary: 'Job waits for a job that is not there, or for itself',
  why: 'GitHub refuses a workflow whose jobs need what is not there or wait for each other in a circle, so none of them runs.',
  remedy: 'Name jobs of the same workflow by their ids, each once, and leave one job without `needs`.',
  peers: ['actionlint: job-needs', 'sisakulint: needs'],
  visit: {
    *workflow(workflow) {
      const ids = (mapOf(workflow.find('jobs'))?.entries ?? []).map(({ key }) => key.text);
      const known = new Set(ids.map((id) => id.toLowerCase()));
      let unknown = 0;
      for (const job of workflow.jobs) {
        const seen = new Set<string>();
        for (const need of job.needs) {
          const id = need.value.toLowerCase();
          const isAgain = seen.has(id);
          seen.add(id);
          if (isAgain) {
            yield { at: need, severity: 'low', message: `Job \`${job.id}\` needs \`${need.value}\` twice` };
          } else if (!known.has(id) && need.isLiteral && id !== '') {
            unknown += 1;
            // Where nothing is right, nothing is a slip; and somebody may have made it so to keep us busy.
            const near = unknown > 20 ? null : nearest(need.value, ids);
            const meant = near ? `; \`${near}\` is probably meant` : '';
            const message = `GitHub refuses the file: job \`${job.id}\` needs \`${need.value}\`, and there is no such job${meant}`;
            const fix = near ? { title: `Write \`${near}\``, safe: false, edits: [replace(need, near)] } : null;
            yield { at: need, message, fix };
          }
        }
      }
      for (const cycle of needCycles(workflow)) {
        const [first, ...rest] = cycle;
        if (!first) continue;
        const names = [...cycle, first].slice(0, 12).map(({ job }) => `\`${job.id}\``);
        yield {
          at: first.need,
          subject: `cycle ${cycle
            .map(({ job }) => job.id)
            .sort()
            .join(' ')}`,
          message:
            rest.length === 0
              ? `GitHub refuses the file: job ${names[0]} needs itself`
              : `GitHub refuses the file: these jobs wait for each other: ${names.join(' → ')}`,
          related: rest.slice(0, 20).map(({ job, need }) => ({ at: need, message: `job \`${job.id}\` waits on` })),
        };
      }
    },
  },
});
