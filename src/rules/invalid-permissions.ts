import type { Permissions } from '../engine/model/permissions.ts';
import { type Located, replace } from '../engine/model/source.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import { FOREIGN_SCOPES, isTokenScope, TOKEN_SCOPES } from '../knowledge/token-scopes.ts';

export const invalidPermissions = defineRule({
  id: 'invalid-permissions',
  severity: 'medium',
  section: 'Permissions',
  summary: '`permissions:` says what GitHub does not know',
  why: 'GitHub refuses a workflow with a scope or level that it does not know: nothing runs, not even the checks that the repository counts on.',
  remedy:
    'Write a scope of GitHub’s list with `read`, `write` or `none`; for no access at all write `permissions: {}`.',
  peers: ['actionlint: permissions', 'sisakulint: permissions'],
  visit: {
    *permissions(permissions) {
      const { owner, source, kind } = permissions;
      const node = owner.find('permissions');
      if (kind === 'unknown') yield asWhole(permissions);
      if (node?.kind !== 'map') return;
      for (const { key, value } of node.entries) {
        const level = owner.text('permissions', key.text);
        const at = source.at(key);
        if (!isTokenScope(key.text)) yield unknownScope(key.text, at);
        else if (level) yield* wrongLevel(key.text, level.value, level);
        else if (value.kind !== 'alias')
          yield { at, message: `\`${key.text}\` has no level; GitHub refuses the workflow`, subject: key.text };
      }
    },
  },
});

/** Nothing, a list, or a word that is no shorthand. */
function asWhole({ owner, key, source }: Permissions): Problem {
  const node = owner.find('permissions');
  const word = node?.kind === 'scalar' && !node.isEmpty ? node.text.trim() : null;
  const isNothing = word === '' || word === '~' || word === 'null' || (node?.kind === 'scalar' && node.isEmpty);
  if (!isNothing && word !== null) {
    const message = `\`${word}\` is no shorthand; only \`read-all\`, \`write-all\` and \`{}\` are, and GitHub refuses the workflow`;
    return { at: owner.text('permissions') ?? key, message, subject: 'shorthand' };
  }
  if (!isNothing) return { at: key, message: '`permissions:` must be a map of scopes', subject: 'list' };
  const edit =
    node?.kind === 'scalar' && node.isEmpty ? { source, start: key.end + 1, end: key.end + 1, text: ' {}' } : null;
  return {
    at: key,
    message:
      '`permissions:` is empty, which is not the same as none: GitHub refuses it, or gives the repository’s default',
    subject: 'empty',
    // Its schema has no empty value; some workflows are said to run with one.
    confidence: 'medium',
    fix: { title: 'Give no permissions', safe: false, edits: [edit] },
  };
}

function unknownScope(scope: string, at: Located): Problem {
  const meant = Object.keys(TOKEN_SCOPES).filter((known) => isOneEditAway(scope.toLowerCase(), known));
  const name = meant.length === 1 ? meant[0] : undefined;
  const why = FOREIGN_SCOPES.has(scope)
    ? 'is a permission of GitHub Apps, not of this token'
    : 'is no scope that GitHub knows';
  return {
    at,
    message: `\`${scope}\` ${why}; it refuses the workflow${name ? ` (\`${name}\` is meant?)` : ''}`,
    subject: scope,
    fix: name ? { title: `Write \`${name}\``, safe: false, edits: [replace(at, name)] } : null,
  };
}

function* wrongLevel(scope: keyof typeof TOKEN_SCOPES, level: string, at: Located): Generator<Problem> {
  const levels: readonly string[] = [...TOKEN_SCOPES[scope].levels, 'none'];
  if (levels.includes(level)) return;
  const message = `\`${scope}\` can be ${levels.map((one) => `\`${one}\``).join(' or ')}, not \`${level}\`; GitHub refuses the workflow`;
  yield { at, message, subject: scope };
}

/** Equal but for one character: another, one more, one less. */
function isOneEditAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a.length > 40) return false;
  const from = [...a].findIndex((char, index) => char !== b[index]);
  const at = from < 0 ? a.length : from;
  return a.slice(at + Number(a.length >= b.length)) === b.slice(at + Number(b.length >= a.length));
}
