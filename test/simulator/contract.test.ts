/** The simulator answers every operation of the extracted contract, and none without a rule for who may ask. */
import { expect, test } from '@jest/globals';
import { restContract } from '../../simulator/contract.ts';
import { operationNeeds } from '../../simulator/permissions.ts';
import { handlers } from '../../simulator/rest/handlers.ts';

const contract = restContract();

test('contract, handlers and permissions name the same operations', () => {
  const operations = [...contract.operations].sort();
  expect([...handlers.keys()].sort()).toEqual(operations);
  expect(Object.keys(operationNeeds).sort()).toEqual(operations);
});

test.each([
  ['GET', '/repos/o/r/pulls/comments/7', 'pulls/get-review-comment', { owner: 'o', repo: 'r', comment_id: '7' }],
  ['GET', '/repos/o/r/pulls/7/comments', 'pulls/list-review-comments', { owner: 'o', repo: 'r', pull_number: '7' }],
  [
    'GET',
    '/repos/o/r/commits/feature/x/check-runs',
    'checks/list-for-ref',
    { owner: 'o', repo: 'r', ref: 'feature/x' },
  ],
  [
    'GET',
    '/repos/o/r/compare/a%2Fb...c',
    'repos/compare-commits-with-basehead',
    { owner: 'o', repo: 'r', basehead: 'a/b...c' },
  ],
  ['GET', '/repos/o/r/contents', 'repos/get-content', { owner: 'o', repo: 'r', path: '' }],
  [
    'GET',
    '/repos/o/r/contents/.github/a%20b.yml',
    'repos/get-content',
    { owner: 'o', repo: 'r', path: '.github/a b.yml' },
  ],
])('%s %s', (method, path, operation, params) => {
  expect(contract.match(method, path)).toEqual({ operation, params });
});

test('a request of another method or shape is none of them', () => {
  expect(contract.match('DELETE', '/repos/o/r')).toBeNull();
  expect(contract.match('GET', '/repos/o/r/pulls/x')).toBeNull();
});

test('an answer that the description does not allow is found', () => {
  expect(contract.responseProblems('git/get-blob', 200, { sha: 1 }).length).toBeGreaterThan(0);
  expect(contract.responseProblems('git/get-blob', 299, {})).toEqual(['299 is not an answer of git/get-blob']);
});
