import { ACTION_RUNTIMES, type REMOVED_RUNTIMES } from '../knowledge/action-runtimes.ts';
import type { Facts } from './facts.ts';
import type { Uses } from './model/uses.ts';
import { usedVersion } from './uses-version.ts';

/** A Node.js that the runner no longer has. */
export type RemovedRuntime = keyof typeof REMOVED_RUNTIMES;

const RUNTIMES = ['node12', 'node16', 'node20'] as const satisfies readonly RemovedRuntime[];

/** What an action runs on, if that was removed. */
export interface OldRuntime {
  readonly runtime: RemovedRuntime;
  /** The action of another repository that it comes by; null where it is its own. */
  readonly through: string | null;
  /** The first major on the current runtime: `v5`; null where none is known. */
  readonly upgrade: string | null;
  /** `manifest`: its own file says so. `tag`, `comment`: by the list, from what the tag or only the comment says. */
  readonly by: 'manifest' | 'tag' | 'comment';
}

/** The removed runtime behind a remote action, its own or that of one which it uses; null: none, as far as is known. */
export function oldRuntimeOf(uses: Uses, facts: Facts): OldRuntime | null {
  if (uses.kind !== 'repository') return null;
  const known = ACTION_RUNTIMES[`${uses.owner}/${uses.repo}`.toLowerCase()];
  const upgrade = known?.upgrade ? `v${known.upgrade}` : null;
  const manifest = facts.actionOf(uses);
  if (!manifest) {
    const version = known ? usedVersion(uses, facts) : null;
    const runtime = version && known?.majors[version.parts[0] ?? -1];
    return runtime ? { runtime, through: null, upgrade, by: version.by === 'tag' ? 'tag' : 'comment' } : null;
  }
  const own = removedRuntime(manifest.using);
  if (own) return { runtime: own, through: null, upgrade, by: 'manifest' };
  for (const inner of manifest.uses) {
    const runtime = removedRuntime(facts.action(inner)?.using ?? '');
    if (runtime) return { runtime, through: inner, upgrade: null, by: 'manifest' };
  }
  return null;
}

/** The removed runtime that `runs.using` names, without case as GitHub reads it; null for every other. */
export function removedRuntime(using: string): RemovedRuntime | null {
  return RUNTIMES.find((runtime) => runtime === using.trim().toLowerCase()) ?? null;
}
