/** Workflow runs. */
import { notFound } from '../refusal.ts';
import type { Call, Handler, Reply } from './call.ts';
import { pullMinimal } from './check-shapes.ts';
import { accountShape, htmlUrl, repositoryShape, repositoryUrl } from './shapes.ts';

export const runHandlers: Readonly<Record<string, Handler>> = { 'actions/get-workflow-run': workflowRun };

function workflowRun(call: Call): Reply {
  const { repository } = call;
  const { world } = call.site;
  const run = repository.runs.find((candidate) => candidate.id === call.number('run_id'));
  if (!run) throw notFound();
  const url = `${repositoryUrl(world, repository)}/actions/runs/${run.id}`;
  const names = ['jobs', 'logs', 'artifacts', 'cancel', 'rerun'];
  const pulls = [...repository.pulls.values()].filter(
    (pull) => pull.headSha === run.headSha && pull.headRepository === repository,
  );
  const actor = accountShape(world, run.actor);
  const body = {
    id: run.id,
    name: run.workflowName,
    node_id: `WFR_kw${run.id}`,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.path,
    display_title: run.workflowName,
    run_number: 1,
    run_attempt: run.attempt,
    event: run.event,
    status: run.job.status,
    conclusion: run.job.conclusion,
    ...{ workflow_id: run.id, check_suite_id: run.id },
    url,
    html_url: `${htmlUrl(world, repository)}/actions/runs/${run.id}`,
    pull_requests: pulls.map((pull) => pullMinimal(world, pull)),
    created_at: run.createdAt,
    updated_at: run.createdAt,
    run_started_at: run.createdAt,
    actor,
    triggering_actor: actor,
    ...Object.fromEntries(names.map((name) => [`${name}_url`, `${url}/${name}`])),
    check_suite_url: `${repositoryUrl(world, repository)}/check-suites/${run.id}`,
    workflow_url: `${repositoryUrl(world, repository)}/actions/workflows/${run.id}`,
    ...{ referenced_workflows: [], previous_attempt_url: null, head_commit: null },
    repository: repositoryShape(world, repository),
    head_repository: repositoryShape(world, run.headRepository),
  };
  return { status: 200, body };
}
