import { describe, expect, test } from '@jest/globals';
import { ExpressionError, parseExpression } from '../../../src/engine/expression/parse.ts';
import { contextTexts, isFixedContext } from '../../../src/engine/taint/contexts.ts';

function texts(source: string, serialised = false) {
  const expr = parseExpression(source);
  if (expr instanceof ExpressionError || expr.kind !== 'access') throw new Error(`${source} is no path`);
  return contextTexts(expr.path.slice(1), serialised);
}

/** Protects the base of every injection rule: a path that is taken for harmless is an attacker whom nobody reports. */
describe('what stands at a path of github', () => {
  test.each([
    ['github.event.issue.title', 'line', 'outsider'],
    ['github.event.issue.body', 'arbitrary', 'outsider'],
    ['github.event.comment.body', 'arbitrary', 'outsider'],
    ['github.event.review.body', 'arbitrary', 'outsider'],
    ['github.event.discussion.title', 'line', 'outsider'],
    ['github.event.changes.title.from', 'line', 'outsider'],
    ['github.event.comment.path', 'path', 'outsider'],
    ['github.event.commits[0].message', 'arbitrary', 'outsider'],
    ['github.event.commits.*.author.name', 'line', 'outsider'],
    ['github.event.commits.*.added', 'path', 'outsider'],
    ['github.event.head_commit.modified[1]', 'path', 'outsider'],
    ['github.event.workflow_run.head_commit.author.email', 'line', 'outsider'],
    ['github.head_ref', 'ref', 'outsider'],
    ["github.event['pull_request']['Head'].REF", 'ref', 'outsider'],
    ['github.event.workflow_run.head_branch', 'ref', 'outsider'],
    ['github.event.workflow_run.pull_requests[0].head.ref', 'ref', 'outsider'],
    ['github.event.pull_request.head.repo.default_branch', 'ref', 'outsider'],
    ['github.event.pages[0].title', 'line', 'outsider'],
    ['github.event.check_run.output.summary', 'arbitrary', 'outsider'],
    ['github.event.deployment.payload.a.b.c', 'arbitrary', 'outsider'],
    ['github.event.deployment_status.target_url', 'line', 'outsider'],
    ['github.event.label.name', 'line', 'writer'],
    ['github.event.release.body', 'arbitrary', 'writer'],
    ['github.ref_name', 'ref', 'writer'],
    ['github.event.client_payload.anything', 'arbitrary', 'writer'],
    ['github.actor', 'structured', 'outsider'],
    ['github.event.pull_request.user.login', 'structured', 'outsider'],
    ['github.event.pull_request.head.repo.full_name', 'structured', 'outsider'],
  ])('%s: %s of a %s', (path, text, author) => {
    const [found, ...more] = texts(path);
    expect(found).toMatchObject({ text, author, known: true });
    expect(more).toEqual([]);
  });

  test.each([
    'github.sha',
    'github.event.before',
    'github.event.number',
    'github.event.pull_request.head.sha',
    'github.event.pull_request.merge_commit_sha',
    'github.event.pull_request.created_at',
    'github.event.pull_request.head.repo.fork',
    'github.event.pull_request.changed_files',
    'github.event.merge_group.base_sha',
    'github.event.issue.html_url',
    'github.event.comment.author_association',
    'github.event.workflow_run.conclusion',
    'github.event.workflow_run.name',
    'github.event.repository.default_branch',
    'github.event_name',
    'github.run_id',
    'github.workspace',
    'github.job',
    'github.server_url',
  ])('%s is nobody’s text', (path) => {
    expect(texts(path).map(({ text, known }) => ({ text, known }))).toEqual([{ text: 'fixed', known: true }]);
  });

  test.each(['github.event.something.new', 'github.brand_new', 'github.event.issue.subtitle'])(
    '%s is not known, and is not passed over',
    (path) => {
      expect(texts(path)).toMatchObject([{ known: false, author: 'outsider' }]);
    },
  );

  test.each([
    ['github.event.*.body', 'github.event.issue.body'],
    ['github.event.*.title', 'github.event.pull_request.title'],
    ['github.event.issue[matrix.field]', 'github.event.issue.title'],
    ['github.event.issue[matrix.field]', 'github.event.issue.body'],
    ['github[matrix.name]', 'github.head_ref'],
  ])('%s may be %s', (path, name) => {
    expect(texts(path).map((found) => found.name)).toContain(name);
  });

  test.each([
    ['github', 'github.event.comment.body'],
    ['github.event', 'github.event.comment.body'],
    ['github.event.pull_request', 'github.event.pull_request.head.ref'],
    ['github.event.commits', 'github.event.commits.*.message'],
  ])('%s written out holds %s', (path, name) => {
    expect(
      texts(path, true)
        .filter(({ known }) => known)
        .map((found) => found.name),
    ).toContain(name);
    expect(texts(path).every(({ known }) => !known)).toBe(true);
  });

  test('an event is named where only some have the text', () => {
    expect(texts('github.event.comment.body')[0]?.events).toContain('issue_comment');
    expect(texts('github.event.comment.body')[0]?.events).not.toContain('push');
    expect(texts('github.actor')[0]?.events).toBeNull();
  });

  test('a path of thousands of names is read in no time, and is not known', () => {
    const [found] = contextTexts(['event', ...Array.from({ length: 20_000 }, () => '*')], true);
    expect(found).toMatchObject({ known: false });
  });
});

test.each([
  [['needs', 'a', 'result'], true],
  [['steps', 'a', 'outcome'], true],
  [['steps', 'a', 'conclusion'], true],
  [['runner', 'os'], true],
  [['steps', 'a', 'outputs', 'b'], false],
  [['needs', 'a', 'outputs', 'result'], false],
])('%j fixed: %s', (path, isFixed) => {
  expect(isFixedContext(path)).toBe(isFixed);
});
