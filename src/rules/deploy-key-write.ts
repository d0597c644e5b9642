import type { Job } from '../engine/model/job.ts';
import { mayPush, secretOf } from '../engine/model/ssh-key.ts';
import type { Text } from '../engine/model/text.ts';
import type { Workflow } from '../engine/model/workflow.ts';
import { defineRule } from '../engine/rule.ts';

export const deployKeyWrite = defineRule({
  id: 'deploy-key-write',
  severity: 'low',
  confidence: 'medium',
  section: 'Identity',
  summary: 'Deploy key opens more than is needed',
  why: 'A key that can write lets whoever reads it push to the repository, unseen by every check of its workflows; and a key that opens several repositories is a person’s, for a deploy key belongs to one.',
  remedy: 'Make one key for each repository, and leave “Allow write access” off where nothing is pushed.',
  visit: {
    *workflow(workflow, { facts }) {
      const checkouts = keyed(workflow);
      for (const secret of new Set(checkouts.map((one) => one.secret))) {
        const uses = checkouts.filter((one) => one.secret === secret);
        const [first, ...others] = [...new Map(uses.map((one) => [one.repository, one])).values()];
        if (!first || others.length === 0) continue;
        yield {
          at: first.key,
          message: `\`secrets.${secret}\` opens several repositories (${[first, ...others].map(({ repository }) => `\`${repository}\``).join(', ')}), so it is no deploy key of one`,
          subject: `secrets.${secret}`,
          route: '' as const,
          related: others.map(({ key }) => ({ at: key, message: 'the same key for another repository' })),
        };
      }
      const keys = facts.setting('deployKeys');
      const writing = keys?.filter(({ isReadOnly }) => !isReadOnly) ?? [];
      const reader = checkouts.find(({ repository, job }) => repository === THIS && !mayPush(job));
      // Which key the secret holds nobody can say; where all of them can write, this one can.
      if (!reader || writing.length === 0 || writing.length !== keys?.length) return;
      yield {
        at: reader.key,
        message: `The repository’s deploy keys can write (${writing
          .map(({ title }) => `\`${title}\``)
          .slice(0, 4)
          .join(', ')}), and this job only reads by one`,
        subject: 'write',
        route: '' as const,
      };
    },
  },
});

const THIS = 'this one';

interface Keyed {
  readonly key: Text;
  readonly secret: string;
  readonly repository: string;
  readonly job: Job;
}

/** Checkouts by a key, those of repositories that are computed left out. */
function keyed({ jobs }: Workflow): readonly Keyed[] {
  return jobs.flatMap((job) =>
    job.steps.flatMap((step) => {
      const key = step.uses?.matches(['actions/checkout']) && !step.isNever ? step.with('ssh-key') : null;
      const secret = key?.expression && secretOf(key.expression);
      const written = step.with('repository');
      const isOwn = !written || /^\s*github\.repository\s*$/.test(written.expression?.code ?? '');
      if (!key || !secret || (!isOwn && !written.isLiteral)) return [];
      return [{ key, secret, repository: isOwn ? THIS : written.value.toLowerCase(), job }];
    }),
  );
}
