import type { Issue, IssueComment, User } from '@octokit/webhooks-types';
import { parseCommand } from '../commands/parse.ts';
import type { Task } from '../queue/tasks.ts';
import { type Arrival, type RepositoryEvent, repositoryOf } from './payload.ts';

interface View extends RepositoryEvent {
  readonly issue: Pick<Issue, 'number'> & { readonly pull_request?: object };
  readonly comment: Pick<IssueComment, 'id' | 'body'> & { readonly user: Pick<User, 'id' | 'login' | 'type'> | null };
  readonly sender: Pick<User, 'id'>;
}

/**
 * `issue_comment`: a command on a pull request. Only as it was written (an edit could change what a member answered to), only by the
 * person who sent it, and never by a bot, which could be made to repeat an outsider's text (T3). Who may do what is decided later, by asking.
 */
export function issueComment(payload: View, { deliveryId }: Arrival): readonly Task[] {
  const { action, issue, comment, sender } = payload;
  if (action !== 'created' || !issue.pull_request) return [];
  const { user } = comment;
  if (user?.type !== 'User' || user.id !== sender.id) return [];
  const command = parseCommand(comment.body);
  if (!command) return [];
  return [
    {
      kind: 'answer-comment',
      ...repositoryOf(payload),
      pull: issue.number,
      commentId: comment.id,
      author: { id: user.id, login: user.login },
      command: { name: command.name, args: command.args },
      deliveryId,
    },
  ];
}
