import { type Logger, pino, stdSerializers } from 'pino';

/** What must never be read in a log or an error that is kept: GitHub's tokens, keys, our JWTs, secrets in addresses (T25). */
const SECRETS: readonly RegExp[] = [
  /\bgh[psoru]_[A-Za-z0-9_.-]{10,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{10,}/g,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^"]*?(?:-----END [A-Z ]*PRIVATE KEY-----|(?=")|$)/g,
  /(?<=\b(?:bearer|token) )[A-Za-z0-9._~+/=-]{16,}/gi,
  /(?<=:\/\/[^\s:/@"]*:)[^\s@/"]+(?=@)/g,
];

const SECRET_NAMES =
  /^(?:authorization|cookie|set-cookie|x-hub-signature(?:-256)?|.*(?:token|secret|password|private_?key))$/i;

/** The text without secrets. */
export function redact(text: string): string {
  return SECRETS.reduce((clean, secret) => clean.replace(secret, '[redacted]'), text);
}

/** A copy without secrets, neither by name nor by look; cut at a depth where nothing of ours lies. */
function redactValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 6) return '[deep]';
  if (value instanceof Error) return redactValue(stdSerializers.err(value), depth + 1);
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => redactValue(item, depth + 1));
  if (Buffer.isBuffer(value)) return `[${value.length} bytes]`;
  const entries = Object.entries(value).map(([name, item]) => [
    name,
    SECRET_NAMES.test(name) ? '[redacted]' : redactValue(item, depth + 1),
  ]);
  return Object.fromEntries(entries);
}

/** The log: JSON lines on standard output (or to `destination`), without secrets. */
export function createLogger(level: string, destination?: { write(line: string): void }): Logger {
  const options = {
    level,
    base: null,
    formatters: {
      level: (label: string) => ({ level: label }),
      bindings: (fields: object) => redactValue(fields) as Record<string, unknown>,
      log: (fields: object) => redactValue(fields) as Record<string, unknown>,
    },
    // The line as it leaves, once more: messages, and what no formatter saw. None of the patterns takes a quote, so it stays JSON.
    hooks: { streamWrite: redact },
  };
  return destination ? pino(options, destination) : pino(options);
}
