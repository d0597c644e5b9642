import { defineRule } from '../engine/rule.ts';
import type { Execution } from '../engine/taint/execution.ts';
import { type RemoteCheckout, remoteCheckouts } from '../engine/taint/remote-checkouts.ts';
import { executionOf, isPrepared } from '../engine/taint/remote-execution.ts';

export const unpinnedRemoteCheckout = defineRule({
  id: 'unpinned-remote-checkout',
  severity: 'medium',
  confidence: 'medium',
  section: 'Supply chain',
  summary: 'Code of another repository is run at whatever its branch holds',
  why: 'The next push to that repository runs in this one, with the job’s token and secrets, and nobody here reviews it.',
  remedy: 'Check out a commit: 40 digits in `ref`, or `git checkout <commit>` behind the clone.',
  options: {
    /** `owner/*` or `owner/repo` whose branches are taken on trust. */
    trusted: [] as readonly string[],
  },
  peers: [],
  visit: {
    *step(step, { options }) {
      for (const checkout of remoteCheckouts(step)) {
        const execution = executionOf(checkout);
        if (!execution || isTrusted(checkout.repository, options.trusted)) continue;
        yield {
          at: checkout.at,
          message: messageOf(checkout, execution),
          // One cause in a file.
          subject: checkout.repository.toLowerCase(),
          route: '',
          severity: checkout.isOwn || checkout.isTag ? 'low' : 'medium',
          confidence: checkout.isOpen ? 'low' : execution.direct ? 'high' : 'medium',
          // Their own people push there, or a version is named.
          audience: checkout.isOwn || checkout.isTag ? 'pedantic' : 'regular',
          related: [
            // A matrix holds the repository and its ref.
            ...(checkout.at.start < step.start ? [{ at: step, message: 'checked out here' }] : []),
            { at: execution.at, message: `\`${execution.what}\` ${verbOf(execution)} it` },
          ],
        };
      }
    },
  },
});

function messageOf({ repository, ref, isTag }: RemoteCheckout, execution: Execution): string {
  const where = ref === null ? 'its default branch' : `${isTag ? 'the tag' : 'the branch'} \`${ref}\``;
  return `\`${execution.what}\` ${verbOf(execution)} what \`${repository}\` has on ${where}: whoever can push there runs commands in this job`;
}

function verbOf(execution: Execution): string {
  return isPrepared(execution) ? 'makes a program of' : 'runs';
}

function isTrusted(repository: string, trusted: readonly string[]): boolean {
  const [owner = '', repo = ''] = repository.toLowerCase().split(/[/:@]/).slice(-2);
  return trusted.some((pattern) => [`${owner}/*`, `${owner}/${repo}`].includes(pattern.toLowerCase()));
}
