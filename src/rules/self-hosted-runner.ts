import { hasLabel, ownMachine } from '../engine/model/own-machine.ts';
import type { RunsOn } from '../engine/model/runs-on.ts';
import { defineRule } from '../engine/rule.ts';

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
    *job(job, { options, facts }) {
      const { reach } = job;
      const groups = [...options.groups, ...(facts.setting('hostedGroups') ?? [])];
      if (!job.runsOn || (job.runsOn.group && hasLabel(groups, job.runsOn.group.value))) return;
      const { runsOn, at, sure, isOutsiders } = asked(job.runsOn, (one) =>
        ownMachine(one, options.labels, facts.setting('runnerLabels') ?? []),
      );
      if (!at) return;
      // A private repository's outsiders are those who may read it.
      const isOpen = (facts.setting('visibility') ?? 'public') === 'public';
      const isElsewhere = at.source !== runsOn.source;
      const label = at === runsOn ? 'its label is decided at run time' : `\`${at.value}\``;
      const starts = isOutsiders ? reach.outsiders : [];
      const events = [...new Set(starts.map((start) => `\`${start.event}\``))].join(', ');
      yield {
        at: isElsewhere ? runsOn : at,
        message: `Job \`${job.id}\` ${sure === 'high' ? 'runs' : 'may run'} on a self-hosted machine (${label}); ${events ? `outsiders can start it (${events})` : 'writers start it'}`,
        subject: 'runner',
        severity: !isOutsiders ? (isOpen ? 'medium' : 'info') : isOpen ? 'high' : 'medium',
        // Who calls a reusable workflow from elsewhere is not known.
        confidence: sure === 'high' && !reach.isKnown ? 'medium' : sure,
        related: isElsewhere
          ? [{ at, message: 'given here' }]
          : at.start >= runsOn.start && at.end <= runsOn.end
            ? []
            : [{ at: runsOn, message: 'asked for here' }],
        job,
      };
    },
  },
});

/** What outsiders' runs ask for; what writers' do, where only those get a machine of one's own. */
function asked(runsOn: RunsOn, own: (runsOn: RunsOn) => ReturnType<typeof ownMachine>) {
  const { outsiders } = runsOn.job.reach;
  const theirs = runsOn.of(outsiders);
  const [at, sure] = outsiders.length > 0 ? own(theirs) : [null, 'low' as const];
  if (at) return { runsOn: theirs, at, sure, isOutsiders: true };
  const [any, howSure] = own(runsOn);
  return { runsOn, at: any, sure: howSure, isOutsiders: false };
}
