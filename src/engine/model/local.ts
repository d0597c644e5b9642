import { fileKind } from '../project.ts';
import type { Step } from './step.ts';
import type { Uses } from './uses.ts';

/** What a local `uses` points to in this repository; `elsewhere`: another checkout stands there at run time. */
export type LocalTarget =
  | { readonly kind: 'workflow'; readonly path: string }
  | { readonly kind: 'action'; readonly folder: string }
  | { readonly kind: 'elsewhere' };

/** Where a local `uses` points; null for every other kind and for a path that leaves the workspace. */
export function localTarget(uses: Uses): LocalTarget | null {
  if (uses.kind !== 'local' || uses.path === null) return null;
  if (uses.user.kind === 'job') {
    const path = uses.path.replace(/@.*$/, '');
    return fileKind(path) === 'workflow' ? { kind: 'workflow', path } : null;
  }
  // An expression makes the path one that only the run knows; GitHub refuses it.
  if (uses.path.includes('${{')) return null;
  return uses.value.trimStart().startsWith('$')
    ? { kind: 'action', folder: uses.path }
    : fromWorkspace(uses.path, uses.user);
}

/** The workspace holds what the job's checkouts put there: with `path: x`, this repository's root is `./x`. */
function fromWorkspace(path: string, step: Step): LocalTarget {
  const checkouts = step.job ? step.earlier.filter(isCheckout) : [];
  let folder: LocalTarget = { kind: 'action', folder: path };
  for (const checkout of checkouts) {
    const root = rootOf(checkout);
    if (root === null) continue;
    const isBelow = root === '' || path === root || path.startsWith(`${root}/`);
    if (!isBelow) continue;
    const below = root === '' ? path : path.slice(root.length + 1);
    folder = isOwn(checkout) ? { kind: 'action', folder: below } : { kind: 'elsewhere' };
  }
  return folder;
}

function isCheckout(step: Step): boolean {
  return step.uses?.matches(['actions/checkout']) ?? false;
}

/** The folder that a checkout fills; null when only the run knows it. */
function rootOf(checkout: Step): string | null {
  const path = checkout.with('path');
  if (!path) return '';
  if (!path.isLiteral) return null;
  return path.value
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/** It checks out this repository (at whatever ref). */
function isOwn(checkout: Step): boolean {
  const repository = checkout.with('repository')?.value.trim() ?? '';
  return repository === '' || /^\$\{\{\s*github\.repository\s*\}\}$/i.test(repository);
}
