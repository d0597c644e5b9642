import { type CallScopes, callScopes } from '../engine/model/call-scopes.ts';
import type { Job } from '../engine/model/job.ts';
import type { PermissionEntry } from '../engine/model/permissions.ts';
import { replace } from '../engine/model/source.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import { removeEntry } from '../engine/yaml/edit.ts';

export const callerPermissionMismatch = defineRule({
  id: 'caller-permission-mismatch',
  severity: 'medium',
  section: 'Permissions',
  summary: 'Caller and called workflow disagree on permissions',
  why: 'A called workflow cannot have more than its caller: where a job of it asks for more, GitHub refuses the whole run. What the caller grants beyond that only waits for somebody to use it.',
  remedy: 'Grant in the calling job what the jobs of the called workflow ask for, and no more.',
  visit: {
    *job(job) {
      const callee = job.uses && job.workflow.project.target(job.uses);
      if (callee?.kind !== 'workflow') return;
      const { wanted, isWhole } = callScopes(callee);
      yield* tooLittle(job, wanted);
      if (isWhole) yield* tooMuch(job, wanted);
    },
  },
});

type Wanted = CallScopes['wanted'];

/** What it holds is known only where it says so itself; its own callers may hold less, which is theirs to be told. */
function* tooLittle(job: Job, wanted: Wanted): Generator<Problem> {
  const own = job.permissions ?? job.workflow.permissions;
  const held = own?.kind === 'unknown' ? null : own?.token;
  if (!held || !job.uses) return;
  const missing = [...wanted].filter(([scope, { level }]) => held.grants(scope, level) === 'no');
  const [first] = missing;
  if (!first) return;
  const { by } = first[1];
  const list = missing.map(([scope, { level }]) => `\`${scope}: ${level}\``).join(', ');
  const map = job.permissions?.kind === 'map' ? job.permissions : null;
  yield {
    at: job.uses,
    message: `${by.job ? `Job \`${by.job.id}\` of the` : 'The'} called workflow asks for ${list}, which job \`${job.id}\` is not granted: GitHub refuses the run`,
    subject: 'too little',
    // GitHub says so in the run's error; which blocks it compares was read off such errors.
    confidence: 'medium',
    related: [...(own ? [{ at: own.key, message: 'grants less' }] : []), { at: by.key, message: 'asks for more' }],
    fix: map && {
      title: 'Grant what is asked for',
      safe: false,
      edits: missing.map(([scope, { level }]) => {
        const entry = map.entries.find((one) => one.scope === scope);
        return entry ? replace(entry.value, level) : job.ensure(['permissions', scope], level);
      }),
    },
  };
}

/** Write access of the calling job's own block that no job of the called workflow asks for. */
function* tooMuch({ id, permissions }: Job, wanted: Wanted): Generator<Problem> {
  const spare = (permissions?.entries ?? []).filter(
    ({ scope, level }) => level === 'write' && wanted.get(scope)?.level !== 'write',
  );
  const [first] = spare;
  if (!first || !permissions) return;
  const { owner, source, entries } = permissions;
  const map = owner.find('permissions');
  const remove = ({ scope, value }: PermissionEntry) => {
    if (wanted.has(scope)) return replace(value, 'read');
    return map?.kind === 'map' && entries.length > spare.length
      ? source.edit(removeEntry(source.text, map, scope))
      : null;
  };
  yield {
    at: first.at,
    message: `Job \`${id}\` grants ${spare.map(({ scope }) => `\`${scope}: write\``).join(', ')}, which no job of the called workflow takes up`,
    subject: 'too much',
    severity: 'low',
    related: spare.slice(1).map(({ at }) => ({ at, message: 'not taken up, either' })),
    fix: { title: 'Grant no more than is asked for', safe: false, edits: spare.map(remove) },
  };
}
