import { expect, test } from '@jest/globals';
import { createLogger, redact } from '../../src/log.ts';

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiI0MiJ9.c2lnbmF0dXJlLXNpZ25hdHVyZQ';
const pem = '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----';

test.each([
  [`a token of another form: ghs_42_${jwt}`, 'a token of another form: [redacted]'],
  ['ghs_16C7e42F292c6912E7710c838347Ae178B4a', '[redacted]'],
  [
    'url https://x-access-token:ghs_16C7e42F292c6912E7710c83@github.com',
    'url https://x-access-token:[redacted]@github.com',
  ],
  ['github_pat_11ABCDEFG0abcdefghijkl_mnop', '[redacted]'],
  [`token ${jwt}.`, 'token [redacted].'],
  [`key: ${pem} end`, 'key: [redacted] end'],
  ['-----BEGIN PRIVATE KEY-----\\nMIIE cut off', '[redacted]'],
  ['authorization: Bearer abcdef0123456789abcdef', 'authorization: Bearer [redacted]'],
  ['postgres://gargoyle:hush@db:5432/x', 'postgres://gargoyle:[redacted]@db:5432/x'],
  ['the token expired at 12:00', 'the token expired at 12:00'],
  [
    'uses: actions/checkout@8f4b7f84864484a7bf31766abe9204da3cbe65b3',
    'uses: actions/checkout@8f4b7f84864484a7bf31766abe9204da3cbe65b3',
  ],
])('%j reads %j', (text, expected) => {
  expect(redact(text)).toBe(expected);
});

test('no secret gets into the log, wherever it hides', () => {
  let logged = '';
  const log = createLogger('trace', {
    write: (line) => {
      logged += line;
    },
  });
  const canary = 'ghs_CANARYCANARYCANARYCANARY';
  const error = Object.assign(new Error(`failed with ${canary}`, { cause: new Error(canary) }), {
    request: { headers: { authorization: 'token canary-in-a-header' }, url: `https://x:${canary}@github.com` },
    response: { data: [{ token: 'canary-by-name' }] },
  });
  log.info(`text ${canary}`);
  log.error({ err: error, deep: { deeper: [canary] }, webhookSecret: 'canary-too' }, 'it failed');
  log.error(error);
  log.child({ address: `https://x:${canary}@h` }).warn('%s', canary);
  expect(logged.match(/canary/gi)).toBeNull();
  expect(logged).toContain('it failed');
  expect(
    logged
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).level),
  ).toEqual(['info', 'error', 'error', 'warn']);
});
