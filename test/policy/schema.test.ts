import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '../../src/policy/schema.ts';
import { catalogue } from '../report/sample.ts';

const read = (text: string, layer: 'organisation' | 'repository' = 'organisation') =>
  parsePolicy(text, layer, catalogue);
const errorsOf = (text: string, layer: 'organisation' | 'repository' = 'organisation') => {
  const result = read(text, layer);
  return 'errors' in result ? result.errors.map(({ line, column, message }) => `${line}:${column} ${message}`) : [];
};

describe('a policy that is understood', () => {
  test.each<[string, string, object]>([
    ['nothing', '', { extends: null, rules: new Map() }],
    ['only comments', '# later\n', { extends: null, rules: new Map() }],
    ['a preset', 'extends: observe\n', { extends: 'observe', rules: new Map() }],
    [
      'whose comments count',
      'ignores: [gargoyle, zizmor]\n',
      { extends: null, rules: new Map(), ignores: ['gargoyle', 'zizmor'] },
    ],
    ['nobody', 'ignores: []\n', { extends: null, rules: new Map(), ignores: [] }],
    ['rules still empty', 'rules:\n', { extends: null, rules: new Map() }],
    [
      'a mode',
      'rules:\n  artipacked: { mode: enforce }\n',
      { extends: null, rules: new Map([['artipacked', { mode: 'enforce', options: {}, locked: false }]]) },
    ],
    [
      'off is a word, not false',
      'rules:\n  artipacked:\n    mode: off\n',
      { extends: null, rules: new Map([['artipacked', { mode: 'off', options: {}, locked: false }]]) },
    ],
    [
      'options of every type, and the lock',
      'rules:\n  self-hosted-runner:\n    groups: [a, "b"]\n    kinds: { A: app }\n    hosted: true\n    name: y\n    most: 4\n    locked: true\n',
      {
        extends: null,
        rules: new Map([
          [
            'self-hosted-runner',
            {
              mode: null,
              options: { groups: ['a', 'b'], kinds: { A: 'app' }, hosted: true, name: 'y', most: 4 },
              locked: true,
            },
          ],
        ]),
      },
    ],
    [
      'an alias is what it names',
      'rules:\n  artipacked: &e { mode: enforce }\n  template-injection: *e\n',
      {
        extends: null,
        rules: new Map([
          ['artipacked', { mode: 'enforce', options: {}, locked: false }],
          ['template-injection', { mode: 'enforce', options: {}, locked: false }],
        ]),
      },
    ],
  ])('%s', (_, text, policy) => {
    expect(read(text)).toEqual({ policy: { ignores: null, ...policy } });
  });
});

