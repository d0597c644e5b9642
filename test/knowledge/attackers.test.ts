import { describe, expect, test } from '@jest/globals';
import { attackerContexts, fixedContexts } from '../../src/knowledge/attacker-contexts.ts';
import { codeInputs } from '../../src/knowledge/code-inputs.ts';
import { repositoryActions } from '../../src/knowledge/commands.ts';
import { dependabotGate, gateActions } from '../../src/knowledge/gates.ts';
import { metadataActions } from '../../src/knowledge/metadata-actions.ts';
import { cleanOutputs, taintedOutputs } from '../../src/knowledge/tainted-outputs.ts';
import { triggerFacts } from '../../src/knowledge/triggers.ts';
import { untrustedRefs } from '../../src/knowledge/untrusted-refs.ts';

describe('events', () => {
  test.each(['an_event_of_next_year', '__proto__', 'constructor', ''])('%j is the worst case', (event) => {
    expect(triggerFacts(event)).toMatchObject({ startedBy: 'outsider', holds: 'full' });
  });

  test.each([
    ['push', 'writer', 'full'],
    ['pull_request', 'outsider', 'fork'],
    ['pull_request_target', 'outsider', 'full'],
    ['workflow_run', 'parent', 'full'],
    ['workflow_call', 'caller', 'caller'],
    ['check_run', 'indirect', 'full'],
  ])('%s is started by a %s', (event, startedBy, holds) => {
    expect(triggerFacts(event)).toMatchObject({ startedBy, holds });
  });
});

/** They are compared with names in lower case: a capital in a table would silence the row. */
describe('names in the tables are lower case', () => {
  const paths = [...attackerContexts, ...untrustedRefs].map(({ path }) => path);
  const actions = [...codeInputs, ...repositoryActions, ...taintedOutputs].map(({ action }) => action);
  const inputs = codeInputs.flatMap((row): readonly string[] => row.inputs);
  const outputs = taintedOutputs.flatMap((row): readonly string[] => row.outputs);
  const others = [...fixedContexts, ...gateActions, ...metadataActions, ...cleanOutputs, dependabotGate.action];
  test.each([...new Set([...paths, ...actions, ...inputs, ...outputs, ...others])])('%s', (name) => {
    expect(name).toBe(name.toLowerCase());
  });
});

test('no row of a table stands behind a wider one that hides it', () => {
  const seen = new Set<string>();
  for (const { path } of attackerContexts) {
    expect(seen.has(path)).toBe(false);
    seen.add(path);
  }
});
