import { hasCloudLogin } from '../engine/model/cloud-login.ts';
import type { Script } from '../engine/model/script.ts';
import type { LocatedText } from '../engine/model/source.ts';
import type { Step } from '../engine/model/step.ts';
import type { Text } from '../engine/model/text.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import { CLOUD_TOOLS, FIREWALLS, METADATA } from '../knowledge/metadata-services.ts';

export const runnerMetadataAccess = defineRule({
  id: 'runner-metadata-access',
  severity: 'medium',
  confidence: 'medium',
  section: 'Runners',
  summary: 'Job asks the cloud for the machine’s own identity',
  why: 'What a machine is in its cloud, every job on it is: whoever gets code into any of them gets the same role, which nobody granted to that job.',
  remedy:
    'Give the job a role of its own by OpenID Connect, and shut the metadata service to jobs (IMDSv2 with a hop limit of 1, a rule that drops the traffic).',
  visit: {
    *step(step) {
      const { script } = step;
      for (const text of codeOf(step)) {
        const found = [...text.value.matchAll(METADATA)].find(
          ({ index }) => script?.text !== text || isAsked(script, index),
        );
        if (!found) continue;
        yield asked({ ...text.span(found.index, found.index + found[0].length), value: found[0] }, step);
        return;
      }
      if (script) yield* implicit(script);
    },
  },
});

/** Where a step may name an address: its script, an action's script, its variables. */
function codeOf({ script, uses, env, inputs }: Step): readonly Text[] {
  const own = uses?.matches(['actions/github-script', 'azure/cli', 'azure/powershell']) ? [...inputs.values()] : [];
  return [...(script ? [script.text] : []), ...own, ...[...env.byName.values()].map(({ text }) => text)];
}

function asked(at: LocatedText, { job }: Step): Problem {
  const kind = job?.runsOn?.kind ?? 'unknown';
  const isOwn = kind === 'self-hosted';
  return {
    at,
    message: `\`${at.value}\` answers with the credentials of the machine${isOwn ? ', which every job on it then has' : ''}`,
    subject: 'metadata',
    severity: isOwn ? 'medium' : kind === 'unknown' ? 'low' : 'info',
  };
}

/** Not in a comment, and not to shut the way there. */
function isAsked({ parsed, commands }: Script, at: number): boolean {
  if (!parsed) return true;
  const holder = commands.filter(({ start, end }) => start <= at && at < end);
  return parsed.quotingAt(at) !== 'comment' && !holder.some(({ name }) => FIREWALLS.test(name));
}

/** A cloud's tool on a machine of one's own, and nothing in the job that logs in. */
function* implicit({ commands, step, text }: Script): Generator<Problem> {
  const { job } = step;
  const tool = commands.find(
    ({ name, words }) => CLOUD_TOOLS.test(name) && !/^(?:--version|configure|version)$/.test(words[1]?.text ?? ''),
  );
  if (!job || !tool || job.runsOn?.kind !== 'self-hosted') return;
  if (hasCloudLogin(job)) return;
  yield {
    at: text.span(tool.start, tool.start + tool.name.length),
    message: `\`${tool.name}\` has no credentials in this job, so it takes the machine’s own role`,
    subject: 'role',
    route: '',
    confidence: 'low',
  };
}
