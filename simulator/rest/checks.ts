/** Check runs: created and changed by the App that owns them, within GitHub's limits (github.md C1 to C7). */
import type { Annotation, CheckAction, CheckRun } from '../entities.ts';
import { latestChecks } from '../pulls.ts';
import { notFound, Refusal, unprocessable } from '../refusal.ts';
import type { Call, Handler } from './call.ts';
import { paged } from './call.ts';
import { annotationShape, checkShape } from './check-shapes.ts';

interface CheckBody {
  readonly name?: string;
  readonly head_sha?: string;
  readonly details_url?: string;
  readonly external_id?: string;
  readonly status?: CheckRun['status'];
  readonly started_at?: string;
  readonly conclusion?: string;
  readonly completed_at?: string;
  readonly output?: { title?: string; summary?: string; text?: string; annotations?: readonly Annotation[] };
  readonly actions?: readonly CheckAction[];
}

const MAX_TITLE = 255;
const MAX_MESSAGE = 65_536;

export const checkHandlers: Readonly<Record<string, Handler>> = {
  'checks/create': async (call) => {
    const { repository, app, site } = call;
    const body = call.body as CheckBody;
    validate(body);
    const headSha = body.head_sha ?? '';
    if (!/^[0-9a-f]{40}$/.test(headSha) || (await repository.git.resolve(headSha)) === null) {
      throw new Refusal(422, `No commit found for SHA: ${headSha}`);
    }
    const { world } = site;
    const check = world.add<CheckRun>({
      kind: 'check',
      id: world.nextId(),
      repository,
      headSha,
      suite: world.suite(repository, app, headSha),
      name: body.name ?? '',
      externalId: '',
      detailsUrl: null,
      status: 'queued',
      conclusion: null,
      startedAt: world.now(),
      completedAt: null,
      title: null,
      summary: null,
      text: null,
      annotations: [],
      actions: [],
    });
    repository.checks.push(check);
    apply(call, check, body);
    void site.webhooks.checkRun('created', check, app.bot);
    return { status: 201, body: checkShape(world, check) };
  },
  'checks/update': (call) => {
    const check = checkOf(call);
    const body = call.body as CheckBody;
    if (check.suite.app !== call.app) {
      const message = `Invalid app_id \`${call.app.id}\` - check run can only be modified by the GitHub App that created it.`;
      throw new Refusal(403, message);
    }
    validate(body);
    apply(call, check, body);
    if (check.status === 'completed') void call.site.webhooks.checkRun('completed', check, call.bot);
    return { status: 200, body: checkShape(call.site.world, check) };
  },
  'checks/get': (call) => ({ status: 200, body: checkShape(call.site.world, checkOf(call)) }),
  'checks/list-annotations': (call) => {
    const check = checkOf(call);
    const { items, headers } = paged(call, check.annotations);
    return {
      status: 200,
      body: items.map((annotation) => annotationShape(call.site.world, check, annotation)),
      headers,
    };
  },
  'checks/list-for-ref': async (call) => {
    const { repository, parameters } = call;
    const sha = await repository.git.resolve(call.text('ref'));
    if (sha === null) throw new Refusal(422, `No commit found for SHA: ${call.text('ref')}`);
    const all =
      parameters.filter === 'all'
        ? repository.checks.filter((check) => check.headSha === sha)
        : latestChecks(repository, sha);
    const found = all.filter(
      (check) =>
        (parameters.check_name === undefined || check.name === parameters.check_name) &&
        (parameters.status === undefined || check.status === parameters.status) &&
        (parameters.app_id === undefined || check.suite.app.id === parameters.app_id),
    );
    const { items, headers } = paged(call, found.reverse());
    const body = { total_count: found.length, check_runs: items.map((check) => checkShape(call.site.world, check)) };
    return { status: 200, body, headers };
  },
};

function checkOf(call: Call): CheckRun {
  const check = call.repository.checks.find((candidate) => candidate.id === call.number('check_run_id'));
  if (!check) throw notFound();
  return check;
}

/** What the description can't say. */
function validate(body: CheckBody): void {
  const refuse = (field: string, message: string): never => {
    throw unprocessable('CheckRun', field, message);
  };
  if (body.name?.trim() === '') refuse('name', 'name cannot be blank');
  if (body.status === 'completed' && body.conclusion === undefined)
    refuse('conclusion', 'conclusion is required when status is completed');
  if (body.completed_at !== undefined && body.conclusion === undefined)
    refuse('conclusion', 'conclusion is required with completed_at');
  if (body.conclusion === 'stale') refuse('conclusion', 'stale can only be set by GitHub');
  if ((body.output?.title ?? '').length > MAX_TITLE)
    refuse('title', `title is too long (maximum is ${MAX_TITLE} characters)`);
  for (const annotation of body.output?.annotations ?? []) {
    const problem = annotationProblem(annotation);
    if (problem !== null) refuse('annotations', problem);
  }
}

function annotationProblem(annotation: Annotation): string | null {
  const { path, start_line, end_line, start_column, end_column, message, title, raw_details } = annotation;
  if (path === '' || path.startsWith('/')) return 'path must be relative to the repository';
  if (start_line < 1 || end_line < 1) return 'lines start at 1';
  if (end_line < start_line) return 'end_line must not precede start_line';
  if (start_line !== end_line && (start_column !== undefined || end_column !== undefined)) {
    return 'start_column and end_column can only be given when start_line and end_line are the same';
  }
  if ((start_column ?? 1) < 1 || (end_column ?? 1) < 1) return 'columns start at 1';
  if (message === '') return 'message cannot be blank';
  if (Buffer.byteLength(message) > MAX_MESSAGE) return 'message exceeds a maximum bytesize of 65536';
  if (Buffer.byteLength(raw_details ?? '') > MAX_MESSAGE) return 'raw_details exceeds a maximum bytesize of 65536';
  return (title ?? '').length > MAX_TITLE ? 'title is too long (maximum is 255 characters)' : null;
}

/** Annotations append; everything else replaces what was there, where it was sent. */
function apply(call: Call, check: CheckRun, body: CheckBody): void {
  const { output } = body;
  check.name = body.name ?? check.name;
  check.externalId = body.external_id ?? check.externalId;
  check.detailsUrl = body.details_url ?? check.detailsUrl;
  check.startedAt = body.started_at ?? check.startedAt;
  check.actions = body.actions ?? check.actions;
  check.title = output?.title ?? check.title;
  check.summary = output?.summary ?? check.summary;
  check.text = output?.text ?? check.text;
  check.annotations.push(...(output?.annotations ?? []));
  if (body.conclusion !== undefined) {
    check.status = 'completed';
    check.conclusion = body.conclusion;
    check.completedAt = body.completed_at ?? call.site.world.now();
  } else if (body.status !== undefined) {
    check.status = body.status;
    check.conclusion = null;
    check.completedAt = null;
  }
}
