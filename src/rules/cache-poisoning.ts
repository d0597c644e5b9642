import type { Confidence } from '../engine/finding.ts';
import type { CacheUse } from '../engine/model/caching.ts';
import type { Job } from '../engine/model/job.ts';
import {
  cacheMode,
  handedOnRuns,
  type ReleaseRun,
  releaseRuns,
  restoredCaches,
} from '../engine/model/release-caches.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

export const cachePoisoning = defineRule({
  id: 'cache-poisoning',
  // Outsiders' runs cannot write these caches on github.com since June 2026; on servers of one's own they can.
  severity: 'medium',
  section: 'Artifacts and cache',
  summary: 'A release is built with what a cache holds',
  why: 'Every run on the default branch writes the same caches, those of tests and of third-party code included. Whoever gets into one of them once decides what the next release contains, and nothing of it is in the history.',
  remedy:
    'Build releases from scratch: switch the cache off in this job (`cache-mode: none`, or the input of the action), or in runs of tags and releases.',
  peers: ['zizmor: cache-poisoning'],
  visit: {
    *job(job, { facts }) {
      const mode = cacheMode(job);
      if (mode === 'none' || mode === 'write-only') return;
      const own = releaseRuns(job);
      const runs = own.length > 0 ? own : handedOnRuns(job);
      const uses = restoredCaches(job, runs);
      const [{ publication } = { publication: null }] = runs;
      for (const use of uses) {
        const isSound = isSnapshot(job) || isChecked(use);
        const confidence = isSound ? 'low' : confidenceOf(use, runs, own.length > 0, job);
        yield {
          at: use.at,
          // One decision for the whole file; doubtful ones do not make the certain ones doubtful.
          route: '',
          subject: confidence === 'low' ? 'maybe a cache' : 'cache',
          message: `What is published to ${publication?.where ?? 'others'} is built with ${use.what} out of a cache that other runs of the repository write`,
          severity: facts.platform ? 'high' : 'medium',
          confidence,
          audience: isSound ? 'auditor' : 'regular',
          related: publication ? [{ at: publication.at, message: `\`${publication.what}\` publishes it` }] : [],
          fix: fixOf(use, job, facts.platform === null, uses.length),
        };
      }
    },
  },
});

/** `npm ci` compares what it takes out of npm's cache with the lockfile; what is installed beside it is not compared. */
function isChecked({ step, what }: CacheUse): boolean {
  if (step.with('cache')?.value.trim() !== 'npm' || !what.includes('package manager')) return false;
  const scripts = step.parent.steps.flatMap((one) => (one.script && !one.isNever ? [one.script.value] : []));
  const isLocked = scripts.some((text) => /\bnpm\s+(?:ci|clean-install)\b/.test(text));
  return isLocked && !scripts.some((text) => /\bnpx\s+(?:-|\S+@)|\bnpm\s+(?:i|install|exec|x)\b/.test(text));
}

/** What a branch holds today, for people who try it: nobody takes it for a release. */
function isSnapshot(job: Job): boolean {
  return /snapshot/i.test(`${job.workflow.path} ${job.workflow.name?.value ?? ''} ${job.id}`);
}

/** An image or a service that follows a branch is rebuilt with every push: who gets into its cache gets in by the next push as well. */
function confidenceOf({ isOn }: CacheUse, runs: readonly ReleaseRun[], isOwn: boolean, { workflow }: Job): Confidence {
  const isTagged = runs.some(({ ref }) => ref === 'tag');
  const isPackage = runs.some(({ publication: { kind } }) => kind === 'package' || kind === 'release');
  if (isOn === 'maybe' || !(isTagged || isPackage)) return 'low';
  // Handed on to a job that publishes: certain where somebody asks for a release.
  const isAsked = runs.some(
    ({ start: { event }, publication: { step } }) =>
      (event === 'release' || event === 'workflow_dispatch') && step.workflow === workflow,
  );
  if (!isOwn) return isTagged || isAsked ? 'medium' : 'low';
  return 'medium';
}

function fixOf({ step, toggle, at, uses }: CacheUse, job: Job, isHosted: boolean, count: number): Problem['fix'] {
  if (toggle && count === 1 && at === uses) {
    return { title: 'Switch this cache off', safe: false, edits: [step.ensure(['with', toggle.input], toggle.off)] };
  }
  // Servers of one's own do not know the key yet.
  if (!isHosted || job.key('cache-mode') || !job.key('steps')) return null;
  return { title: 'Let this job use no cache', safe: false, edits: [job.insertBefore('steps', 'cache-mode', 'none')] };
}
