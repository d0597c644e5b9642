import { expect, test } from '@jest/globals';
import { isOneEditAway, lookalikeOf } from '../../src/engine/lookalike.ts';
import { POPULAR_ACTIONS } from '../../src/knowledge/popular-actions.ts';

/** Protects people from the slip of a letter, and the owners of honest names from being called traps. */

test.each([
  ['actions', 'action', true],
  ['actions', 'actionss', true],
  ['actions', 'acti0ns', true],
  ['actions', 'actoins', true],
  ['actions', 'aactions', true],
  ['ab', 'ba', true],
  ['actions', 'actions', false],
  ['actions', 'actio', false],
  ['actions', 'atcoins', false],
  ['abcd', 'badc', false],
  ['', 'a', true],
  ['', '', false],
])('%j and %j: %s', (a, b, expected) => {
  expect(isOneEditAway(a, b)).toBe(expected);
  expect(isOneEditAway(b, a)).toBe(expected);
});

test.each([
  ['Action', 'Checkout', 'actions/checkout', 'owner'],
  ['docker-', 'login-action', 'docker/login-action', 'owner'],
  ['actions', 'setup-nodes', 'actions/setup-node', 'repository'],
  ['codecow', 'tool', 'codecov/codecov-action', 'account'],
])('%s/%s is like %s by its %s', (owner, repo, popular, place) => {
  expect(lookalikeOf(owner, repo)).toEqual({ popular, in: place });
});

test.each(['actions/checkout', 'Docker/Login-Action', 'octo/checkout', 'our-actions/checkout', 'psf1/tool'])(
  '%s is like none',
  (slug) => {
    const [owner = '', repo = ''] = slug.split('/');
    expect(lookalikeOf(owner, repo)).toBeNull();
  },
);

test('no popular action is taken for another, and each is listed once, in order', () => {
  for (const slug of POPULAR_ACTIONS) {
    const [owner = '', repo = ''] = slug.split('/');
    expect([slug, lookalikeOf(owner, repo)]).toEqual([slug, null]);
    expect(slug).toBe(slug.toLowerCase());
  }
  expect([...new Set(POPULAR_ACTIONS)].sort()).toEqual([...POPULAR_ACTIONS]);
});
