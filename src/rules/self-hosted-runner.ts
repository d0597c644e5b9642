import type { Confidence } from '../engine/finding.ts';
import type { RunsOn } from '../engine/model/runs-on.ts';
import type { Located, LocatedText } from '../engine/model/source.ts';
import { defineRule } from '../engine/rule.ts';
import { runnerKindOf } from '../knowledge/runner-labels.ts';

export const selfHostedRunner = defineRule({
  id: 'self-hosted-runner',
  severity: 'high',
  section: 'Runners',
  summary: 'Job runs on a machine of one’s own',
  why: 'A self-hosted runner keeps what a job leaves behind (files, processes, credentials) and stands in its owner’s network. Whoever gets code into one job, and in a public repository that is anyone with a fork, can wait there for the next one.',
  remedy:
    'Use a GitHub-hosted runner for what outsiders can start, or machines that serve one job each, in a runner group that public repositories cannot use.',
  options: {
    /** Runner groups known to be hosted, or to give each job a machine of its own. */
    groups: [] as readonly string[],
    /** Labels likewise. */
    labels: [] as readonly string[],
  },
  peers: [
    'zizmor: self-hosted-runner',
    'poutine: pr_runs_on_self_hosted',
    'octoscan: runner-label',
    'sisakulint: self-hosted-runner',
    'CodeQL: pr-on-self-hosted-runner',
  ],
  visit: {
    *job(job, { options }) {
      const { runsOn, reach } = job;
      if (!runsOn || (runsOn.group && holds(options.groups, runsOn.group.value))) return;
      const [at, sure] = guilty(runsOn, options.labels);
      if (!at) return;
      const label = at === runsOn ? 'its label is decided at run time' : `\`${at.value}\``;
      const events = [...new Set(reach.outsiders.map((start) => `\`${start.event}\``))].join(', ');
      yield {
        at,
        message: `Job \`${job.id}\` ${sure === 'low' ? 'may run' : 'runs'} on a self-hosted machine (${label}); ${events ? `outsiders can start it (${events})` : 'writers start it'}`,
        subject: 'runner',
        severity: reach.level === 'insider' ? 'medium' : 'high',
        // Who calls a reusable workflow from elsewhere is not known.
        confidence: sure === 'high' && !reach.isKnown ? 'medium' : sure,
        related: at.start >= runsOn.start && at.end <= runsOn.end ? [] : [{ at: runsOn, message: 'asked for here' }],
        job,
      };
    },
  },
});

/** The label (or group) that says so, else what may say so, and how sure that is. */
function guilty(
  runsOn: RunsOn,
  trusted: readonly string[],
): readonly [(Located & { readonly value?: string }) | null, Confidence] {
  const labels = runsOn.alternatives.filter((set) => !isOneJobs(set, trusted)).flat();
  const own = labels.find(isSaid) ?? labels.find((label) => runnerKindOf(label.value) === 'self-hosted');
  // In a branch of an expression it may never be chosen.
  if (own) return [own, runsOn.isDynamic ? 'medium' : 'high'];
  // GitHub's larger runners have groups and labels of the organisation's choice, too: only GitHub can say.
  const unknown = runsOn.group ?? labels.find((label) => runnerKindOf(label.value) === 'unknown');
  return [unknown ?? (isOpen(runsOn, trusted) ? runsOn : null), 'low'];
}

/** Some value can't be read here: `vars.RUNNER`, but not `cond && 'macos-15' || 'ubuntu-24.04'` nor `codebuild-x-${{ … }}`. */
function isOpen({ isDynamic, job }: RunsOn, trusted: readonly string[]): boolean {
  const text = job.text('runs-on');
  if (!isDynamic || (text && !text.expression && isOneJobs([text], trusted))) return false;
  const leaves = text?.expression?.leaves ?? [];
  return leaves.length === 0 || leaves.some((leaf) => leaf.kind !== 'literal');
}

/** A machine with these labels serves one job: so the policy says, or they are a service's. */
function isOneJobs(set: readonly LocatedText[], trusted: readonly string[]): boolean {
  return set.some(({ value }) => holds(trusted, value) || (!set.some(isSaid) && runnerKindOf(value) === 'managed'));
}

function isSaid({ value }: LocatedText): boolean {
  return holds(['self-hosted'], value);
}

function holds(list: readonly string[], value: string): boolean {
  return list.some((one) => one.toLowerCase() === value.trim().toLowerCase());
}
