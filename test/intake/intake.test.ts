import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { understand } from '../../src/intake/intake.ts';
import { placeOf, type Task } from '../../src/queue/tasks.ts';

const head = 'a'.repeat(40);
const arrival = { deliveryId: 'd-1', appId: 42 };
const common = {
  installation: { id: 1 },
  repository: { id: 10, name: 'hello', owner: { login: 'octo' } },
  sender: { id: 5, login: 'ada', type: 'User' },
};
const of = { installationId: 1, repositoryId: 10, owner: 'octo', name: 'hello', deliveryId: 'd-1' };
const pull = { number: 7, head: { sha: head }, base: { ref: 'main' } };
const scan = { kind: 'scan-pull-request', ...of, pull: 7, headHint: head, baseHint: 'main', commentId: null };

function tasks(event: string, payload: object): readonly Task[] | 'ignored' {
  return understand(event, { ...common, ...payload }, arrival).tasks;
}

function comment(body: string, some: object = {}, user: object = { id: 5, login: 'ada', type: 'User' }) {
  return { action: 'created', issue: { number: 7, pull_request: {} }, comment: { id: 9, body, user }, ...some };
}

function checkOf(some: object) {
  return { app: { id: 42 }, head_sha: head, external_id: 'scan:3', pull_requests: [], ...some };
}

const theirs = { number: 3, base: { ref: 'main', repo: { id: 99 } } };
const ours = { number: 7, base: { ref: 'main', repo: { id: 10 } } };

describe('a delivery becomes', () => {
  test.each<[string, string, object, readonly object[]]>([
    ['a scan when opened', 'pull_request', { action: 'opened', pull_request: pull }, [{ ...scan, reason: 'opened' }]],
    [
      'a scan when pushed to',
      'pull_request',
      { action: 'synchronize', pull_request: pull },
      [{ ...scan, reason: 'push' }],
    ],
    [
      'a scan when reopened',
      'pull_request',
      { action: 'reopened', pull_request: pull },
      [{ ...scan, reason: 'reopened' }],
    ],
    [
      'a scan when no draft any more',
      'pull_request',
      { action: 'ready_for_review', pull_request: pull },
      [{ ...scan, reason: 'ready-for-review' }],
    ],
    [
      'a scan when the base changed',
      'pull_request',
      { action: 'edited', pull_request: pull, changes: { base: { ref: { from: 'old' } } } },
      [{ ...scan, reason: 'retarget' }],
    ],
    [
      'nothing when the title changed',
      'pull_request',
      { action: 'edited', pull_request: pull, changes: { title: { from: 'x' } } },
      [],
    ],
    ['nothing when labelled', 'pull_request', { action: 'labeled', pull_request: pull }, []],
    [
      'a closing when closed',
      'pull_request',
      { action: 'closed', pull_request: pull },
      [{ kind: 'close-pull-request', ...of, pull: 7, head }],
    ],
    [
      'a scan for each pull request of this repository when a check is asked for anew',
      'check_run',
      { action: 'rerequested', check_run: checkOf({ pull_requests: [theirs, ours] }) },
      [{ ...scan, reason: 'rerequested' }],
    ],
    [
      'a search for the pull request when GitHub names none, as for forks',
      'check_run',
      { action: 'rerequested', check_run: checkOf({ pull_requests: [theirs] }) },
      [{ kind: 'rescan-commit', ...of, head, externalId: 'scan:3' }],
    ],
    [
      'the same for a suite',
      'check_suite',
      { action: 'rerequested', check_suite: checkOf({ external_id: undefined }) },
      [{ kind: 'rescan-commit', ...of, head, externalId: null }],
    ],
    [
      'nothing for the check of another App',
      'check_run',
      { action: 'rerequested', check_run: checkOf({ app: { id: 43 } }) },
      [],
    ],
    ['nothing for a check that was created', 'check_run', { action: 'created', check_run: checkOf({}) }, []],
    ['nothing for a button, yet', 'check_run', { action: 'requested_action', check_run: checkOf({}) }, []],
    [
      'a scan of a merge group',
      'merge_group',
      {
        action: 'checks_requested',
        merge_group: { head_sha: head, head_ref: 'refs/heads/q', base_sha: head, base_ref: 'refs/heads/main' },
      },
      [{ kind: 'scan-merge-group', ...of, head, headRef: 'refs/heads/q', baseSha: head, baseRef: 'refs/heads/main' }],
    ],
    ['nothing for a merge group that was destroyed', 'merge_group', { action: 'destroyed', merge_group: {} }, []],
    [
      'a forgetting when uninstalled',
      'installation',
      { action: 'deleted' },
      [{ kind: 'forget-installation', installationId: 1, deliveryId: 'd-1' }],
    ],
    ['nothing when suspended', 'installation', { action: 'suspend' }, []],
    [
      'a forgetting when repositories are taken away',
      'installation_repositories',
      { action: 'removed', repositories_removed: [{ id: 10 }, { id: 11 }] },
      [{ kind: 'forget-repositories', installationId: 1, repositoryIds: [10, 11], deliveryId: 'd-1' }],
    ],
    [
      'a forgetting when a repository is deleted',
      'repository',
      { action: 'deleted' },
      [{ kind: 'forget-repositories', installationId: 1, repositoryIds: [10], deliveryId: 'd-1' }],
    ],
    ['nothing for a push', 'push', { ref: 'refs/heads/main' }, []],
    ['nothing for an event that we do not know', 'new_thing', { action: 'x' }, []],
  ])('%s', (_name, event, payload, expected) => {
    expect(tasks(event, payload)).toEqual(expected);
  });

  test('a record of every workflow job', () => {
    const job = {
      id: 20,
      run_id: 30,
      run_attempt: 1,
      status: 'queued',
      conclusion: null,
      workflow_name: 'CI',
      name: 'build',
      head_sha: head,
      head_branch: 'topic',
      labels: ['self-hosted'],
      runner_id: 0,
      runner_name: null,
      created_at: '2026-11-22T12:00:00Z',
      started_at: '2026-11-22T12:00:00Z',
      completed_at: null,
    };
    expect(tasks('workflow_job', { action: 'queued', workflow_job: job })).toMatchObject([
      {
        kind: 'record-workflow-job',
        job: { jobId: 20, runnerId: 0, runnerGroupId: null, labels: ['self-hosted'], status: 'queued' },
      },
    ]);
  });
});

