import type { CapabilityChange, JobCapabilities } from './analysis.ts';
import type { TokenPermissions } from './finding.ts';

/** What each job gained or lost, in the order of the head; jobs that are the same are left out. Paths of the base are the head's (renames mapped). */
export function capabilityDiff(
  base: readonly JobCapabilities[],
  head: readonly JobCapabilities[],
): readonly CapabilityChange[] {
  const keyOf = ({ path, job }: JobCapabilities) => JSON.stringify([path, job]);
  const before = new Map(base.map((one) => [keyOf(one), one]));
  const after = new Map(head.map((one) => [keyOf(one), one]));
  const gone = base.filter((one) => !after.has(keyOf(one)));
  const changes = [
    ...head.map((one) => change(one, linesOf(before.get(keyOf(one))), linesOf(one))),
    ...gone.map((one) => change(one, linesOf(one), [])),
  ];
  return changes.filter(({ gained, lost }) => gained.length > 0 || lost.length > 0);
}

function change({ path, job }: JobCapabilities, before: readonly string[], after: readonly string[]): CapabilityChange {
  return {
    path,
    job,
    gained: strongest(after.filter((line) => !before.includes(line))),
    lost: strongest(before.filter((line) => !after.includes(line))),
  };
}

/** `contents: write` says `contents: read` too. */
function strongest(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => !line.endsWith(': read`') || !lines.includes(line.replace(/read`$/, 'write`')));
}

/** Everything that a job can do, one sentence each. */
function linesOf(capabilities: JobCapabilities | undefined): readonly string[] {
  if (!capabilities) return [];
  const { triggers, token, secrets, environment, runner, uses } = capabilities;
  const isSelfHosted = runner.kind === 'self-hosted' ? 'self-hosted runner' : 'runner';
  return [
    ...triggers.map((trigger) => `trigger ${quoted(trigger)}`),
    ...tokenLines(token),
    ...secrets.map((secret) => (secret === '*' ? 'all secrets' : `secret ${quoted(secret)}`)),
    ...(environment === null ? [] : [environment === '' ? 'an environment' : `environment ${quoted(environment)}`]),
    ...runner.labels.map((label) => `${isSelfHosted} ${quoted(label)}`),
    ...uses.map((code) => `code ${quoted(code)}`),
  ];
}

/** Write includes read: both are said, so that a rise from read to write loses nothing. */
function tokenLines(token: TokenPermissions): readonly string[] {
  if (token.kind === 'default') return ["the repository's default token permissions"];
  return Object.entries(token.scopes).flatMap(([scope, level]) =>
    level === 'write' ? [quoted(`${scope}: read`), quoted(`${scope}: write`)] : [quoted(`${scope}: read`)],
  );
}

/** Untrusted text in backticks. */
function quoted(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}
