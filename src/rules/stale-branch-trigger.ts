import type { Facts } from '../engine/facts.ts';
import type { Workflow } from '../engine/model/workflow.ts';
import { isReadable } from '../engine/project.ts';
import { defineRule } from '../engine/rule.ts';

export const staleBranchTrigger = defineRule({
  id: 'stale-branch-trigger',
  severity: 'medium',
  confidence: 'medium',
  section: 'Triggers and access control',
  summary: 'Another branch still has the old version of a privileged workflow',
  why: 'An Enterprise Server runs `pull_request_target` workflows as the base branch of the pull request has them. Whoever may open a pull request chooses that branch, and with it the version that was mended elsewhere.',
  remedy: 'Merge the change into the branches that are named, or delete them.',
  needs: ['settings.workflowsElsewhere'],
  visit: {
    *workflow(workflow, { facts }) {
      const trigger = workflow.triggers.all.find(({ event }) => event === 'pull_request_target');
      const file = workflow.project.data.files.get(workflow.path);
      if (!trigger || !file || !isReadable(file)) return;
      const branches = branchesWith(workflow, facts, (oid) => oid !== file.oid);
      if (branches === '') return;
      yield {
        at: trigger,
        message: `Other versions of this workflow are on ${branches}, and a pull request against one of them runs that version`,
        subject: 'other versions',
        // Which of them is the mended one cannot be seen from here.
        confidence: 'low',
      };
    },
  },
  *compare({ base, head, basePath }, { facts }) {
    for (const workflow of head.workflows) {
      const path = basePath(workflow.path);
      const before = path === null ? null : base.workflow(path);
      const file = path === null ? undefined : base.data.files.get(path);
      if (!before?.triggers.has('pull_request_target') || !file || !isReadable(file)) continue;
      if (before.source.text === workflow.source.text) continue;
      const branches = branchesWith(before, facts, (oid) => oid === file.oid);
      if (branches === '') continue;
      yield {
        at: workflow.key('on') ?? workflow,
        message: `The version before this change is still on ${branches}, and a pull request against one of them runs it`,
        subject: 'old version',
      };
    }
  },
});

/** Branches whose file at the workflow's path is such a blob, as words; '' on github.com, which runs the default branch's version. */
function branchesWith({ path }: Workflow, facts: Facts, isSuch: (oid: string) => boolean): string {
  if (!facts.platform) return '';
  const elsewhere = Object.entries(facts.setting('workflowsElsewhere') ?? {});
  const names = elsewhere.flatMap(([branch, oids]) => (oids[path] && isSuch(oids[path]) ? [`\`${branch}\``] : []));
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more branches` : names.join(', ');
}