describe('a comment is a command only', () => {
  const answer = [
    {
      kind: 'answer-comment',
      ...of,
      pull: 7,
      commentId: 9,
      author: { id: 5, login: 'ada' },
      command: { name: 'rescan', args: [] },
    },
  ];
  test.each<[string, object, readonly object[]]>([
    ['when a person writes it on a pull request', comment('/gargoyle rescan'), answer],
    ['not when it was edited into one', comment('/gargoyle rescan', { action: 'edited' }), []],
    ['not on an issue', comment('/gargoyle rescan', { issue: { number: 7 } }), []],
    [
      'not from a bot, which may repeat what an outsider wrote',
      comment('/gargoyle rescan', {}, { id: 5, login: 'b[bot]', type: 'Bot' }),
      [],
    ],
    ['not when somebody else sent it', comment('/gargoyle rescan', { sender: { id: 6 } }), []],
    ['not when its author is gone', comment('/gargoyle rescan', {}, null as unknown as object), []],
    ['not when it is ordinary text', comment('the gargoyle says hello'), []],
    ['not when it is quoted', comment('> /gargoyle rescan'), []],
  ])('%s', (_name, payload, expected) => {
    expect(tasks('issue_comment', payload)).toEqual(expected);
  });
});

describe('what is odd is written down and ignored, never a crash', () => {
  test.each<[string, string, unknown]>([
    ['no pull request', 'pull_request', { ...common, action: 'opened' }],
    ['no installation', 'pull_request', { ...common, installation: undefined, action: 'opened', pull_request: pull }],
    ['a number as text', 'pull_request', { ...common, action: 'opened', pull_request: { ...pull, number: '7' } }],
    [
      'a head that is no commit',
      'pull_request',
      { ...common, action: 'opened', pull_request: { ...pull, head: { sha: 'HEAD' } } },
    ],
    ['a huge id', 'installation', { action: 'deleted', installation: { id: 2 ** 60 } }],
    ['a comment without text', 'issue_comment', { ...common, ...comment(null as unknown as string) }],
  ])('%s', (_name, event, payload) => {
    expect(understand(event, payload, arrival).tasks).toBe('ignored');
  });

  test.each([null, 1, 'text', [], [[]], { action: { __proto__: 1 } }])('%j as a payload', (payload) => {
    for (const event of ['pull_request', 'check_run', 'issue_comment', 'workflow_job', 'installation', 'push']) {
      expect(understand(event, payload, arrival)).toMatchObject({
        action: null,
        installationId: null,
        repositoryId: null,
      });
    }
  });

  test('every example that GitHub publishes is understood or ignored', () => {
    const events: readonly { name: string; examples: readonly object[] }[] = createRequire(import.meta.url)(
      '@octokit/webhooks-examples',
    );
    const kinds = new Set<string>();
    for (const { name, examples } of events) {
      for (const example of examples) {
        const { tasks: understood } = understand(
          name,
          { ...example, installation: { id: 1 } },
          { ...arrival, appId: 29310 },
        );
        expect([name, understood]).not.toEqual([name, 'ignored']);
        for (const task of understood) if (typeof task !== 'string') kinds.add(task.kind);
      }
    }
    expect([...kinds].sort()).toEqual(
      expect.arrayContaining([
        'close-pull-request',
        'forget-installation',
        'forget-repositories',
        'record-workflow-job',
        'scan-pull-request',
      ]),
    );
  });
});

test('no name of a queue or key is longer than the library allows, and all are of ids', () => {
  const most = Number.MAX_SAFE_INTEGER;
  const all = [
    ...(tasks('pull_request', {
      action: 'opened',
      repository: { ...common.repository, id: most },
      pull_request: { ...pull, number: most },
    }) as Task[]),
    ...(tasks('merge_group', {
      action: 'checks_requested',
      merge_group: { head_sha: 'b'.repeat(64), head_ref: 'x'.repeat(500), base_sha: head, base_ref: 'x'.repeat(500) },
    }) as Task[]),
  ];
  expect(all).toHaveLength(2);
  for (const { queue, key } of all.map(placeOf))
    expect([(queue ?? '').length <= 128, key.length <= 512]).toEqual([true, true]);
});
