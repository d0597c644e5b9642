import { localTarget } from '../engine/model/local.ts';
import type { Step } from '../engine/model/step.ts';
import { defineRule } from '../engine/rule.ts';
import { foreignCheckouts, isCheckout } from '../engine/taint/checkouts.ts';
import { stepIndexes } from '../engine/taint/step-order.ts';

export const selfRepository = defineRule({
  id: 'self-repository',
  severity: 'low',
  audience: 'pedantic',
  section: 'Supply chain',
  summary: 'An action of this repository is taken from the workspace',
  why: 'A step’s `./…` is whatever lies in the workspace at that moment: an earlier step, or a checkout of something else, can put other code there. `$/…` is the commit that the workflow itself comes from.',
  remedy: 'Write `$/path` instead of `./path`.',
  peers: ['zizmor: self-repository', 'octoscan: local-action'],
  visit: {
    *uses(uses, { facts, project }) {
      const { step, value } = uses;
      // Older GitHub Enterprise Servers don't know the other form; a job's `./` is the caller's commit already.
      if (!step || uses.kind !== 'local' || !/^\.(?:\/|$)/.test(value.trim()) || facts.data.platform) return;
      const target = localTarget(uses);
      // Made at run time, or of a checkout of something else.
      if (target?.kind !== 'action' || project.data.absent?.has(target.folder)) return;
      const isForeign = foreign.before(step);
      yield {
        at: uses,
        message: isForeign
          ? `\`${value}\` is what an earlier step checked out, which an outsider may have written`
          : `\`${value}\` is whatever lies in the workspace by then`,
        // One habit of a file.
        subject: 'workspace',
        route: '',
        member: value.trim(),
        severity: isForeign ? 'high' : 'low',
        fix: {
          title: 'Take it from the workflow’s own commit',
          // In a workflow or action that other repositories use, `./` is theirs and `$/` is ours.
          safe: isSameCommit(step),
          edits: [uses.text.replace(0, value.length, `$/${target.folder}`)],
        },
      };
    },
  },
});

/** The workspace holds the workflow's own commit: no checkout names another one. */
function isSameCommit(step: Step): boolean {
  const isCalled = step.job === null || (step.workflow?.triggers.has('workflow_call') ?? false);
  return !isCalled && !others.before(step);
}

/** Steps that check out what an outsider may have written, and those that check out another commit. */
const foreign = stepIndexes((one) => foreignCheckouts(one).length > 0);
const others = stepIndexes((one) => isCheckout(one) && Boolean(one.with('ref') ?? one.with('repository')));
