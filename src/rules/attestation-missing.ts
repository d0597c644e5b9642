import type { Job } from '../engine/model/job.ts';
import { type Publication, publishes } from '../engine/model/publishing.ts';
import type { Workflow } from '../engine/model/workflow.ts';
import { defineRule } from '../engine/rule.ts';
import { attestingActions, attestingText } from '../knowledge/attestations.ts';

export const attestationMissing = defineRule({
  id: 'attestation-missing',
  severity: 'info',
  confidence: 'medium',
  section: 'Artifacts and cache',
  summary: 'What is released has no proof of where it was built',
  why: 'With an attestation everybody can check that a file came out of this workflow at this commit; without one, a file that somebody exchanged looks like any other.',
  remedy:
    'Add `actions/attest-build-provenance` with `id-token: write` and `attestations: write` behind the build; for npm publish by trusted publishing or with `--provenance`.',
  peers: [],
  visit: {
    *workflow(workflow) {
      if (isAttested(workflow)) return;
      const found = workflow.jobs
        .filter((job) => !job.isNever)
        .flatMap((job) => job.steps.flatMap((step) => unproved(job, publishes(step))));
      const [first, ...rest] = found;
      if (!first) return;
      yield {
        at: first.at,
        subject: 'attestation',
        message: `What \`${first.what}\` hands to ${first.where} carries no proof of where it was built`,
        related: rest.slice(0, 8).map(({ at, what }) => ({ at, message: `\`${what}\` neither` })),
      };
    },
  },
});

/** Somewhere in the workflow something is signed or attested, or may be: in an action of the repository, or in a called workflow. */
function isAttested({ jobs, source }: Workflow): boolean {
  if (attestingText.test(source.text)) return true;
  const users = jobs.flatMap((job) => [job, ...job.steps]);
  return users.some(
    ({ uses }) => uses?.matches(attestingActions) || /attest|slsa|provenance|cosign|sign/i.test(uses?.slug ?? ''),
  );
}

/** Files of a release, and npm packages of a job that has no identity to prove with; others are proved by default, or cannot be. */
function unproved(job: Job, found: Publication | null): readonly Publication[] {
  if (!found || job.grants('id-token', 'write') !== 'no')
    return found?.kind === 'release' && isUpload(found) ? [found] : [];
  const isPackage = found.kind === 'package' && found.where === 'npm' && found.what.startsWith('npm');
  return isPackage || isUpload(found) ? [found] : [];
}

/** Files are put beside the release: `gh release create v1 dist/*`, or an action that is given some. */
function isUpload({ kind, step, what }: Publication): boolean {
  if (kind !== 'release' || what.startsWith('goreleaser')) return false;
  if (step.uses) return ['files', 'artifacts', 'file', 'asset_path', 'asset'].some((name) => step.with(name) !== null);
  const words =
    step.script?.commands.find(({ name, words: all }) => name === 'gh' && all[1]?.text === 'release')?.words ?? [];
  return words
    .slice(4)
    .some(({ text }) => /[/*]|\.(?:zip|gz|tgz|xz|exe|deb|rpm|msi|dmg|whl|jar)$/.test(text) && !/\.md$|^-/.test(text));
}
