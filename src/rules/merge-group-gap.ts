import { assumeEvent } from '../engine/model/assume.ts';
import type { Job } from '../engine/model/job.ts';
import { defineRule } from '../engine/rule.ts';

export const mergeGroupGap = defineRule({
  id: 'merge-group-gap',
  severity: 'low',
  section: 'Dependencies and coverage',
  summary: 'A required check can be missed, or passed by being skipped',
  why: 'A ruleset asks for the check by name and not for what it did: a skipped job counts as passed, and a workflow that does not start leaves the pull request or the merge queue waiting.',
  remedy:
    'Start the workflow on `merge_group` too, without path filters, and let the job itself decide what there is to do.',
  needs: ['settings.requiredChecks', 'settings.hasMergeQueue'],
  peers: [],
  visit: {
    *job(job, { facts }) {
      const required = facts.setting('requiredChecks') ?? [];
      const pull = job.workflow.triggers.get('pull_request');
      const name = checkName(job);
      const isRequired = required.some((check) => (name.isWhole ? check === name.text : check.startsWith(name.text)));
      if (!pull || !isRequired || name.text === '') return;
      const check = `The required check \`${job.name?.isLiteral ? job.name.value : job.id}\``;
      if (facts.setting('hasMergeQueue') && !job.workflow.triggers.has('merge_group')) {
        yield {
          at: pull,
          subject: 'merge_group',
          route: '',
          message: `${check} does not run in the merge queue, which waits for it`,
        };
      }
      if (pull.filter('paths') || pull.filter('paths-ignore')) {
        yield {
          at: pull,
          subject: 'paths',
          route: '',
          message: `${check} is never reported for a pull request that the path filter leaves out, which then waits for ever`,
        };
      }
      const { condition } = job;
      if (condition && condition.decide(assumeEvent('pull_request', 'outsider')) === false) {
        yield {
          at: condition,
          severity: 'medium',
          message: `${check} is skipped for pull requests of forks, and a skipped check counts as passed`,
        };
      }
    },
  },
});

/** What the job's check is called; for a matrix or an expression, how its name begins. */
function checkName(job: Job): { readonly text: string; readonly isWhole: boolean } {
  const { name } = job;
  if (!name) return { text: job.id, isWhole: !job.matrix };
  if (name.isLiteral) return { text: name.value, isWhole: !job.matrix };
  return { text: name.value.slice(0, name.value.indexOf('${{')).trimEnd(), isWhole: false };
}
