import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import {
  type Environment,
  isUnconfigured,
  readServerSettings,
  readSettings,
  SettingsError,
} from '../../src/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'gargoyle-settings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function pem(bits: number, type: 'pkcs1' | 'pkcs8' = 'pkcs1'): string {
  return generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({ type, format: 'pem' }).toString();
}

const key = pem(2048);
const keyFile = join(folder, 'key.pem');
writeFileSync(keyFile, key, { mode: 0o600 });
const aFile = join(folder, 'file');
writeFileSync(aFile, '');
const secret = 'x'.repeat(32);
const good: Environment = {
  APP_ID: '42',
  PRIVATE_KEY: key,
  WEBHOOK_SECRET: secret,
  GARGOYLE_DATA: join(folder, 'data'),
};

function problems(env: Environment): readonly string[] {
  try {
    readSettings(env);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    for (const { remedy } of error.problems) expect(remedy).toMatch(/^[A-Z].*\.$/);
    return error.problems.map(({ setting, problem }) => `${setting}: ${problem}`);
  }
}

describe('settings', () => {
  test('that are good are read, with safe defaults', () => {
    const { privateKey, ...settings } = readSettings(good);
    expect(privateKey).toContain('-----BEGIN PRIVATE KEY-----');
    expect(settings).toEqual({
      appId: 42,
      webhookSecrets: [secret],
      port: 3000,
      host: '127.0.0.1',
      dataFolder: join(folder, 'data'),
      databaseUrl: null,
      ghe: null,
      logLevel: 'info',
    });
    expect(existsSync(join(folder, 'data'))).toBe(true);
  });

  test.each<[string, Environment, object]>([
    ['a key in a file', { PRIVATE_KEY: '', PRIVATE_KEY_PATH: keyFile }, { appId: 42 }],
    ['a key on one line', { PRIVATE_KEY: key.replaceAll('\n', '\\n') }, { appId: 42 }],
    [
      'a secret being rotated',
      { WEBHOOK_SECRET_PREVIOUS: 'y'.repeat(40) },
      { webhookSecrets: [secret, 'y'.repeat(40)] },
    ],
    ['the same secret twice', { WEBHOOK_SECRET_PREVIOUS: secret }, { webhookSecrets: [secret] }],
    [
      'an Enterprise Server',
      { GHE_HOST: 'github.example.com:8443' },
      { ghe: { host: 'github.example.com:8443', protocol: 'https' } },
    ],
    [
      'a simulator',
      { GHE_HOST: '127.0.0.1:4000', GHE_PROTOCOL: 'http' },
      { ghe: { host: '127.0.0.1:4000', protocol: 'http' } },
    ],
    [
      'PostgreSQL',
      { DATABASE_URL: 'postgres://u:p@db:5432/g', GARGOYLE_DATA: aFile },
      { databaseUrl: 'postgres://u:p@db:5432/g' },
    ],
    ['any port', { PORT: '0', HOST: '0.0.0.0' }, { port: 0, host: '0.0.0.0' }],
  ])('accept %s', (_name, some, expected) => {
    expect(readSettings({ ...good, ...some })).toMatchObject(expected);
  });

  test.each<[Environment, string]>([
    [{ APP_ID: undefined }, 'APP_ID: it is missing'],
    [{ APP_ID: 'Iv1.abcdef' }, 'APP_ID: it is not a number'],
    [{ PRIVATE_KEY: ' ' }, 'PRIVATE_KEY: it is missing'],
    [{ PRIVATE_KEY: key.slice(0, 400) }, 'PRIVATE_KEY: it is not a private key in PEM form'],
    [{ PRIVATE_KEY: pem(1024) }, 'PRIVATE_KEY: it is not an RSA key of at least 2048 bits, as GitHub’s are'],
    [{ PRIVATE_KEY_PATH: keyFile }, 'PRIVATE_KEY_PATH: PRIVATE_KEY is set, too'],
    [
      { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: '/no/such.pem' },
      'PRIVATE_KEY_PATH: /no/such.pem cannot be read (ENOENT)',
    ],
    [{ PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: aFile }, 'PRIVATE_KEY_PATH: it is not a private key in PEM form'],
    [{ WEBHOOK_SECRET: undefined }, 'WEBHOOK_SECRET: it is missing'],
    [{ WEBHOOK_SECRET: 'development' }, 'WEBHOOK_SECRET: it is a word that everybody knows'],
    [{ WEBHOOK_SECRET: 'x'.repeat(31) }, 'WEBHOOK_SECRET: it has 31 bytes, fewer than 32'],
    [{ WEBHOOK_SECRET_PREVIOUS: 'development' }, 'WEBHOOK_SECRET_PREVIOUS: it is a word that everybody knows'],
    [{ PORT: '80a' }, 'PORT: "80a" is not a port'],
    [{ PORT: '65536' }, 'PORT: "65536" is not a port'],
    [{ HOST: 'http://x' }, 'HOST: "http://x" is not an address'],
    [
      { GARGOYLE_DATA: join(aFile, 'data') },
      `GARGOYLE_DATA: ${join(aFile, 'data')} is not a folder that can be written to (ENOTDIR)`,
    ],
    [{ DATABASE_URL: 'mysql://u:hush@db/x' }, 'DATABASE_URL: it is not the address of a PostgreSQL database'],
    [{ GHE_HOST: 'https://github.example.com/' }, 'GHE_HOST: "https://github.example.com/" is not a host'],
    [{ GHE_PROTOCOL: 'ftp' }, 'GHE_PROTOCOL: "ftp" is neither http nor https'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: "loud" is no level'],
  ])('refuse %j', (some, expected) => {
    expect(problems({ ...good, ...some })).toEqual([expected]);
  });

  test('name every problem at once, and no secret', () => {
    const env = { ...good, APP_ID: 'x', PRIVATE_KEY: 'hush-hush', WEBHOOK_SECRET: 'hush', PORT: 'x', LOG_LEVEL: 'x' };
    expect(problems(env)).toHaveLength(5);
    expect(() => readSettings(env)).toThrow(/PORT[\s\S]*LOG_LEVEL/);
    expect(() => readSettings(env)).not.toThrow(/hush/);
  });

  test('tell a first start from a half-finished one', () => {
    expect(isUnconfigured({ PORT: '3000', WEBHOOK_SECRET: '' })).toBe(true);
    expect(isUnconfigured({ APP_ID: '1' })).toBe(false);
    expect(readServerSettings({ GARGOYLE_DATA: join(folder, 'data') }).port).toBe(3000);
  });

  test('a folder that may not be written to is refused', () => {
    const locked = join(folder, 'data');
    chmodSync(locked, 0o500);
    const expected = process.getuid?.() === 0 ? 0 : 1;
    expect(problems(good)).toHaveLength(expected);
    chmodSync(locked, 0o700);
  });
});

test('.env.example names exactly what is read, each with a sentence, and no value', () => {
  const read = new Set<string>();
  const recorder = new Proxy({} as Record<string, string>, {
    get(_target, name: string) {
      read.add(name);
      return name === 'GARGOYLE_DATA' ? join(folder, 'data') : undefined;
    },
  });
  expect(() => readSettings(recorder)).toThrow(SettingsError);
  const text = readFileSync(join(process.cwd(), '.env.example'), 'utf8');
  const named = [...text.matchAll(/(^#.*[.)]\n)+([A-Z_]+)=(.*)$/gm)];
  expect(named.map((match) => match[2]).sort()).toEqual([...read].sort());
  expect(named.map((match) => match[3])).toEqual(named.map(() => ''));
});
