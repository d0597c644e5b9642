import { expect, test } from '@jest/globals';
import { globFault } from '../../../src/engine/model/glob.ts';

/** Protects from patterns that never match being let through, and from those of the documentation being reported. */
test.each([
  ['[a', 'ref', '[a'],
  ['a[]', 'path', '[]'],
  ['v[9-1]', 'ref', '[9-1]'],
  ['refs/tags/v1', 'ref', 'refs/tags/'],
  ['!refs/heads/x', 'ref', 'refs/heads/'],
  ['a b', 'ref', ' '],
  ['a//b', 'ref', '//'],
  ['./a', 'path', './'],
  ['!././a', 'path', '././'],
  ['../a', 'path', '../'],
  [' a', 'path', ' a'],
  ['', 'path', ''],
  ['!+a', 'path', '+'],
  ['docs/', 'path', '/'],
  ['/docs', 'path', '/'],
] as const)('%j as a %s is at fault at %j', (pattern, of, at) => {
  const fault = globFault(pattern, of);
  expect(fault && pattern.slice(fault.from, fault.to)).toBe(at);
});

test.each([
  ['**', 'ref'],
  ['v[0-9]+.[0-9]+?', 'ref'],
  ['feature/[a-zA-Z0-9]*', 'ref'],
  ['\\[x', 'ref'],
  ['a b/c d', 'path'],
  ['.github/**', 'path'],
  ['..a/b', 'path'],
  ['[\\]a]', 'path'],
  ['refs/heads/x', 'path'],
  ['${{ x }} [', 'ref'],
] as const)('%j as a %s is none', (pattern, of) => {
  expect(globFault(pattern, of)).toBeNull();
});

test('the remedy cures it', () => {
  for (const [pattern, of] of [
    ['./src/**', 'path'],
    ['refs/heads/main', 'ref'],
    [' a ', 'ref'],
    ['docs/', 'path'],
  ] as const) {
    const fault = globFault(pattern, of);
    const cured = fault && pattern.slice(0, fault.from) + fault.remedy + pattern.slice(fault.to);
    expect(globFault(cured ?? '', of)).toBeNull();
  }
});
