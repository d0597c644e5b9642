import type { Severity } from '../engine/finding.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import { type PoisonedArtifact, poisonedArtifacts } from '../engine/taint/artifact-uses.ts';
import { triggerPlaces } from '../engine/taint/trigger-places.ts';

export const artifactPoisoning = defineRule({
  id: 'artifact-poisoning',
  severity: 'critical',
  confidence: 'medium',
  section: 'Artifacts and cache',
  summary: 'An artifact of an outsider’s run is trusted',
  why: 'A run on a pull request uploads whatever its author likes, under any name and with any files in it. The run that downloads it holds the token and the secrets of the repository.',
  remedy:
    'Unpack it into a fresh folder outside the workspace (`path: ${{ runner.temp }}/…`), read it as data only, and check every value against a pattern before it is used.',
  peers: [
    'octoscan: dangerous-action',
    'sisakulint: artifact-poisoning-critical, artifact-poisoning-medium',
    'gato-x: ARTIFACT_POISONING',
    'CodeQL: artifact-poisoning/critical, artifact-poisoning/medium, path-traversal',
  ],
  visit: {
    *step(step) {
      for (const artifact of poisonedArtifacts(step)) {
        if (artifact.effect === 'data') continue;
        const { download, starts, by, confidence } = artifact;
        yield {
          at: download.at,
          subject: `${download.what} ${artifact.effect}`,
          message: `\`${download.what}\` brings in files that anyone’s pull request can make, and ${EFFECTS[artifact.effect]}`,
          severity: severityOf(artifact),
          confidence,
          related: [...(by ? [{ at: by.at, message: `\`${by.what}\`: here` }] : []), ...triggerPlaces(starts, step)],
          fix: fixOf(artifact),
        };
      }
    },
  },
});

const EFFECTS = {
  run: 'a later command runs them',
  environment: 'their text becomes variables of all later steps',
  output: 'their text becomes an output of the step, unchecked',
  overwrite: 'they are unpacked over the checked-out files',
  data: 'they are read',
} as const;

function severityOf({ effect, starts, isNarrow, download }: PoisonedArtifact): Severity {
  const { job } = download.step;
  const isPowerful = starts.some(({ isPrivileged }) => isPrivileged) || job?.runsOn?.kind === 'self-hosted';
  if (isNarrow) return 'medium';
  if (effect === 'run' || effect === 'environment') return isPowerful ? 'critical' : 'high';
  // What is made of an output decides the harm; a wrong number makes a comment or a label go astray.
  if (effect === 'output') return isPowerful && job?.grants('contents', 'write') === 'yes' ? 'high' : 'medium';
  return isPowerful ? 'high' : 'medium';
}

function fixOf({ effect, download: { step, path, isPacked } }: PoisonedArtifact): Problem['fix'] {
  if (effect !== 'overwrite' || isPacked || path || !step.uses?.matches(['actions/download-artifact'])) return null;
  const folder = '${{ runner.temp }}/artifact';
  return {
    title: 'Unpack it outside the workspace',
    safe: false,
    edits: [step.ensure(['with', 'path'], folder)],
  };
}
