import type { Job } from '../engine/model/job.ts';
import { defineRule, type ProposedFix } from '../engine/rule.ts';
import { type CommentWork, commentWork } from '../engine/taint/comment-work.ts';

export const unguardedCommentTrigger = defineRule({
  id: 'unguarded-comment-trigger',
  severity: 'high',
  confidence: 'medium',
  section: 'Triggers and access control',
  summary: 'Anyone may give this command by a comment',
  why: "Everyone with an account can write a comment or open an issue. The job runs with the repository's token and secrets, and nothing on the way asks who wrote it.",
  remedy:
    'Ask GitHub for the permission of the person first (`repos/{owner}/{repo}/collaborators/{login}/permission`: write or more) and stop without it. `author_association` is weaker: `MEMBER` and `COLLABORATOR` include people who may only read, and private members count as strangers.',
  peers: ['sisakulint: dangerous-triggers', 'gato-x: permission_check'],
  visit: {
    *job(job) {
      const [work, ...others] = commentWork(job);
      if (!work) return;
      const all = [work, ...others];
      const isOurs = all.some(isCommanded);
      yield {
        at: job.condition ?? job.idAt,
        subject: all.map(({ start }) => start.event).join(),
        message: messageOf(work),
        severity: all.some(({ does }) => does !== 'hold' && does !== 'label') ? 'high' : 'medium',
        confidence: all.some(({ does, isReadable }) => does !== 'hold' || isReadable) ? 'medium' : 'low',
        audience: isOurs ? 'regular' : 'pedantic',
        related: all.flatMap(({ start: { trigger, event }, at }) => [
          ...(trigger ? [{ at: trigger, message: `\`${event}\` is started by anyone` }] : []),
          { at, message: 'this runs for everyone' },
        ]),
        fix: fixOf(job, work),
      };
    },
  },
});

/** A command, or a comment: an issue that somebody opens may be worked on for everyone. */
function isCommanded({ start: { event }, isCommand, isDirect, does }: CommentWork): boolean {
  // What runs the pull request's code is reported as that.
  if (does === 'code') return false;
  return isCommand || ((does === 'act' || does === 'approve') && isDirect && event.endsWith('_comment'));
}

function messageOf({ start: { event }, does }: CommentWork): string {
  const what = event.endsWith('_comment') ? 'comments' : event === 'issues' ? 'opens an issue' : 'opens a discussion';
  const gain = {
    code: 'gets code of a pull request into a job with the token or secrets of the repository',
    approve: 'has the repository’s token approve or merge a pull request',
    act: 'makes the job push, publish or deploy',
    label: 'puts a label on a pull request that reads as an approval',
    hold: 'starts a job with the token or secrets of the repository',
  };
  return `Nothing asks who wrote it: anyone who ${what} (\`${event}\`) ${gain[does]}`;
}

const TRUSTED = `contains(fromJSON('["OWNER","MEMBER","COLLABORATOR"]'), github.event.comment.author_association)`;

/** Behind the job's own condition; only where comments alone start it. */
function fixOf(job: Job, { start: { event } }: CommentWork): ProposedFix | null {
  if (event !== 'issue_comment' || job.reach.starts.length !== 1) return null;
  const title = 'Ask for the association of the commenter';
  const { condition } = job;
  if (!condition) return { title, safe: false, edits: [job.insertBefore('runs-on', 'if', TRUSTED)] };
  const { expression, text } = condition;
  if (!expression?.tree) return null;
  const written = expression.code.trim();
  const from = text.value.indexOf(written, expression.from);
  const isSimple = !written.includes('||');
  const edit = text.replace(from, from + written.length, `${isSimple ? written : `(${written})`} && ${TRUSTED}`);
  return { title, safe: false, edits: [edit] };
}
