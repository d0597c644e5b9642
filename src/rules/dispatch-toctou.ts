import type { Job } from '../engine/model/job.ts';
import type { Step } from '../engine/model/step.ts';
import type { InputDeclaration } from '../engine/model/triggers.ts';
import { accesses, pathOf } from '../engine/model/visit-expression.ts';
import { defineRule } from '../engine/rule.ts';
import { foreignCheckouts } from '../engine/taint/checkouts.ts';

export const dispatchToctou = defineRule({
  id: 'dispatch-toctou',
  severity: 'medium',
  confidence: 'medium',
  section: 'Triggers and access control',
  summary: 'A run by hand takes a pull request by its number, whatever it holds by then',
  why: 'Whoever starts the run has looked at the pull request before; its author may push other code in the minutes between, and it runs with the token and the secrets of the job.',
  remedy: 'Let the run take the commit too, as a required input, and check out that commit.',
  peers: ['gato-x: DISPATCH_TOCTOU'],
  visit: {
    *step(step) {
      const { job } = step;
      const trigger = job?.workflow.triggers.get('workflow_dispatch');
      if (!job || !trigger || !step.reach.startsBy('workflow_dispatch')) return;
      const inputs = [...trigger.inputs.values()];
      if (inputs.some((input) => input.isRequired && COMMIT.test(input.name))) return;
      for (const checkout of foreignCheckouts(step)) {
        const input = inputs.find((one) => isNumber(one) && isUsed(one, step));
        if (!input || !BY_NUMBER.test(checkout.source)) continue;
        // Whoever starts it may give a commit; nothing makes them.
        const mayGive = inputs.some((one) => COMMIT.test(one.name) && isUsed(one, step));
        yield {
          at: checkout.at,
          subject: checkout.source,
          message: `\`${input.name}\` says which pull request, not which commit: its author can push other code after somebody has looked at it`,
          // Without anything to take, the code can still write what later runs read: the cache of the default branch.
          severity: holdsPower(job) ? 'medium' : 'low',
          confidence: mayGive ? 'low' : 'medium',
          related: [{ at: input, message: 'no commit is asked for here' }],
        };
      }
    },
  },
});

/** Something to take. */
function holdsPower(job: Job): boolean {
  return job.secrets.length > 0 || job.runsOn?.kind === 'self-hosted' || job.token.mayWrite;
}

const COMMIT = /sha|commit|oid|(?:^|[-_])(?:rev|revision|hash)(?:$|[-_])/i;
const NUMBER = /(?:^|[-_])(?:prs?|pulls?|number|num|issue)(?:$|[-_])|pull[-_ ]?request|prnum|prnumber|prid/i;

function isNumber({ name, description }: InputDeclaration): boolean {
  return NUMBER.test(name) || /\b(?:pull request|pr)\b.{0,20}\b(?:number|id|no\.?|#)/i.test(description);
}

/** What a checkout by the pull request's number is called; of outputs it is the head that a step looked up. */
const BY_NUMBER = /^(?:refs\/pull|gh pr checkout|hub pr checkout|.*\b(?:steps|needs)\.)/;

/** A job may have thousands of steps; who looks a head up does so near the checkout. */
const MAX_STEPS = 32;

/** The step, or one before it that looks the head up, takes the input. */
function isUsed({ name }: InputDeclaration, step: Step): boolean {
  const wanted = [`inputs.${name}`, `github.event.inputs.${name}`].map((path) => path.toLowerCase());
  const owners = [step, ...step.earlier.slice(-MAX_STEPS), ...(step.job ? [step.job, step.job.workflow] : [])];
  return owners.some((owner) =>
    owner.expressions.some(({ tree }) => tree && accesses(tree).some((access) => wanted.includes(pathOf(access)))),
  );
}
