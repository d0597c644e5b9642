import { fileKind } from '../project.ts';
import type { Job } from './job.ts';
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

/** The workspace holds what the job's checkouts put there: with `path: x`, this repository's root is `./x`. The last one that covers the path decides. */
function fromWorkspace(path: string, step: Step): LocalTarget {
  const checkouts = step.job ? checkoutsOf(step.job) : [];
  for (let at = checkouts.length - 1; at >= 0; at -= 1) {
    const checkout = checkouts[at];
    if (!checkout || checkout.index >= step.index) continue;
    const { root, isOwn } = checkout;
    if (root !== '' && path !== root && !path.startsWith(`${root}/`)) continue;
    return isOwn ? { kind: 'action', folder: root === '' ? path : path.slice(root.length + 1) } : { kind: 'elsewhere' };
  }
  return { kind: 'action', folder: path };
}

/** A checkout, and the folder that it fills. */
interface Checkout {
  readonly index: number;
  readonly root: string;
  readonly isOwn: boolean;
}

const checkouts = new WeakMap<Job, readonly Checkout[]>();

/** A job's checkouts in order, those left out whose folder only the run knows. */
function checkoutsOf(job: Job): readonly Checkout[] {
  const known = checkouts.get(job);
  if (known) return known;
  const found = job.steps.filter(isCheckout).flatMap((step): readonly Checkout[] => {
    const root = rootOf(step);
    return root === null ? [] : [{ index: step.index, root, isOwn: isOwn(step) }];
  });
  checkouts.set(job, found);
  return found;
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
