import type { Level } from '../finding.ts';
import type { Permissions } from './permissions.ts';
import type { Workflow } from './workflow.ts';

/** What a called workflow asks of its caller's token. */
export interface CallScopes {
  /** By scope, what is asked for at most, and by which block. GitHub holds the workflow's own block against the caller, too, and blocks of jobs that never run. */
  readonly wanted: ReadonlyMap<string, { readonly level: Level; readonly by: Permissions }>;
  /** Every job, in the workflows that it calls too, says what it wants: nothing else is used. */
  readonly isWhole: boolean;
}

/** GitHub nests reusable workflows ten deep. */
const MAX_DEPTH = 10;

/** By depth: how far down is looked differs. Thousands of jobs may call one workflow. */
const known = new WeakMap<Workflow, Map<number, CallScopes>>();

/** What a called workflow and its jobs ask for, those of the workflows that they call included. */
export function callScopes(workflow: Workflow, depth = 0): CallScopes {
  const byDepth = known.get(workflow) ?? new Map<number, CallScopes>();
  known.set(workflow, byDepth);
  const before = byDepth.get(depth);
  if (before) return before;
  const wanted = new Map<string, { level: Level; by: Permissions }>();
  const add = (scope: string, level: Level, by: Permissions) => {
    const held = wanted.get(scope)?.level;
    if (!held || (held === 'read' && level === 'write')) wanted.set(scope, { level, by });
  };
  const blocks = [workflow.permissions, ...workflow.jobs.map((job) => job.permissions)].filter((one) => one !== null);
  for (const by of blocks) for (const [scope, level] of by.token.scopes ?? []) add(scope, level, by);
  let isWhole = blocks.every(({ kind }) => kind !== 'unknown');
  for (const job of workflow.jobs) {
    if (job.isNever || job.permissions || workflow.permissions) continue;
    const callee = job.uses && workflow.project.target(job.uses);
    const inner = callee?.kind === 'workflow' && depth < MAX_DEPTH ? callScopes(callee, depth + 1) : null;
    for (const [scope, { level, by }] of inner?.wanted ?? []) add(scope, level, by);
    isWhole &&= inner?.isWhole === true;
  }
  const found = { wanted, isWhole };
  byDepth.set(depth, found);
  return found;
}
