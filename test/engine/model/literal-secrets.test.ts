import { expect, test } from '@jest/globals';
import { literalSecrets } from '../../../src/engine/model/literal-secrets.ts';
import { workflowOf } from '../given.ts';

const A = (count: number) => 'A'.repeat(count);

/** Protects people from tokens that stand in the open, and from alarms over what nobody was ever given. */
test.each([
  [`ghp_${A(30)}0uCPlr`, ['GitHub token true']],
  [`npm_${A(30)}0uCPlr`, ['npm token true']],
  [`ghp_${A(36)}`, []],
  ['ghp_AbCdEfGhKmAbCdEfGhKmAbCdEfGhKm0uCPlr', ['GitHub token false']],
  [`ghp_${A(30)}0uCPlrX`, []],
  ['ghs_AbCdEfGhKm.AbCdEfGhKm-AbCdEfGhKm_AbCdEfGhKm', ['GitHub App token null']],
  ['ghs_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', []],
  ['xoxb-1234567890-AbCdEfGhKmAbCdEfGhKm', ['Slack token false']],
  ['AKIAABCDABCDABCDABCD', ['AWS access key id null']],
  ['AKIAIOSFODNN7EXAMPLE', []],
  ['secret_access_key=AbCdEfGhIAbCdEfGhIAbCdEfGhIAbCdEfGhIAbCd', ['AWS secret key null']],
  ['AWS_SECRET_ACCESS_KEY=test', []],
  ['-----BEGIN PRIVATE KEY-----', []],
])('%s', (written, expected) => {
  const { source } = workflowOf(`on: push\njobs: {}\n# ${written}\n`);
  expect(literalSecrets(source).map(({ shape, isGenuine }) => `${shape.what} ${isGenuine}`)).toEqual(expected);
});
