import { describe, expect, test } from '@jest/globals';
import type { Exposure } from '../../src/engine/finding.ts';
import { wayOf, whatItReaches, whatRose, whereItRuns, whoStarts } from '../../src/report/exposure.ts';

const plain: Exposure = {
  reach: 'insider',
  triggers: ['push'],
  token: { kind: 'declared', scopes: {} },
  secrets: [],
  runner: 'hosted',
};

describe('who can start it', () => {
  test.each<[string, Partial<Exposure>, string]>([
    ['writers', {}, 'people with write access (`push`)'],
    ['writers, by nothing that is named', { triggers: [] }, 'people with write access'],
    [
      'outsiders',
      { reach: 'outsider-privileged', triggers: ['pull_request_target'] },
      'anyone who can open a pull request (`pull_request_target`)',
    ],
    [
      'by several ways, each said once',
      {
        reach: 'outsider-unprivileged',
        triggers: ['issue_comment', 'issues', 'pull_request', 'pull_request_target', 'push'],
      },
      'anyone who can comment, open an issue or open a pull request (`issue_comment`, `issues`, `pull_request`, `pull_request_target`, `push`)',
    ],
    [
      'by a way that we have no words for',
      { reach: 'outsider-privileged', triggers: ['new_event'] },
      'anyone outside (`new_event`)',
    ],
    [
      'more events than a person reads',
      { triggers: Array.from({ length: 10 }, (_, index) => `e${index}`) },
      'people with write access (`e0`, `e1`, `e2`, `e3`, `e4`, `e5`, `e6`, `e7` and 2 more)',
    ],
  ])('%s', (_, parts, expected) => {
    expect(whoStarts({ ...plain, ...parts })).toBe(expected);
  });
});

describe('what it reaches', () => {
  test.each<[string, Partial<Exposure>, string]>([
    ['nothing', {}, 'a token without permissions; no secrets'],
    [
      'the default token',
      { token: { kind: 'default' } },
      "a token with the repository's default permissions, which the text does not show; no secrets",
    ],
    [
      'scopes, writes first',
      { token: { kind: 'declared', scopes: { actions: 'read', issues: 'write' } } },
      'a token with `issues: write`, `actions: read`; no secrets',
    ],
    ['secrets', { secrets: ['A', 'B'] }, 'a token without permissions; the secrets `A`, `B`'],
    ['every secret', { secrets: ['*', 'A'] }, 'a token without permissions; every secret'],
    [
      "a fork's run holds less",
      { reach: 'outsider-unprivileged', secrets: ['A'] },
      'a read-only token and no secrets when started from a fork; otherwise a token without permissions; the secret `A`',
    ],
  ])('%s', (_, parts, expected) => {
    expect(whatItReaches({ ...plain, ...parts })).toBe(expected);
  });
});

test.each([
  ['jobs.build.steps.test', 'job `build`, step `test`, on a GitHub-hosted runner'],
  ['jobs.build.steps.run.1', 'job `build`, step `run.1`, on a GitHub-hosted runner'],
  ['jobs.build', 'job `build`, on a GitHub-hosted runner'],
  ['on', '`on`, on a GitHub-hosted runner'],
  ['', "this file's jobs, on a GitHub-hosted runner"],
])('where %s runs', (route, expected) => {
  expect(whereItRuns({ rule: 'r', path: 'p', route, subject: '' }, plain)).toBe(expected);
});

describe('what rose', () => {
  const scopes = (given: Record<string, 'read' | 'write'>) => ({ token: { kind: 'declared', scopes: given } }) as const;
  test.each<[string, Partial<Exposure>, Partial<Exposure>, string]>([
    [
      'who can start it',
      {},
      { reach: 'outsider-privileged', triggers: ['issues', 'push'] },
      'anyone who can open an issue (`issues`, `push`) can start it now',
    ],
    ['another trigger of the same reach', {}, { triggers: ['push', 'schedule'] }, '`schedule` starts it too'],
    ['a scope', scopes({ contents: 'read' }), scopes({ contents: 'write' }), 'its token gained `contents: write`'],
    [
      'a declared token gave way to the default',
      scopes({}),
      { token: { kind: 'default' } },
      "its token has the repository's default permissions now",
    ],
    ['a secret', { secrets: ['A'] }, { secrets: ['A', 'B'] }, 'it gained the secret `B`'],
    ['the runner', {}, { runner: 'self-hosted' }, 'it runs on a self-hosted runner now'],
    [
      'what was unknown and is known',
      { token: { kind: 'default' }, runner: 'unknown' },
      { runner: 'hosted' },
      'there is more of it, or more can reach it, or it can reach more, than before',
    ],
  ])('%s', (_, before, after, expected) => {
    expect(whatRose({ ...plain, ...before }, { ...plain, ...after })).toBe(expected);
  });
});

test('a habit of the whole repository has no story of its own', () => {
  const identity = { rule: 'unpinned-uses', path: '', route: '', subject: 'x' };
  expect(wayOf(identity, plain)).toEqual([
    ['Runs in', 'jobs all over the repository, with whatever each of them holds'],
  ]);
  expect(wayOf({ ...identity, path: 'a.yml' }, plain).map(([label]) => label)).toEqual([
    'Started by',
    'Runs in',
    'Reaches',
  ]);
});
