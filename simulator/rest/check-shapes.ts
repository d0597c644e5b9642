/** Check runs as REST and webhooks write them. */
import type { Annotation, CheckRun, Pull } from '../entities.ts';
import { pullsOfHead } from '../pulls.ts';
import { nodeId, type World } from '../world.ts';
import { appShape, htmlUrl, repositoryUrl, type Shape } from './shapes.ts';

export function checkShape(world: World, check: CheckRun): Shape {
  const { repository } = check;
  const url = `${repositoryUrl(world, repository)}/check-runs/${check.id}`;
  return {
    id: check.id,
    name: check.name,
    node_id: nodeId(check),
    head_sha: check.headSha,
    external_id: check.externalId,
    url,
    html_url: `${htmlUrl(world, repository)}/runs/${check.id}`,
    details_url: check.detailsUrl ?? `${world.url}/apps/${check.suite.app.slug}`,
    status: check.status,
    conclusion: check.conclusion,
    started_at: check.startedAt,
    completed_at: check.completedAt,
    output: {
      title: check.title,
      summary: check.summary,
      text: check.text,
      annotations_count: check.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: check.suite.id },
    app: appShape(world, check.suite.app),
    pull_requests: pullsOfHead(repository, check.headSha).map((pull) => pullMinimal(world, pull)),
  };
}

export function annotationShape(world: World, check: CheckRun, annotation: Annotation): Shape {
  const { repository, headSha } = check;
  return {
    path: annotation.path,
    start_line: annotation.start_line,
    end_line: annotation.end_line,
    start_column: annotation.start_column ?? null,
    end_column: annotation.end_column ?? null,
    annotation_level: annotation.annotation_level,
    title: annotation.title ?? null,
    message: annotation.message,
    raw_details: annotation.raw_details ?? null,
    blob_href: `${htmlUrl(world, repository)}/blob/${headSha}/${annotation.path}`,
  };
}

/** What `pull_requests` of a check run, suite or workflow run holds. */
export function pullMinimal(world: World, pull: Pull): Shape {
  const { repository } = pull;
  const repo = { id: repository.id, url: repositoryUrl(world, repository), name: repository.name };
  const head = pull.headRepository ?? repository;
  return {
    id: pull.id,
    number: pull.number,
    url: `${repositoryUrl(world, repository)}/pulls/${pull.number}`,
    head: {
      ref: pull.headRef,
      sha: pull.headSha,
      repo: { id: head.id, url: repositoryUrl(world, head), name: head.name },
    },
    base: { ref: pull.baseRef, sha: pull.baseSha, repo },
  };
}
