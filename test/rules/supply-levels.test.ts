import { describe, expect, test } from '@jest/globals';
import type { Rule } from '../../src/engine/rule.ts';
import { actionUpdateReview } from '../../src/rules/action-update-review.ts';
import { archivedUses } from '../../src/rules/archived-uses.ts';
import { deprecatedNodeRuntime } from '../../src/rules/deprecated-node-runtime.ts';
import { impostorCommit } from '../../src/rules/impostor-commit.ts';
import { knownVulnerableActions } from '../../src/rules/known-vulnerable-actions.ts';
import { permissionDelta } from '../../src/rules/permission-delta.ts';
import { policySelfChange } from '../../src/rules/policy-self-change.ts';
import { refConfusion } from '../../src/rules/ref-confusion.ts';
import { refVersionMismatch } from '../../src/rules/ref-version-mismatch.ts';
import { repoJacking } from '../../src/rules/repo-jacking.ts';
import { staleActionRefs } from '../../src/rules/stale-action-refs.ts';
import { staleBranchTrigger } from '../../src/rules/stale-branch-trigger.ts';
import { transitivelyUnpinnedAction } from '../../src/rules/transitively-unpinned-action.ts';
import { typosquatUses } from '../../src/rules/typosquat-uses.ts';
import { unusedSecret } from '../../src/rules/unused-secret.ts';
import { unverifiedCreator } from '../../src/rules/unverified-creator.ts';
import { vulnerableBuildPlatform } from '../../src/rules/vulnerable-build-platform.ts';
import { analyzeFiles, examplesOf } from './fixtures.ts';

/** What the fixtures of the rules on other repositories don't say by themselves: who is shown what, and that nobody is shown anything else. */

const rules: readonly Rule[] = [
  actionUpdateReview,
  archivedUses,
  deprecatedNodeRuntime,
  impostorCommit,
  knownVulnerableActions,
  permissionDelta,
  policySelfChange,
  refConfusion,
  refVersionMismatch,
  repoJacking,
  staleActionRefs,
  staleBranchTrigger,
  transitivelyUnpinnedAction,
  typosquatUses,
  unusedSecret,
  unverifiedCreator,
  vulnerableBuildPlatform,
];

describe.each(rules.map((rule) => ({ id: rule.id, rule })))('$id', ({ id, rule }) => {
  test.each(examplesOf(id).map((example) => [example.why, example] as const))('%s', (why, example) => {
    const { findings } = analyzeFiles(example.files, [rule], example);
    // Neither pedants nor auditors are shown anything on a line that is not marked.
    expect([...new Set(findings.map(({ path, line }) => `${path}:${line}`))].sort()).toEqual([...example.marks].sort());
    const audience = why.startsWith('for pedants')
      ? 'pedantic'
      : why.startsWith('for auditors')
        ? 'auditor'
        : 'regular';
    const shown = findings.map((one) => (one.confidence === 'low' ? 'auditor' : one.audience));
    expect(new Set(shown)).toEqual(
      new Set(example.isBad ? [rule.audience === 'pedantic' ? 'pedantic' : audience] : []),
    );
  });
});

test.each([
  ['impostor-commit', 'a commit of a fork under the name of the repository', 'critical high'],
  ['ref-version-mismatch', 'the comment names a tag that is at another commit', 'medium high'],
  ['known-vulnerable-actions', 'several advisories', 'critical high'],
  ['known-vulnerable-actions', 'only the comment says the version', 'high medium'],
  ['known-vulnerable-actions', 'known without asking: code', 'high high, critical high, high high'],
  ['known-vulnerable-actions', 'malware', 'critical high, critical high'],
  ['repo-jacking', 'nobody has the account', 'critical high'],
  ['repo-jacking', 'the account is there', 'medium medium'],
  ['repo-jacking', 'it has moved', 'high high, critical high, medium high'],
  ['typosquat-uses', 'it is there', 'high high'],
  ['typosquat-uses', 'a repository that its owner does not have', 'medium medium, medium medium'],
  ['typosquat-uses', 'a called workflow', 'high medium'],
  ['transitively-unpinned-action', 'a composite action', 'medium high'],
  ['transitively-unpinned-action', 'for pedants', 'info high'],
  ['deprecated-node-runtime', 'for auditors, only the comment', 'medium low'],
  ['action-update-review', 'a pin moves', 'medium high'],
  ['action-update-review', 'for pedants: a release', 'info high'],
  ['permission-delta', 'anyone can start', 'info high'],
])('%s, %s: %s', (id, start, expected) => {
  const rule = rules.filter((one) => one.id === id);
  const [example] = examplesOf(id).filter(({ why }) => why.startsWith(start));
  const { findings } = analyzeFiles(example?.files ?? [], rule, example);
  expect(findings.map(({ severity, confidence }) => `${severity} ${confidence}`).join(', ')).toBe(expected);
});
