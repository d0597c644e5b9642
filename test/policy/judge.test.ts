import { describe, expect, test } from '@jest/globals';
import { judge, worst } from '../../src/policy/judge.ts';
import type { Policy, Preset, RuleSetting } from '../../src/policy/policy.ts';
import { presetMode } from '../../src/policy/presets.ts';
import type { Mode } from '../../src/policy/verdict.ts';
import { compared, comparison, recommended, subject, worsened } from '../report/sample.ts';

function policyOf(mode: Mode, setBy: RuleSetting['setBy']): Policy {
  const rules = Object.fromEntries(Object.keys(recommended.rules).map((id) => [id, { mode, setBy, locked: false }]));
  return { ...recommended, rules };
}

function preset(name: Preset): Policy {
  const rules = Object.keys(recommended.rules).map((id) => [
    id,
    { mode: presetMode(name, id), setBy: name, locked: false },
  ]);
  return { ...recommended, rules: Object.fromEntries(rules) };
}

const enforced = policyOf('enforce', 'rule');
const outcome = (finding: ReturnType<typeof compared>, policy: Policy) => {
  const { conclusion, findings } = judge(comparison({ findings: [finding] }), policy, subject);
  return { conclusion, mode: findings[0]?.mode, comments: findings[0]?.comments, blocks: findings[0]?.blocks };
};
const FAILS = { conclusion: 'failure', mode: 'enforce', comments: true, blocks: true };
const COMMENTS = { conclusion: 'neutral', mode: 'comment', comments: true, blocks: false };
const OBSERVES = { conclusion: 'neutral', mode: 'observe', comments: false, blocks: false };

describe('what a finding does', () => {
  test.each([
    ['critical and certain', {}, recommended, FAILS],
    ['high and certain', { severity: 'high' }, recommended, FAILS],
    ['only medium', { severity: 'medium' }, recommended, COMMENTS],
    ['only probable', { confidence: 'medium' }, recommended, COMMENTS],
    ['of a rule that recommended leaves to comment', { rule: 'artipacked' }, recommended, COMMENTS],
    ['for information', { severity: 'info' }, recommended, OBSERVES],
    ['a guess: not shown at all', { confidence: 'low' }, recommended, { ...OBSERVES, conclusion: 'success' }],
    [
      'for auditors: not shown at all',
      { audience: 'auditor' },
      recommended,
      { ...FAILS, conclusion: 'success', comments: false, blocks: false },
    ],
    ['of a rule that the catalogue lacks', { rule: 'unheard-of' }, recommended, COMMENTS],
    ['strict takes lower severities', { severity: 'low' }, preset('strict'), FAILS],
    ['strict takes probable ones', { confidence: 'medium' }, preset('strict'), FAILS],
    ['strict leaves information', { severity: 'info' }, preset('strict'), OBSERVES],
    ['strict leaves guesses', { confidence: 'low' }, preset('strict'), { ...OBSERVES, conclusion: 'success' }],
    ['observe observes', {}, preset('observe'), OBSERVES],
    ['an explicit enforce blocks at any severity', { severity: 'info' }, enforced, FAILS],
    ['an explicit enforce blocks on a guess', { confidence: 'low' }, enforced, FAILS],
    [
      'an explicit enforce leaves what is for auditors',
      { audience: 'auditor' },
      enforced,
      { ...FAILS, conclusion: 'success', comments: false, blocks: false },
    ],
    ['an explicit comment comments at any severity', { severity: 'info' }, policyOf('comment', 'rule'), COMMENTS],
    ['off', {}, policyOf('off', 'rule'), { conclusion: 'success', mode: 'off', comments: false, blocks: false }],
  ] as const)('%s', (_, parts, policy, expected) => {
    expect(outcome(compared(parts), policy)).toEqual(expected);
  });

  test.each([
    ['new', compared(), 'failure'],
    ['worsened', worsened(), 'failure'],
    ['persisting', compared({ status: 'persisting' }), 'success'],
  ] as const)('only what is new or worsened gates: %s', (_, finding, conclusion) => {
    expect(outcome(finding, enforced).conclusion).toBe(conclusion);
  });
});

