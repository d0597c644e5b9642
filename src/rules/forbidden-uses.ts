import type { Uses } from '../engine/model/uses.ts';
import { defineRule } from '../engine/rule.ts';

export const forbiddenUses = defineRule({
  id: 'forbidden-uses',
  severity: 'high',
  section: 'Supply chain',
  summary: 'An action that the policy does not allow',
  why: 'Somebody decided whose code may run here. What is not on that list was not looked at.',
  remedy: 'Use an action that is allowed, or ask those who keep the list.',
  options: {
    /** `owner/*`, `owner/repo`, `owner/repo/path`, each also with `@ref`, or `docker://image*`: nothing else is allowed. Empty: everything is. */
    allow: [] as readonly string[],
    /** The same, for what is not allowed; beats `allow`. */
    deny: [] as readonly string[],
  },
  peers: ['zizmor: forbidden-uses', 'sisakulint: action-list'],
  visit: {
    *uses(uses, { options: { allow, deny } }) {
      if (!uses.isRemote && uses.kind !== 'docker') return;
      const isDenied = deny.some((pattern) => names(uses, pattern));
      if (!isDenied && (allow.length === 0 || allow.some((pattern) => names(uses, pattern)))) return;
      yield {
        at: uses,
        message: `The policy ${isDenied ? 'forbids' : 'does not allow'} \`${uses.value}\`; a copy of it in this repository, or a clone, would be the same code`,
        subject: uses.slug.toLowerCase(),
        route: '',
      };
    },
  },
});

/** Whether a pattern names a `uses`; behind `@`, and for images, `*` stands for any text. */
function names(uses: Uses, pattern: string): boolean {
  if (uses.kind === 'docker') return pattern.startsWith('docker://') && isLike(uses.value.trim(), pattern);
  const [slug = '', ref] = pattern.split('@');
  return uses.matches([slug]) && (ref === undefined || isLike(uses.ref?.value ?? '', ref));
}

function isLike(text: string, pattern: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const value = text.toLowerCase();
  const [first = ''] = parts;
  if (parts.length === 1) return value === first;
  let at = first.length;
  if (!value.startsWith(first)) return false;
  for (const part of parts.slice(1, -1)) {
    const found = value.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  const last = parts.at(-1) ?? '';
  return value.length - last.length >= at && value.endsWith(last);
}
