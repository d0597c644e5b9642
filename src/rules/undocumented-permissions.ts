import type { PermissionEntry } from '../engine/model/permissions.ts';
import { defineRule } from '../engine/rule.ts';

export const undocumentedPermissions = defineRule({
  id: 'undocumented-permissions',
  severity: 'info',
  audience: 'pedantic',
  section: 'Permissions',
  summary: 'Permission without a word on what it is for',
  why: 'A scope that nobody explains is never taken away again: the next person cannot tell whether it is still needed.',
  remedy: 'Say behind the scope, or in the line above, what needs it: `issues: write # labels new issues`.',
  peers: ['zizmor: undocumented-permissions'],
  visit: {
    *permissions({ entries }) {
      const silent = entries.filter((entry) => !isPlain(entry) && !isExplained(entry));
      const [first, ...others] = silent;
      if (!first) return;
      const scopes = silent.map(({ scope, level }) => `\`${scope}: ${level}\``).join(', ');
      yield {
        at: first.at,
        message: `Nothing says what ${scopes} ${silent.length > 1 ? 'are' : 'is'} for`,
        subject: 'comment',
        route: '',
        related: others.map(({ at }) => ({ at, message: 'nor what this is for' })),
      };
    },
  },
});

/** What nearly every job needs explains itself. */
function isPlain({ scope, level }: PermissionEntry): boolean {
  return level === 'none' || (scope === 'contents' && level === 'read');
}

/** A comment stands behind it in its line, or is the line above. */
function isExplained({ key: { source, start } }: PermissionEntry): boolean {
  const { text } = source;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', start);
  const line = text.slice(from, to < 0 ? text.length : to);
  const above = text.slice(text.lastIndexOf('\n', from - 2) + 1, Math.max(0, from - 1));
  return /\s#\s*\S/.test(line) || /^\s*#\s*\S/.test(above);
}
