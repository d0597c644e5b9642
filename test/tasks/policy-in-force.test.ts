import { describe, expect, test } from '@jest/globals';
import type { PolicyFile } from '../../src/github/policies.ts';
import { policyInForce } from '../../src/tasks/policy-in-force.ts';
import { givenTools, place } from './given.ts';

const text = (mode: string) => `rules:\n  unpinned-uses: { mode: ${mode} }\n`;

function file(name: string, current: PolicyFile['current'], isRepositoryThere = true): PolicyFile {
  const path = name === 'site' ? '.github/gargoyle.yml' : 'gargoyle.yml';
  return { owner: 'octo', name, path, isRepositoryThere, current };
}

const policy = (mode: string) => ({ oid: mode, text: text(mode) });
const absent = {
  privately: file('.github-private', null, false),
  publicly: file('.github', null, false),
  own: file('site', null),
};

async function modeOf(files: Partial<typeof absent>, lastGood: Record<string, string> = {}) {
  const { tools, store } = givenTools();
  for (const [name, mode] of Object.entries(lastGood))
    store.policies.set(`octo/${name}`, { path: 'gargoyle.yml', ...policy(mode) });
  const { privately, publicly, own } = { ...absent, ...files };
  const found = await policyInForce(tools, place, { organisation: [privately, publicly], repository: own });
  return { mode: found.rules['unpinned-uses']?.mode, notices: found.notices, store };
}

describe('which policy is in force', () => {
  test.each([
    [
      'the organisation’s private one',
      { privately: file('.github-private', policy('observe')), publicly: file('.github', policy('off')) },
      'observe',
    ],
    [
      'else its public one',
      { privately: file('.github-private', null), publicly: file('.github', policy('off')) },
      'off',
    ],
    [
      'the repository’s over it',
      { publicly: file('.github', policy('observe')), own: file('site', policy('enforce')) },
      'enforce',
    ],
  ])('%s', async (_, files, mode) => {
    const found = await modeOf(files);
    expect(found.mode).toBe(mode);
    expect([...found.store.policies.values()].map((kept) => kept.oid)).toContain(mode);
  });

  test('a broken one gives way to its last good version, and is not kept', async () => {
    const broken = { oid: 'broken', text: 'rules: [' };
    const found = await modeOf({ privately: file('.github-private', broken) }, { '.github-private': 'enforce' });
    expect(found.mode).toBe('enforce');
    expect(found.notices).toHaveLength(1);
    expect(found.store.policies.get('octo/.github-private')?.oid).toBe('enforce');
  });

  test('a policy repository that is deleted or taken away does not switch the guard off (T2)', async () => {
    const found = await modeOf({}, { '.github-private': 'enforce' });
    expect(found.mode).toBe('enforce');
    expect(found.notices).toHaveLength(1);
  });

  test('a policy file that is deleted is gone', async () => {
    const found = await modeOf({ privately: file('.github-private', null) }, { '.github-private': 'off' });
    expect(found.mode).not.toBe('off');
    expect(found.notices).toEqual([]);
  });
});
