import { describe, expect, test } from '@jest/globals';
import {
  actionSchema,
  dependabotFileSchema,
  isSchemaOld,
  type Schema,
  workflowSchema,
} from '../../../src/engine/model/schema.ts';
import { schemaFaults } from '../../../src/engine/model/schema-check.ts';
import { parseYaml } from '../../../src/engine/yaml/parse.ts';
import { githubSchema } from '../../../src/knowledge/github-schema.ts';
import { dependabotSchema, type SchemaDefinitions, schemaAdditions } from '../../../src/knowledge/schema-additions.ts';

/** What is at fault in a text: kind and the guilty span. */
function faultsOf(schema: Schema, type: string, text: string): readonly string[] {
  const { root } = parseYaml(text);
  return root ? schemaFaults(schema, type, root).map(({ kind, at }) => `${kind} ${text.slice(at.start, at.end)}`) : [];
}

/** Protects from a broken workflow looking sound, and from one mistake hiding another. */
describe('the check against the schema', () => {
  test.each([
    ['concurrency-mapping', 'group: a\nqueue: min', ['unknown-value min']],
    ['concurrency-mapping', 'gruop: a', ['unknown-key gruop']],
    ['concurrency-mapping', 'cancel-in-progress: yes', ['wrong-kind yes', 'missing-key cancel-in-progress']],
    ['concurrency-mapping', 'group: a\nGroup: b\nGROUP: c', ['duplicate-key Group', 'duplicate-key GROUP']],
    ['job-env', 'a: [1]\nb: {c: 1}\nd:\ne: 1', ['wrong-kind a', 'wrong-kind b']],
    ['job-env', 'constructor: 1\n__proto__: 2', []],
    ['push', 'constructor: 1\n__proto__: 2', ['unknown-key constructor', 'unknown-key __proto__']],
    ['steps', '- run: a\n  uses: b\n- name: c\n- urn: d', ['two-of uses', 'none-of name', 'unknown-key urn']],
    ['steps', '- run: a\n  with: {}\n  uss: b', ['unknown-key with', 'unknown-key uss']],
    ['needs', '[a, "", b]', ['wrong-kind ""']],
    ['strategy', '${{ fromJSON(x) }}', []],
    ['on-strict', '${{ fromJSON(x) }}', ['expression ${{ fromJSON(x) }}']],
    ['step-with', '${{ insert }}: ${{ x }}\na: 1', []],
    ['matrix', 'a: [{b: [1, {c: }]}]', []],
  ])('%s: %j', (type, text, faults) => {
    expect(faultsOf(workflowSchema, type, text)).toEqual(faults);
  });

  test('a list behind an alias is pointed at by the key that it is at', () => {
    const text = 'one: &a [1]\ntwo: *a\nthree: 3';
    expect(faultsOf(workflowSchema, 'job-env', text)).toEqual(['wrong-kind one', 'wrong-kind two']);
  });

  test('paths that are left out stay unseen, their neighbours don’t', () => {
    const { root } = parseYaml('a: [1]\nb: [1]');
    const faults = root ? schemaFaults(workflowSchema, 'job-env', root, { isLeft: ([key]) => key === 'a' }) : [];
    expect(faults.map(({ path }) => path)).toEqual([['b']]);
  });
});

/** Protects from a type that is named and not there, which would accept nothing or everything. */
test('every type that a schema names is defined', () => {
  const builtIn = ['string', 'boolean', 'number', 'null', 'sequence', 'mapping', 'any'];
  const namesIn = (definitions: SchemaDefinitions) =>
    Object.values(definitions).flatMap(({ list, keys = {}, others, oneOf = [] }) =>
      [list, others, ...Object.values(keys), ...oneOf].flatMap((name) => name?.replace(/^!/, '') ?? []),
    );
  for (const all of [{ ...githubSchema.workflow, ...schemaAdditions }, githubSchema.action, dependabotSchema]) {
    const missing = namesIn(all).filter((name) => !(name in all) && !builtIn.includes(name));
    expect(missing).toEqual([]);
  }
  expect(dependabotFileSchema.hasKey('root', 'version')).toBe(true);
  expect(actionSchema.hasKey('node-runs-strict', 'main')).toBe(true);
  expect(workflowSchema.hasKey('job-factory', 'cache-mode')).toBe(true);
});

test.each([
  [null, false],
  [githubSchema.date, false],
  ['2027-02-20', false],
  ['2027-02-21', true],
])('on %s the schema is old: %s', (today, isOld) => {
  expect(isSchemaOld(today)).toBe(isOld);
});
