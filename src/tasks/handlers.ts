import { Gone, RateLimited } from '../github/failures.ts';
import { type Handlers, RetryAfter, type TaskContext } from '../queue/perform.ts';
import type { Task } from '../queue/tasks.ts';
import { answerComment } from './answer-comment.ts';
import { closePullRequest } from './close-pull-request.ts';
import { rescanCommit } from './rescan-commit.ts';
import { scanMergeGroup } from './scan-merge-group.ts';
import { scanPullRequest } from './scan-pull-request.ts';
import { sweep } from './sweep.ts';
import { Superseded, type Tools } from './tools.ts';

/** One handler for each kind of task, with GitHub's failures put into the queue's words. */
export function handlers(tools: Tools): Handlers {
  const asked = new Map<number, number>();
  const { retention, workflowJobs } = tools.store;
  return {
    'scan-pull-request': heeding((task, context) => scanPullRequest(task, tools, context)),
    'scan-merge-group': heeding((task, context) => scanMergeGroup(task, tools, context)),
    'close-pull-request': heeding((task) => closePullRequest(task, tools)),
    'rescan-commit': heeding((task) => rescanCommit(task, tools)),
    'answer-comment': heeding((task, context) => answerComment(task, tools, context)),
    'record-workflow-job': heeding((task) => workflowJobs.record(task.job)),
    'forget-installation': heeding((task) => retention.forgetInstallation(task.installationId)),
    'forget-repositories': heeding((task) => retention.forgetRepositories(task.installationId, task.repositoryIds)),
    sweep: heeding(() => sweep(tools, asked)),
    'forget-old': heeding(() => retention.forgetOld(tools.now())),
  };
}

/** Limits wait in the queue; what is gone or overtaken ends quietly; the rest is the queue's to try again. */
function heeding<T extends Task>(work: (task: T, context: TaskContext) => Promise<void>) {
  return async (task: T, context: TaskContext): Promise<void> => {
    try {
      await work(task, context);
    } catch (error) {
      if (error instanceof RateLimited) throw new RetryAfter(error.seconds, error.message);
      if (!(error instanceof Gone || error instanceof Superseded)) throw error;
      context.log.info({ reason: error.message }, 'task ended without a result');
    }
  };
}
