/**
 * Actions that prove where something was built, or sign it.
 *
 * Source: the actions' own documentation. November 2026.
 */
export const attestingActions = [
  'actions/attest',
  'actions/attest-build-provenance',
  'actions/attest-sbom',
  'slsa-framework/slsa-github-generator',
  'slsa-framework/slsa-verifier',
  'sigstore/cosign-installer',
  'sigstore/gh-action-sigstore-python',
  'chainguard-dev/actions/cosign-sign',
  'crazy-max/ghaction-import-gpg',
  'docker/github-builder',
] as const;

/** Commands and options that do it. */
export const attestingText =
  /\bcosign\s+(?:sign|attest)|\bgh\s+attestation\b|--provenance(?!=false)\b|NPM_CONFIG_PROVENANCE|--attestations?\b|\bsigstore\s+sign|\bgpg\b[^\n]*--(?:detach-)?sign|\bwitness\s+run|\bminisign\b|\bsignify\b/i;
