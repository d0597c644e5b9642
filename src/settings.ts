import { createPrivateKey } from 'node:crypto';
import { accessSync, constants, mkdirSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

/** The environment, as `process.env` gives it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where it runs and what it keeps its state in: what is needed without credentials, too. */
export interface ServerSettings {
  /** 0: a free one. */
  readonly port: number;
  readonly host: string;
  /** Absolute path of the embedded database's folder. */
  readonly dataFolder: string;
  /** Null: the embedded database. */
  readonly databaseUrl: string | null;
  /** GitHub Enterprise Server: host with optional port, and protocol. Null: github.com. */
  readonly ghe: { readonly host: string; readonly protocol: 'http' | 'https' } | null;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

export interface Settings extends ServerSettings {
  readonly appId: number;
  /** PEM (PKCS #8). */
  readonly privateKey: string;
  /** The current secret first, then the one being rotated out. */
  readonly webhookSecrets: readonly [string, ...string[]];
}

/** One setting that cannot be used, why, and what to do. */
export interface SettingsProblem {
  readonly setting: string;
  readonly problem: string;
  readonly remedy: string;
}

/** Everything that is wrong with the settings, at once. */
export class SettingsError extends Error {
  readonly problems: readonly SettingsProblem[];

  constructor(problems: readonly SettingsProblem[]) {
    const lines = problems.map(({ setting, problem, remedy }) => `  ${setting}: ${problem}. ${remedy}`);
    super(`Gargoyle cannot start with these settings:\n${lines.join('\n')}`);
    this.problems = problems;
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const SECRET_BYTES = 32;
const NEW_SECRET = 'Make one with `openssl rand -hex 32`, and set the same in the App’s settings on GitHub.';

/** Collects problems; a reader that finds one gives a stand-in, which is never used. */
type Complain = (setting: string, problem: string, remedy: string) => void;

/** An empty value is none: that is how a line `NAME=` in a file arrives. */
function given(env: Environment, name: string): string | null {
  return env[name]?.trim() || null;
}

function readAppId(env: Environment, complain: Complain): number {
  const value = given(env, 'APP_ID');
  if (value === null) complain('APP_ID', 'it is missing', 'It is the number on the App’s settings page on GitHub.');
  else if (!/^[1-9]\d{0,14}$/.test(value))
    complain('APP_ID', 'it is not a number', 'It is the App’s number, not its name or client id.');
  return Number(value);
}

const KEY_REMEDY = 'Generate a private key on the App’s settings page on GitHub and use that file.';

function keyText(env: Environment, complain: Complain): { readonly from: string; readonly text: string } | null {
  const [text, path] = [given(env, 'PRIVATE_KEY'), given(env, 'PRIVATE_KEY_PATH')];
  if (text !== null && path !== null) {
    complain('PRIVATE_KEY_PATH', 'PRIVATE_KEY is set, too', 'Keep one of the two.');
    return null;
  }
  if (text !== null) return { from: 'PRIVATE_KEY', text: text.replaceAll('\\n', '\n') };
  if (path === null) {
    complain('PRIVATE_KEY', 'it is missing', `Set it, or PRIVATE_KEY_PATH. ${KEY_REMEDY}`);
    return null;
  }
  try {
    return { from: 'PRIVATE_KEY_PATH', text: readFileSync(path, 'utf8') };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    complain(
      'PRIVATE_KEY_PATH',
      `${path} cannot be read (${code})`,
      'Name a file that the user who starts Gargoyle can read.',
    );
    return null;
  }
}

function readPrivateKey(env: Environment, complain: Complain): string {
  const key = keyText(env, complain);
  if (!key) return '';
  try {
    const parsed = createPrivateKey(key.text);
    const bits = parsed.asymmetricKeyDetails?.modulusLength ?? 0;
    if (parsed.asymmetricKeyType === 'rsa' && bits >= 2048)
      return String(parsed.export({ type: 'pkcs8', format: 'pem' }));
    complain(key.from, 'it is not an RSA key of at least 2048 bits, as GitHub’s are', KEY_REMEDY);
  } catch {
    // The parser's own message may quote the text.
    complain(key.from, 'it is not a private key in PEM form', KEY_REMEDY);
  }
  return '';
}

/** `development` is what Probot signs and accepts when none is set: whoever knows that could send us anything (W8). */
function secretProblem(secret: string): string | null {
  if (secret === 'development') return 'it is a word that everybody knows';
  const bytes = Buffer.byteLength(secret);
  return bytes < SECRET_BYTES ? `it has ${bytes} bytes, fewer than ${SECRET_BYTES}` : null;
}

function readSecrets(env: Environment, complain: Complain): readonly [string, ...string[]] {
  const [current, previous] = [given(env, 'WEBHOOK_SECRET'), given(env, 'WEBHOOK_SECRET_PREVIOUS')];
  const problem = current === null ? 'it is missing' : secretProblem(current);
  if (problem !== null) complain('WEBHOOK_SECRET', problem, NEW_SECRET);
  const past = previous === null ? null : secretProblem(previous);
  if (past !== null)
    complain('WEBHOOK_SECRET_PREVIOUS', past, 'Remove it: deliveries signed with it can be asked for again.');
  return [current ?? '', ...(previous === null || previous === current ? [] : [previous])];
}

function readPort(env: Environment, complain: Complain): number {
  const value = given(env, 'PORT') ?? '3000';
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65535) {
    complain('PORT', `"${value}" is not a port`, 'Use a number from 1 to 65535, or 0 for a free one.');
  }
  return Number(value);
}

function readHost(env: Environment, complain: Complain): string {
  const value = given(env, 'HOST') ?? '127.0.0.1';
  if (!/^[\w.:-]+$/.test(value))
    complain('HOST', `"${value}" is not an address`, 'Use 127.0.0.1, or 0.0.0.0 to be reached from elsewhere.');
  return value;
}

function readDatabaseUrl(env: Environment, complain: Complain): string | null {
  const value = given(env, 'DATABASE_URL');
  if (value === null || (URL.canParse(value) && /^postgres(ql)?:$/.test(new URL(value).protocol))) return value;
  complain(
    'DATABASE_URL',
    'it is not the address of a PostgreSQL database',
    'It looks like postgres://user:password@host:5432/database.',
  );
  return null;
}

function readDataFolder(env: Environment, needed: boolean, complain: Complain): string {
  const folder = resolve(given(env, 'GARGOYLE_DATA') ?? '.gargoyle');
  if (!needed) return folder;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK | constants.X_OK);
    if (!statSync(folder).isDirectory()) throw new Error('not a folder');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    complain(
      'GARGOYLE_DATA',
      `${folder} is not a folder that can be written to (${code})`,
      'Name one that can, or set DATABASE_URL.',
    );
  }
  return folder;
}

function readGhe(env: Environment, complain: Complain): ServerSettings['ghe'] {
  const [host, protocol] = [given(env, 'GHE_HOST'), given(env, 'GHE_PROTOCOL') ?? 'https'];
  if (protocol !== 'http' && protocol !== 'https') {
    complain('GHE_PROTOCOL', `"${protocol}" is neither http nor https`, 'Use https; http is for tests.');
    return null;
  }
  if (host === null) return null;
  if (!/^[a-z\d.-]+(:\d{1,5})?$/i.test(host)) {
    complain('GHE_HOST', `"${host}" is not a host`, 'Write github.example.com, without https:// and without a path.');
  }
  return { host, protocol };
}

function readLogLevel(env: Environment, complain: Complain): ServerSettings['logLevel'] {
  const value = given(env, 'LOG_LEVEL') ?? 'info';
  const level = LOG_LEVELS.find((known) => known === value);
  if (!level) complain('LOG_LEVEL', `"${value}" is no level`, `Use one of ${LOG_LEVELS.join(', ')}.`);
  return level ?? 'info';
}

function readServer(env: Environment, complain: Complain): ServerSettings {
  const databaseUrl = readDatabaseUrl(env, complain);
  const embedded = given(env, 'DATABASE_URL') === null;
  return {
    port: readPort(env, complain),
    host: readHost(env, complain),
    dataFolder: readDataFolder(env, embedded, complain),
    databaseUrl,
    ghe: readGhe(env, complain),
    logLevel: readLogLevel(env, complain),
  };
}

function collect<T>(read: (complain: Complain) => T): T {
  const problems: SettingsProblem[] = [];
  const settings = read((setting, problem, remedy) => problems.push({ setting, problem, remedy }));
  if (problems.length > 0) throw new SettingsError(problems);
  return settings;
}

/** True when nothing says which App it is: then `serve` opens the set-up page instead. Half of it is a mistake, not a first start. */
export function isUnconfigured(env: Environment): boolean {
  return ['APP_ID', 'PRIVATE_KEY', 'PRIVATE_KEY_PATH', 'WEBHOOK_SECRET'].every((name) => given(env, name) === null);
}

/** The settings that need no credentials. Throws SettingsError. */
export function readServerSettings(env: Environment): ServerSettings {
  return collect((complain) => readServer(env, complain));
}

/** All settings, checked. Throws SettingsError, which names every problem with its remedy. */
export function readSettings(env: Environment): Settings {
  return collect((complain) => ({
    appId: readAppId(env, complain),
    privateKey: readPrivateKey(env, complain),
    webhookSecrets: readSecrets(env, complain),
    ...readServer(env, complain),
  }));
}
