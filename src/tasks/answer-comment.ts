import type { Answer } from '../commands/command.ts';
import { commandNamed } from '../commands/commands.ts';
import { parseCommand } from '../commands/parse.ts';
import type { Comment } from '../github/comments.ts';
import type { Pull } from '../github/pulls.ts';
import type { TaskContext } from '../queue/perform.ts';
import type { AnswerComment, ScanPullRequest } from '../queue/tasks.ts';
import type { Tools } from './tools.ts';

const COMMANDS_AN_HOUR = 10;
const HOUR = 60 * 60 * 1000;

/**
 * A person's `/gargoyle …` on a pull request. Who may is asked of GitHub now (T3). A member who may not is told so in one sentence; a
 * stranger hears nothing, so that nobody can make the App write.
 */
export async function answerComment(task: AnswerComment, tools: Tools, context: TaskContext): Promise<void> {
  const { comments, collaborators, pulls } = tools.github;
  const comment = await comments.read(task, task.commentId);
  if (comment?.author?.id !== task.author.id || comment.author.isBot) return;
  const pull = await pulls.find(task, task.pull);
  if (pull === null) return;
  const command = commandNamed(task.command.name);
  const mayWrite = await collaborators.mayWrite(task, task.author);
  const isAuthor = pull.authorId === task.author.id;
  const may = mayWrite || (isAuthor && command.authority === 'read-only');
  if (!may && !comment.isMember) return;
  const recent = await comments.since(task, task.pull, new Date(tools.now().getTime() - HOUR));
  const commands = recent.filter((each) => isHeeded(each, task) && parseCommand(each.body) !== null);
  if (commands.length > COMMANDS_AN_HOUR) return comments.react(task, task.commentId, 'confused');
  if (!may) return refuse(task, tools, context, command.authority === 'read-only');

  await comments.react(task, task.commentId, 'eyes');
  const verdicts = await tools.store.verdicts.ofHead(task.repositoryId, pull.head);
  const verdict = verdicts.find((each) => each.pull === pull.number && each.base.ref === pull.baseRef) ?? null;
  const answer = command.answer(task.command.args, { catalogue: tools.catalogue, head: pull.head, verdict });
  await give(task, tools, context, { answer, pull });
}

/** Counts towards the hour: what strangers write doesn't, or they could use it up. */
function isHeeded({ author, isMember, id }: Comment, task: AnswerComment): boolean {
  return author?.isBot === false && (isMember || author.id === task.author.id) && id <= task.commentId;
}

async function give(
  task: AnswerComment,
  tools: Tools,
  context: TaskContext,
  { answer, pull }: { readonly answer: Answer; readonly pull: Pull },
): Promise<void> {
  const { comments } = tools.github;
  if (answer.reply !== null) await reply(task, tools, context, answer.reply);
  if (answer.does === 'rescan' && pull.isOpen) return tools.enqueue([rescan(task, pull)]); // its end brings the 🚀
  if (answer.does === 'rescan')
    await reply(task, tools, context, 'This pull request is closed: there is nothing to scan.');
  await comments.react(task, task.commentId, answer.ok && answer.does !== 'rescan' ? 'rocket' : 'confused');
}

async function refuse(task: AnswerComment, tools: Tools, context: TaskContext, isReadOnly: boolean): Promise<void> {
  await tools.github.comments.react(task, task.commentId, 'confused');
  const orAuthor = isReadOnly ? ', and the author of the pull request,' : '';
  await reply(task, tools, context, `Only people who can write to this repository${orAuthor} may ask for that.`);
}

/** Says something once: a retry looks for what an earlier try said in answer to this comment. */
async function reply(
  task: AnswerComment,
  { github }: Tools,
  { attempt, signal }: TaskContext,
  body: string,
): Promise<void> {
  const sign = `<!-- gargoyle:answer:${task.commentId} -->`;
  signal.throwIfAborted();
  if (attempt > 1) {
    const comment = await github.comments.read(task, task.commentId);
    const later = comment ? await github.comments.since(task, task.pull, comment.createdAt) : [];
    if (later.some((each) => each.isOwn && each.body.endsWith(sign))) return;
  }
  await github.comments.post(task, task.pull, `${body}\n\n${sign}`);
}

function rescan(task: AnswerComment, pull: Pull): ScanPullRequest {
  const { installationId, repositoryId, owner, name, deliveryId, commentId } = task;
  const of = { installationId, repositoryId, owner, name, deliveryId, commentId };
  return {
    kind: 'scan-pull-request',
    ...of,
    pull: pull.number,
    reason: 'rescan',
    headHint: pull.head,
    baseHint: pull.baseRef,
  };
}