describe('not being able to look is never a pass', () => {
  const unverified = [{ path: 'a.yml', rule: null, reason: 'too large' }] as const;
  const notRun = [{ rule: 'unpinned-uses', reason: 'no answer' }];
  const unasked = notRun.map((one) => ({ ...one, isUnasked: true }));
  test.each([
    ['a file, where something is enforced', { unverified }, recommended, 'failure'],
    ['a file, in a change that touches nothing else of ours', { unverified, changed: [] }, recommended, 'failure'],
    ['a file, where nothing is enforced', { unverified }, preset('observe'), 'neutral'],
    [
      'a file that the change has nothing to do with',
      { unverified: [{ ...unverified[0], persists: true }] },
      recommended,
      'success',
    ],
    ['the policy itself', {}, { ...recommended, unverified }, 'failure'],
    ['the fact of an enforced rule', { notRun }, enforced, 'failure'],
    ['the fact of a rule that comments', { notRun }, policyOf('comment', 'rule'), 'neutral'],
    ['the fact of a rule that is off', { notRun }, policyOf('off', 'rule'), 'success'],
    ['a fact that nobody asked for', { notRun: unasked }, policyOf('comment', 'rule'), 'success'],
    [
      'a fact that nobody asked for, where a preset enforces everything',
      { notRun: unasked },
      preset('strict'),
      'success',
    ],
    [
      'a fact that nobody asked for, of a rule that the policy enforces by name',
      { notRun: unasked },
      policyOf('enforce', 'rule'),
      'failure',
    ],
    ['a fact, in a change that touches nothing that we read', { notRun, changed: [] }, enforced, 'success'],
  ] as const)('%s', (_, parts, policy, conclusion) => {
    expect(judge(comparison(parts), policy, subject).conclusion).toBe(conclusion);
  });
});

test('a change that touches nothing that we read passes', () => {
  expect(judge(comparison({ changed: [] }), enforced, subject).conclusion).toBe('success');
});

test('a verdict is plain data, with the subject, the policy and its notices in it', () => {
  const verdict = judge(comparison({ findings: [compared()] }), { ...recommended, id: 'abc', notices: ['x'] }, subject);
  expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict);
  expect(verdict).toMatchObject({ ...subject, policy: 'abc', notices: ['x'] });
});

test('what blocks comes first, then the most severe, then by place', () => {
  const findings = [
    compared({ rule: 'artipacked', severity: 'medium', line: 1 }),
    compared({ line: 30 }),
    compared({ line: 20 }),
    compared({ status: 'persisting', line: 2 }),
    compared({ severity: 'high', line: 3 }),
  ];
  expect(judge(comparison({ findings }), recommended, subject).findings.map(({ line }) => line)).toEqual([
    20, 30, 3, 1, 2,
  ]);
});

describe('the worst verdict of a commit', () => {
  const of = (conclusion: 'success' | 'neutral' | 'failure', pull: number) => ({
    ...judge(comparison(), recommended, { ...subject, pull }),
    conclusion,
  });
  test.each([
    ['none', [], undefined],
    ['the only one', [of('success', 1)], 1],
    ['a failure', [of('success', 1), of('failure', 2), of('neutral', 3)], 2],
    ['neutral before success', [of('success', 1), of('neutral', 2)], 2],
    ['of equals the first', [of('failure', 1), of('failure', 2)], 1],
  ])('%s', (_, verdicts, pull) => {
    expect(worst(verdicts)?.pull).toBe(pull);
  });
});

test('recommended enforces at most ten rules', () => {
  const ids = [
    'template-injection',
    'dangerous-triggers',
    'untrusted-checkout',
    'untrusted-checkout-exec',
    'unpinned-uses',
    'abbreviated-sha',
    'missing-permissions',
    'excessive-permissions',
    'artipacked',
    'secrets-inherit',
    'overprovisioned-secrets',
    'self-hosted-runner',
    'personal-access-token',
  ];
  const enforcedIds = ids.filter((id) => presetMode('recommended', id) === 'enforce');
  expect(enforcedIds.length).toBeGreaterThan(0);
  expect(enforcedIds.length).toBeLessThanOrEqual(10);
  expect(ids.every((id) => presetMode('strict', id) === 'enforce' && presetMode('observe', id) === 'observe')).toBe(
    true,
  );
});
