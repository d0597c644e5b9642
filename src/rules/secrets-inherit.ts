import type { Job } from '../engine/model/job.ts';
import { replace } from '../engine/model/source.ts';
import type { Text } from '../engine/model/text.ts';
import type { Workflow } from '../engine/model/workflow.ts';
import { defineRule } from '../engine/rule.ts';

const FORCED = '; there is no other way to those of its environments';

export const secretsInherit = defineRule({
  id: 'secrets-inherit',
  severity: 'high',
  section: 'Secrets',
  summary: 'Called workflow gets every secret',
  why: '`secrets: inherit` hands over all secrets of the repository and the organisation, also those that are added later, to every job of the called workflow and of the workflows that it calls.',
  remedy: 'Name the secrets: `secrets:` with one line for each that the called workflow declares.',
  options: {
    /** `owner/*`, `owner/repo` or `owner/repo/path`: workflows as trusted as those of this repository. */
    trusted: [] as readonly string[],
  },
  peers: ['zizmor: secrets-inherit', 'ghalint: deny_inherit_secrets', 'sisakulint: secrets-inherit'],
  visit: {
    *job(job, { options }) {
      const { inheritsSecrets: at, uses } = job;
      if (!at || !uses) return;
      const target = job.workflow.project.target(uses);
      const callee = target?.kind === 'workflow' ? target : null;
      const isOwn = uses.kind === 'local' || uses.matches(options.trusted);
      const used = callee && usedBy(callee.jobs);
      // GitHub offers no other way to the secrets of an environment that the called workflow names.
      const isForced = usedBy(callee?.jobs.filter((called) => called.environment) ?? [])?.length !== 0;
      const kind = isForced ? 'forced' : isOwn ? (used?.length === 0 ? 'unused' : 'own') : 'foreign';
      yield {
        at,
        message: `\`${uses.value}\` gets every secret of this repository and its organisation${isForced ? FORCED : noteOf(used)}`,
        // How a file calls its workflows is one decision, for each kind of callee.
        subject: `inherit ${kind}`,
        member: uses.value.replace(/@.*$/, ''),
        route: '',
        severity: isForced ? 'low' : isOwn || isSibling(job, uses.owner) ? 'medium' : 'high',
        // Whether another owner is the same organisation, only GitHub can say.
        confidence: isOwn ? 'high' : 'medium',
        // The environment's secrets come no other way: nothing to be done here.
        audience: isForced ? 'pedantic' : 'regular',
        fix: callee && used && !isForced ? byName(job, at, callee, used) : null,
      };
    },
  },
});

/** The workflow's own conditions tell whose repository it stands in: `github.repository_owner == 'octo-org'`. */
function isSibling({ source, workflow }: Job, owner: string): boolean {
  if (owner !== '' && workflow.project.data.owner?.toLowerCase() === owner.toLowerCase()) return true;
  const told = /github\.repository(?:_owner)?\s*==\s*'([^'/]+)/i.exec(source.text)?.[1];
  return owner !== '' && told?.toLowerCase() === owner.toLowerCase();
}

function noteOf(used: readonly string[] | null): string {
  if (!used) return '';
  return used.length === 0 ? ', and uses none' : `, and uses only ${used.map((name) => `\`${name}\``).join(', ')}`;
}

/** The secrets that jobs use, sorted; null where they hand all of them on or read them by a computed name. */
function usedBy(jobs: readonly Job[]): readonly string[] | null {
  const names = new Set(jobs.flatMap((job) => job.secretUses.map((use) => use.name)));
  return names.has('*') ? null : [...names].filter((name) => name !== 'GITHUB_TOKEN').sort();
}

/** The secrets by name, where the called workflow declares all that it uses. */
function byName(job: Job, at: Text, callee: Workflow, used: readonly string[]) {
  const declared = callee.triggers.get('workflow_call')?.secrets ?? [];
  const key = job.key('secrets');
  if (used.length === 0) return { title: 'Pass no secret: none is used', safe: true, edits: [job.remove('secrets')] };
  if (!key || job.node.flow || used.some((name) => !declared.includes(name))) return null;
  const indent = ' '.repeat(job.source.place(key).column + 1);
  const lineBreak = job.source.text.includes('\r\n') ? '\r\n' : '\n';
  const lines = used.map((name) => `${lineBreak}${indent}${name}: \${{ secrets.${name} }}`);
  const value = job.source.at({ start: key.end + 1, end: at.end });
  return { title: 'Pass the secrets that are used, by name', safe: true, edits: [replace(value, lines.join(''))] };
}
