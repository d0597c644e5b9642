import { describe, expect, test } from '@jest/globals';
import { effectivePolicy } from '../../src/policy/merge.ts';
import type { PolicySource } from '../../src/policy/policy.ts';
import { catalogue } from '../report/sample.ts';

const source = (text: string | null, lastGood: string | null = null): PolicySource => ({
  place: 'octo/site/.github/gargoyle.yml',
  current: text === null ? null : { oid: `oid of ${text.length}`, text },
  lastGood: lastGood === null ? null : { oid: 'good', text: lastGood },
});
const unreadable = (lastGood: string | null): PolicySource => ({
  ...source(null, lastGood),
  current: { unverified: 'a symbolic link' },
});
const inForce = (organisation: PolicySource | string | null, repository: PolicySource | string | null) =>
  effectivePolicy(
    {
      organisation: typeof organisation === 'string' ? source(organisation) : organisation,
      repository: typeof repository === 'string' ? source(repository) : repository,
    },
    catalogue,
  );
/** `mode` and who set it, of unpinned-uses. */
const of = (policy: ReturnType<typeof inForce>) => {
  const setting = policy.rules['unpinned-uses'];
  return `${setting?.mode} by ${setting?.setBy}${setting?.locked ? ', locked' : ''}`;
};
const rule = (body: string) => `rules:\n  unpinned-uses: { ${body} }\n`;
const BROKEN = 'extends: nothing\n';

describe('organisation, then repository', () => {
  test.each([
    ['neither', null, null, 'enforce by recommended'],
    ['both empty', '', '', 'enforce by recommended'],
    ['a preset of the organisation', 'extends: observe', null, 'observe by observe'],
    ['a preset of the repository replaces it', 'extends: observe', 'extends: strict', 'enforce by strict'],
    ['a repository may loosen', null, rule('mode: off'), 'off by rule'],
    ['a repository may loosen by a preset', 'extends: strict', 'extends: observe', 'observe by observe'],
    [
      'what the organisation names, a preset does not undo',
      rule('mode: enforce'),
      'extends: observe',
      'enforce by rule',
    ],
    [
      'what the organisation names, the repository may name otherwise',
      rule('mode: enforce'),
      rule('mode: comment'),
      'comment by rule',
    ],
    [
      'locked: not loosened by naming',
      rule('mode: enforce, locked: true'),
      rule('mode: off'),
      'enforce by rule, locked',
    ],
    [
      'locked: not loosened by a preset',
      rule('mode: comment, locked: true'),
      'extends: observe',
      'comment by rule, locked',
    ],
    ['locked: tightened', rule('mode: comment, locked: true'), rule('mode: enforce'), 'enforce by rule, locked'],
    [
      'locked without a mode: the preset holds',
      `extends: strict\n${rule('locked: true')}`,
      rule('mode: observe'),
      'enforce by strict, locked',
    ],
    [
      'locked: a preset is widened by naming the same mode',
      rule('locked: true'),
      rule('mode: enforce'),
      'enforce by rule, locked',
    ],
    [
      'locked: strict is tighter than recommended',
      rule('locked: true'),
      'extends: strict',
      'enforce by strict, locked',
    ],
    [
      'locked: recommended is not tighter than strict',
      `extends: strict\n${rule('locked: true')}`,
      'extends: recommended',
      'enforce by strict, locked',
    ],
  ])('%s', (_, organisation, repository, expected) => {
    expect(of(inForce(organisation, repository))).toBe(expected);
  });

  test("options: the repository's over the organisation's, one by one", () => {
    const policy = inForce(
      'rules: { self-hosted-runner: { groups: [a], hosted: true } }',
      'rules: { self-hosted-runner: { groups: [b] } }',
    );
    expect(policy.options).toEqual({ 'self-hosted-runner': { groups: ['b'], hosted: true } });
  });

  test('a lock holds the options too: what is trusted is not widened beside it', () => {
    const policy = inForce(rule('locked: true, trusted: [octo/*]'), rule('mode: off, trusted: ["*"]'));
    expect(policy.options).toEqual({ 'unpinned-uses': { trusted: ['octo/*'] } });
    expect(policy.notices).toEqual([
      "`unpinned-uses` is locked by the organisation's policy: the repository's mode `off` is not used, and the repository's options are not used.",
    ]);
  });

  test('every rule of the catalogue has a setting, and the result is plain data', () => {
    const policy = inForce(null, null);
    expect(Object.keys(policy.rules)).toEqual(catalogue.map(({ id }) => id));
    expect(JSON.parse(JSON.stringify(policy))).toEqual(policy);
  });

  test('the id names what is in force', () => {
    expect(inForce(null, null).id).toBe('default');
    expect(inForce('extends: strict', null).id).toBe('oid of 15');
    expect(inForce('extends: strict', 'extends: observe').id).toBe('oid of 15+oid of 16');
    expect(inForce(null, source(BROKEN, 'extends: observe')).id).toBe('good');
  });

  test('what parses is to be kept as the last good version', () => {
    expect(inForce('', '').good).toEqual(['organisation', 'repository']);
    expect(inForce(BROKEN, '').good).toEqual(['repository']);
    expect(inForce(null, source(BROKEN, '')).good).toEqual([]);
  });
});

