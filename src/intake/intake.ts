import type { Task } from '../queue/tasks.ts';
import { checkRun, checkSuite } from './check.ts';
import { installation, installationRepositories, repository } from './installation.ts';
import { issueComment } from './issue-comment.ts';
import { mergeGroup } from './merge-group.ts';
import { type Arrival, isWholeTask } from './payload.ts';
import { pullRequest } from './pull-request.ts';
import { workflowJob } from './workflow-job.ts';

/** A delivery as it was understood. `tasks` is `ignored` when it lacks something that it should have. */
export interface Understood {
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly tasks: readonly Task[] | 'ignored';
}

type Read = (payload: never, arrival: Arrival) => readonly Task[];

/** What is not here (`push`, `repository_ruleset`, …) is written down and needs no task yet. */
const EVENTS: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['pull_request', pullRequest],
  ['check_run', checkRun],
  ['check_suite', checkSuite],
  ['issue_comment', issueComment],
  ['merge_group', mergeGroup],
  ['workflow_job', workflowJob],
  ['installation', installation],
  ['installation_repositories', installationRepositories],
  ['repository', repository],
]);

function field(payload: unknown, ...path: readonly string[]): unknown {
  let value: unknown = payload;
  for (const name of path)
    value =
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([key]) => key === name)?.[1]
        : undefined;
  return value;
}

function idAt(payload: unknown, name: string): number | null {
  const id = field(payload, name, 'id');
  return Number.isSafeInteger(id) ? Number(id) : null;
}

/** The payload was parsed, not checked: a field that is missing shows as a TypeError here or as a task that isn't whole. */
function tasksOf(event: string, payload: unknown, arrival: Arrival): readonly Task[] | 'ignored' {
  const read = EVENTS.get(event);
  if (!read) return [];
  try {
    const tasks = read(payload as never, arrival);
    return tasks.every(isWholeTask) ? tasks : 'ignored';
  } catch {
    return 'ignored';
  }
}

/** What a delivery asks for. Decides from the payload alone; never throws. */
export function understand(event: string, payload: unknown, arrival: Arrival): Understood {
  const action = field(payload, 'action');
  return {
    action: typeof action === 'string' ? action.slice(0, 100) : null,
    installationId: idAt(payload, 'installation'),
    repositoryId: idAt(payload, 'repository'),
    tasks: tasksOf(event, payload, arrival),
  };
}
