import { agentActions } from '../../knowledge/ai-agents.ts';
import { metadataActions } from '../../knowledge/metadata-actions.ts';
import type { Job } from '../model/job.ts';
import { publishes } from '../model/publishing.ts';
import type { Start } from '../model/reach.ts';
import type { Located } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import { accesses, pathOf } from '../model/visit-expression.ts';
import { isOpenTo } from './approval.ts';
import { setsApproval } from './approval-labels.ts';
import { isCheckout } from './checkouts.ts';
import { foreignCode } from './foreign-code.ts';
import { isGate } from './gate-steps.ts';
import { type Guard, guardsOf } from './guards.ts';
import { mergePlace } from './merge-work.ts';
import { commandsOf } from './script-commands.ts';
import { strengthOf } from './strength.ts';

/** What a comment, an issue or a discussion of anyone sets to work in a job. */
export interface CommentWork {
  readonly start: Start;
  /** The first step that does something with the job's power. */
  readonly at: Located;
  /**
   * `code`: files of the pull request come in. `approve`: the job approves or merges it. `act`: it changes or publishes
   * something. `label`: it puts a label on that says that somebody looked. `hold`: it only holds secrets or a token.
   */
  readonly does: 'code' | 'approve' | 'act' | 'label' | 'hold';
  /** The text decides whether it runs: a command that somebody writes. */
  readonly isCommand: boolean;
  /** Nothing but the event and its text decides: no output of a step or a job before. */
  readonly isDirect: boolean;
  /** Its scripts are there to be read: what a stranger's action asks by itself is not. */
  readonly isReadable: boolean;
}

/** Events that are somebody's words. */
const TALK: readonly string[] = ['issue_comment', 'discussion_comment', 'issues', 'discussion'];

/** Work of a job that anyone's words start, without a check of who wrote them; one for each event. */
export function commentWork(job: Job): readonly CommentWork[] {
  const starts = job.reach.dangerous.filter(({ event, isPrivileged }) => TALK.includes(event) && isPrivileged);
  return starts.flatMap((start) => {
    const strength = strengthOf(job);
    if (guardsOf(job, start.event).some(checksStarter) || asksLabel(job, start)) return [];
    const open = job.steps.filter((step) => isOpen(step, start) && !isTalk(step));
    const acting = open.find(acts);
    const fetching = open.find((step) => foreignCode(step).length > 0);
    const approving = mayReview(job) ? open.find((step) => mergePlace(step) !== null) : undefined;
    const labelling = mayReview(job) ? open.find(setsApproval) : undefined;
    const at = fetching ?? approving ?? acting ?? labelling ?? open.find(holdsPower);
    if (!at) return [];
    const isWeak = strength === 'no' || (strength === 'maybe' && !acting && !fetching);
    if (isWeak && !approving && !labelling) return [];
    const does = fetching ? 'code' : approving ? 'approve' : acting ? 'act' : labelling ? 'label' : 'hold';
    return [{ start, at, does, ...whoDecides(job, open) }];
  });
}

function isOpen(step: Step, start: Start): boolean {
  if (
    step.isNever ||
    !step.reach.starts.some(({ trigger, outsider }) => trigger === start.trigger && outsider !== 'no')
  )
    return false;
  return !guardsOf(step, start.event).some(checksStarter);
}

/** A review counts with that scope alone; so does a label. */
function mayReview(job: Job): boolean {
  return job.secrets.length > 0 || job.grants('pull-requests', 'write') !== 'no';
}

/** It looks at who acts; who wrote the issue under which they comment says nothing of them. */
function checksStarter({ how, kind }: Guard): boolean {
  return kind === 'hard' || how === 'starter' || how === 'permission' || how === 'labels';
}

/** Somebody with triage rights puts labels on, or a template for which that was meant. */
function asksLabel({ condition }: Job, { event }: Start): boolean {
  const tests = condition?.tree ? accesses(condition.tree) : [];
  return event === 'issues' && tests.some((access) => pathOf(access) === 'github.event.label.name');
}

/** The token or a secret is in its hands. */
function holdsPower(step: Step): boolean {
  const given = [step, ...(step.job ? [step.job, step.job.workflow] : [])].flatMap((owner) =>
    owner.expressions.filter(({ site }) => owner === step || site.key === 'env'),
  );
  const isGiven = given.some(({ code }) => /secrets\b|github\.token/i.test(code));
  return isGiven || (step.uses?.matches(SCRIPT_ACTIONS) ?? false);
}

const SCRIPT_ACTIONS = ['actions/github-script'];

/** It reads and writes talk only, checks the rights itself, or does nothing with them. */
function isTalk(step: Step): boolean {
  const { uses } = step;
  if (isGate(step)) return true;
  if (!uses) return false;
  // An agent's action asks GitHub for the rights of whoever started it, unless it is told not to (ai-unrestricted-trigger).
  return (
    uses.matches(metadataActions) ||
    uses.matches(agentActions) ||
    isCheckout(step) ||
    /\/setup-[\w-]+$/i.test(uses.slug)
  );
}

/** It changes code, publishes or deploys. */
function acts(step: Step): boolean {
  const { script, uses, inputs } = step;
  if (publishes(step)) return true;
  const code = inputs.get('script')?.value ?? '';
  if (
    uses &&
    /(?:^|[-_/])(?:deploy|publish|release|rebase|cherry-pick|backport|create-pull-request|git-auto-commit)/i.test(
      uses.slug,
    )
  )
    return true;
  if (
    /\.(?:pulls\.merge|repos\.create(?:Release|Deployment|DispatchEvent|OrUpdateFileContents)|git\.(?:createRef|updateRef)|actions\.createWorkflowDispatch)\b/.test(
      code,
    )
  )
    return true;
  const commands = script ? commandsOf(script) : [];
  return commands.some(({ words }) =>
    ACTS.test(
      words
        .slice(0, 6)
        .map(({ text }) => text)
        .join(' '),
    ),
  );
}

const ACTS =
  /^(?:git push|gh (?:pr (?:merge|create)|release|workflow run)|npm publish|(?:kubectl|helm|terraform|tofu|pulumi|aws|gcloud|az|flyctl|fly|vercel|netlify|wrangler|docker push|twine|cargo publish)\b)|(?:^|[ /])(?:deploy|publish|release)[\w.-]*\b/i;

function whoDecides(job: Job, steps: readonly Step[]): Pick<CommentWork, 'isCommand' | 'isDirect' | 'isReadable'> {
  const asked = [job, ...steps].flatMap(({ condition }) => (condition?.tree ? accesses(condition.tree) : []));
  // A script may ask as well as an `if`.
  const given = steps.flatMap(({ expressions }) => expressions.flatMap(({ tree }) => (tree ? accesses(tree) : [])));
  return {
    isCommand:
      asked.some((access) => /^github\.event\.(?:comment|issue|discussion)\.(?:body|title)$/.test(pathOf(access))) ||
      given.some((access) => pathOf(access) === 'github.event.comment.body'),
    isDirect: job.needs.length === 0 && isOpenTo(job.condition),
    isReadable: steps.some(({ script, uses }) => script || uses?.matches(SCRIPT_ACTIONS) || uses?.kind === 'local'),
  };
}