// A broken or unreadable policy never switches the guard off.
describe('a policy that cannot be used', () => {
  test('the last good one stays in force, and a notice says so', () => {
    const policy = inForce(null, source(BROKEN, rule('mode: comment')));
    expect(of(policy)).toBe('comment by rule');
    expect(policy.notices).toEqual([
      'The policy `octo/site/.github/gargoyle.yml` is broken (line 1, column 10: `extends` is one of `observe`, `recommended`, `strict`, not `nothing`); its last good version stays in force.',
    ]);
    expect(policy.unverified).toEqual([]);
  });

  test('of the organisation’s, which may be private, a check quotes nothing (T25)', () => {
    const [notice] = inForce('rules: { our-secret-plan: { mode: off } }', null).notices;
    expect(notice).toContain('line 1, column 10');
    expect(notice).not.toContain('our-secret-plan');
  });

  test('no good one is known: recommended, and a notice says so', () => {
    const policy = inForce(null, BROKEN);
    expect(of(policy)).toBe('enforce by recommended');
    expect(policy.notices).toEqual([expect.stringContaining('no good version of it is known')]);
  });

  test('the last good one is broken too, for a rule that is no more', () => {
    expect(of(inForce(null, source(BROKEN, 'rules: { gone: { mode: off } }')))).toBe('enforce by recommended');
  });

  test("the organisation's is lost: its locks are unknown, so the repository only tightens", () => {
    expect(of(inForce(BROKEN, rule('mode: off')))).toBe('enforce by recommended, locked');
    expect(of(inForce(BROKEN, rule('mode: enforce')))).toBe('enforce by rule, locked');
    expect(inForce(BROKEN, 'extends: observe').notices).toHaveLength(1);
  });

  test("the repository's is lost: the organisation's holds", () => {
    expect(of(inForce('extends: strict', BROKEN))).toBe('enforce by strict');
  });

  test('unreadable, with a last good one', () => {
    const policy = inForce(null, unreadable(rule('mode: comment')));
    expect(of(policy)).toBe('comment by rule');
    expect(policy.notices).toEqual([
      expect.stringContaining('could not be read (a symbolic link); its last good version'),
    ]);
    expect(policy.unverified).toEqual([]);
  });

  test('unreadable without one: not being able to look is never a pass', () => {
    expect(inForce(null, unreadable(null)).unverified).toEqual([
      { path: 'octo/site/.github/gargoyle.yml', rule: null, reason: 'a symbolic link' },
    ]);
  });

  test('a deleted policy is no broken one', () => {
    const policy = inForce(null, source(null, rule('mode: off')));
    expect(of(policy)).toBe('enforce by recommended');
    expect(policy.notices).toEqual([]);
  });

  test('a hundred mistakes are three in the notice', () => {
    const text = Array.from({ length: 30 }, (_, index) => `bad${index}: 1`).join('\n');
    expect(inForce(null, text).notices[0]).toContain('and 27 more');
  });
});
