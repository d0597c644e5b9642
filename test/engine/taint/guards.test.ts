import { describe, expect, test } from '@jest/globals';
import { guardsOf } from '../../../src/engine/taint/guards.ts';
import { jobOf } from '../given.ts';

/** What stands before the last step of the job `use`, as `how (kind)`. */
function guards(event: string, lines: readonly string[], steps: readonly string[] = []): string {
  const text = [`on: ${event}`, 'jobs:', ...lines.map((line) => `  ${line}`), '  use:', '    runs-on: ubuntu-latest'];
  const all = [
    ...text,
    '    needs: [before]',
    '    steps:',
    ...steps.map((line) => `      ${line}`),
    '      - run: make',
  ];
  const hasBefore = lines.length > 0;
  const job = jobOf(all.filter((line) => hasBefore || !line.includes('needs:')).join('\n'), 'use');
  const step = job.steps.at(-1);
  return step
    ? guardsOf(step, event)
        .map(({ how, kind }) => `${how} (${kind})`)
        .join(', ')
    : 'no step';
}

/** The same, for a condition at the last step. */
function guardedBy(event: string, condition: string): string {
  const text = `on: ${event}\njobs:\n  use:\n    runs-on: x\n    steps:\n      - if: ${JSON.stringify(condition)}\n        run: make\n`;
  const [step] = jobOf(text).steps;
  return step
    ? guardsOf(step, event)
        .map(({ how }) => how)
        .join(', ')
    : 'no step';
}

/** Protects both sides: a guard that is none hides an open door, and one that is missed cries wolf. */
describe('conditions', () => {
  test.each([
    ['pull_request_target', 'github.event.pull_request.head.repo.full_name == github.repository', 'same-repository'],
    ['pull_request_target', 'github.event.pull_request.head.repo.fork == false', ''],
    ['pull_request_target', "github.event.label.name == 'ok'", 'label'],
    ['pull_request_target', "contains(github.event.label.name, 'ok')", 'label'],
    ['issues', "github.event.label.name == 'ok'", ''],
    ['pull_request_target', "contains(github.event.pull_request.labels.*.name, 'ok')", 'labels'],
    ['pull_request_target', "contains(join(github.event.pull_request.labels.*.name), 'ok')", 'labels'],
    ['pull_request_target', "!contains(github.event.pull_request.labels.*.name, 'no')", ''],
    ['pull_request_target', "github.event.pull_request.author_association == 'MEMBER'", 'author'],
    ['pull_request_target', "github.event.pull_request.author_association != 'NONE'", ''],
    ['pull_request_target', "github.event.pull_request.user.login == 'dependabot[bot]'", 'author'],
    ['pull_request_target', "github.actor == 'dependabot[bot]'", ''],
    ['pull_request_target', 'contains(fromJSON(\'["renovate[bot]"]\'), github.actor)', ''],
    ['pull_request_target', "github.actor == 'octo'", 'starter'],
    ['issue_comment', "github.event.comment.author_association == 'OWNER'", 'starter'],
    ['issue_comment', "github.event.issue.author_association == 'OWNER'", 'author'],
    ['issue_comment', 'contains(fromJSON(\'["octo"]\'), github.event.comment.user.login)', 'starter'],
    ['issue_comment', "github.event.comment.body == '/deploy'", ''],
    ['issue_comment', "github.event.comment.author_association == 'OWNER' || true", ''],
    ['issue_comment', "github.ref == 'refs/heads/main'", ''],
    ['pull_request_review', "github.event.review.state == 'approved'", ''],
  ])('%s if %s: %j', (event, condition, expected) => {
    expect(guardedBy(event, condition)).toBe(expected);
  });
});

const CHECK = '- { id: who, uses: actions-cool/check-user-permission@v2 }';

describe('steps and jobs before', () => {
  test.each<[string, readonly string[], readonly string[], string]>([
    ['an action that fails', [], ['- uses: prince-chrismc/check-actor-permissions-action@v3'], 'permission (soft)'],
    ['an action whose answer nobody reads', [], [CHECK], ''],
    [
      'a script that fails',
      [],
      ['- run: gh api repos/o/r/collaborators/$GITHUB_ACTOR/permission | grep -q admin || exit 1'],
      'permission (soft)',
    ],
    ['a script that only prints', [], ['- run: echo $(gh api repos/o/r/collaborators/x/permission)'], ''],
    ['it may fail', [], ['- { continue-on-error: true, run: "gh api repos/o/r/collaborators/x || exit 1" }'], ''],
    ['Dependabot’s commits', [], ['- uses: dependabot/fetch-metadata@v2'], 'dependabot (hard)'],
    ['without the proof', [], ['- { uses: dependabot/fetch-metadata@v2, with: { skip-verification: true } }'], ''],
    [
      'a job that fails',
      ['before:', '  runs-on: x', '  steps:', '    - run: gh api orgs/o/members/x || exit 1'],
      [],
      'permission (soft)',
    ],
    [
      'a job with a condition',
      ['before:', '  runs-on: x', "  if: github.actor == 'octo'", '  steps: []'],
      [],
      'starter (soft)',
    ],
    ['a job without one', ['before:', '  runs-on: x', '  steps: [{ run: make }]'], [], ''],
  ])('%s', (_, jobs, steps, expected) => {
    expect(guards('issue_comment', jobs, steps)).toBe(expected);
  });

  test('an output counts where it is tested, and always() runs past a failure', () => {
    const text = (condition: string) =>
      `on: issue_comment\njobs:\n  use:\n    runs-on: x\n    steps:\n      ${CHECK}\n      - { if: "${condition}", run: make }\n`;
    const found = (condition: string) => {
      const step = jobOf(text(condition)).steps[1];
      return step ? guardsOf(step, 'issue_comment').length : -1;
    };
    expect(found("steps.who.outputs.require-result == 'true'")).toBe(1);
    expect(found("steps.who.outputs.require-result != 'false'")).toBe(0);
    expect(found('always()')).toBe(0);
  });
});
