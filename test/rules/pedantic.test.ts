import { describe, expect, test } from '@jest/globals';
import type { Rule } from '../../src/engine/rule.ts';
import { anonymousDefinition } from '../../src/rules/anonymous-definition.ts';
import { cacheBloat } from '../../src/rules/cache-bloat.ts';
import { concurrencyLimits } from '../../src/rules/concurrency-limits.ts';
import { dependabotCooldown } from '../../src/rules/dependabot-cooldown.ts';
import { missingCodeScanning } from '../../src/rules/missing-code-scanning.ts';
import { missingDependencyReview } from '../../src/rules/missing-dependency-review.ts';
import { missingTimeout } from '../../src/rules/missing-timeout.ts';
import { scannerTriggerScope } from '../../src/rules/scanner-trigger-scope.ts';
import { unnecessaryAdvancedConfig } from '../../src/rules/unnecessary-advanced-config.ts';
import { workflowCodeowners } from '../../src/rules/workflow-codeowners.ts';
import { analyzeFiles, examplesOf } from './fixtures.ts';

/** Protects pedants: what only they are shown is not looked for in good examples elsewhere, so a rule could say it of everything. */
const rules: readonly Rule[] = [
  anonymousDefinition,
  cacheBloat,
  concurrencyLimits,
  dependabotCooldown,
  missingCodeScanning,
  missingDependencyReview,
  missingTimeout,
  scannerTriggerScope,
  unnecessaryAdvancedConfig,
  workflowCodeowners,
];

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test.each(examplesOf(id).map((example) => [example.why, example] as const))('%s', (_why, example) => {
    const { findings } = analyzeFiles(example.files, [rule], example);
    const found = new Set(findings.map(({ path, line }) => `${path}:${line}`));
    expect([...found].sort()).toEqual([...example.marks].sort());
  });
});