describe('a mistake is named at its line and column', () => {
  test.each<[string, string, string[]]>([
    ['an unknown key', 'extends: strict\nrule: {}\n', ['2:1 unknown key `rule`; did you mean `rules`?']],
    [
      'a tool of no comments',
      'ignores: [zizmor, zizzer]\n',
      ['1:10 `zizzer` is none of `gargoyle`, `zizmor`, `poutine`, `actionlint`, `octoscan`'],
    ],
    ['a key far from any', 'foo: 1\n', ['1:1 unknown key `foo`']],
    [
      'a later key of the published format',
      'rings: []\n',
      ['1:1 `rings` is not supported yet by this version of Gargoyle'],
    ],
    [
      'another',
      'extends: strict\nposture: { repository: x }\n',
      ['2:1 `posture` is not supported yet by this version of Gargoyle'],
    ],
    [
      'an unknown preset',
      'extends: recomended\n',
      ['1:10 `extends` is one of `observe`, `recommended`, `strict`, not `recomended`'],
    ],
    ['no preset', 'extends:\n', ['1:1 `extends` is one of `observe`, `recommended`, `strict`']],
    ['a preset that is a list', 'extends: [strict]\n', ['1:10 `extends` is one of `observe`, `recommended`, `strict`']],
    [
      'an unknown rule',
      'rules:\n  artipaked: { mode: off }\n',
      ['2:3 unknown rule `artipaked`; did you mean `artipacked`?'],
    ],
    [
      'an unknown mode',
      'rules:\n  artipacked: { mode: block }\n',
      ['2:23 `mode` is one of `off`, `observe`, `comment`, `enforce`, not `block`'],
    ],
    [
      'a mode that YAML reads as a boolean',
      'rules:\n  artipacked: { mode: false }\n',
      ['2:23 `mode` is one of `off`, `observe`, `comment`, `enforce`, not `false`'],
    ],
    [
      'a mode without its key',
      'rules:\n  artipacked: enforce\n',
      ['2:15 `artipacked` takes a mapping such as `{ mode: enforce }`'],
    ],
    [
      'a rule with nothing',
      'rules:\n  artipacked:\n',
      ['2:3 `artipacked` takes a mapping such as `{ mode: enforce }`'],
    ],
    [
      'an option of another rule',
      'rules:\n  artipacked: { trusted: [a] }\n',
      ['2:17 unknown option `trusted` of `artipacked`; it takes `mode`, `locked`'],
    ],
    [
      'an option misspelt',
      'rules:\n  unpinned-uses: { trustd: [a] }\n',
      [
        '2:20 unknown option `trustd` of `unpinned-uses`; did you mean `trusted`?; it takes `mode`, `locked`, `trusted`',
      ],
    ],
    [
      'a list that is a string',
      'rules:\n  unpinned-uses: { trusted: a }\n',
      ['2:29 `trusted` takes a list of strings'],
    ],
    [
      'a list of something else',
      'rules:\n  unpinned-uses: { trusted: [a, 1, {}] }\n',
      ['2:33 `trusted` takes a list of strings', '2:36 `trusted` takes a list of strings'],
    ],
    [
      'a string for a boolean',
      'rules:\n  self-hosted-runner: { hosted: "true" }\n',
      ['2:33 `hosted` takes `true` or `false`'],
    ],
    ['a boolean for a string', 'rules:\n  self-hosted-runner: { name: true }\n', ['2:31 `name` takes a string']],
    ['a word for a number', 'rules:\n  self-hosted-runner: { most: many }\n', ['2:31 `most` takes a number']],
    ['a lock that is no boolean', 'rules:\n  artipacked: { locked: yes }\n', ['2:25 `locked` takes `true` or `false`']],
    ['rules as a list', 'rules: [artipacked]\n', ['1:8 `rules` is a mapping of rule to its settings']],
    ['a list at the top', '- a\n', ['1:1 a policy is a mapping with the keys `extends`, `rules` and `ignores`']],
    [
      'several, in the order of the file',
      'foo: 1\nrules:\n  x: {}\nextends: y\n',
      [
        '1:1 unknown key `foo`',
        '3:3 unknown rule `x`',
        '4:10 `extends` is one of `observe`, `recommended`, `strict`, not `y`',
      ],
    ],
    ['backticks of its own', 'a`b: 1\n', ["1:1 unknown key `a'b`"]],
  ])('%s', (_, text, errors) => {
    expect(errorsOf(text)).toEqual(errors);
  });

  test('only an organisation locks', () => {
    expect(errorsOf('rules:\n  artipacked: { locked: true }\n', 'repository')).toEqual([
      "2:17 only the organisation's policy can lock a rule",
    ]);
    expect(errorsOf('rules:\n  artipacked: { locked: false }\n', 'repository')).toEqual([]);
  });

  test('what is no YAML, at its line', () => {
    expect(errorsOf('extends: strict\nrules: {\n')).toEqual([expect.stringMatching(/^[23]:\d+ ./)]);
  });
});

describe('hostile text ends at once, as an error', () => {
  test.each([
    [
      'an alias bomb',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
        .split('')
        .map((name, index) => `${name}: &${name} [${`*${'abcdefgh'[index]},`.repeat(9)}]`)
        .join('\n')}\n`,
    ],
    ['a megabyte', `extends: ${'x'.repeat(1_000_000)}`],
    ['deep nesting', '['.repeat(50_000)],
    ['very many unknown keys', Array.from({ length: 20_000 }, (_, index) => `key${index}: 1`).join('\n')],
    ['one very long key', `${'k'.repeat(1000)}: 1`],
    ['NUL', 'extends: \0'],
  ])('%s', (_, text) => {
    const start = performance.now();
    const errors = errorsOf(text);
    expect(performance.now() - start).toBeLessThan(2000);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThanOrEqual(50);
    for (const error of errors) expect(error.length).toBeLessThan(400);
  });
});
