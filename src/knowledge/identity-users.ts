/**
 * Actions that take the job's identity (`id-token: write`) to somebody, beside those of the table of scopes: exchanges of
 * tokens, signers, publishers, and agents that get their own App's token by it.
 *
 * Source: the actions' own documentation, November 2026.
 */
export const IDENTITY_USERS: readonly string[] = [
  'anchore/sbom-action',
  'anthropics/*',
  'chainguard-dev/*',
  'changesets/action',
  'cloudflare/wrangler-action',
  'codecov/*',
  'codspeedhq/action',
  'coverallsapp/github-action',
  'cycjimmy/semantic-release-action',
  'depot/*',
  'docker/github-builder',
  'goreleaser/goreleaser-action',
  'jfrog/*',
  'js-devtools/npm-publish',
  'jsr-io/*',
  'marcoieni/release-plz-action',
  'octo-sts/action',
  'open-security-tools/ost-simple-sts',
  'release-plz/action',
  'slsa-framework/*',
  'sigstore/*',
  'tailscale/github-action',
];

/** Inputs and variables that say that it is used: a role, a provider, an audience. */
export const IDENTITY_INPUT =
  /oidc|id[-_]?token|workload[-_]identity|role[-_](?:to[-_]assume|arn)|web[-_]identity|federated|audience|trusted[-_]publish|provenance/i;

/** Texts of scripts that ask for it, or run what does. */
export const IDENTITY_TEXT =
  /ACTIONS_ID_TOKEN|getIDToken|\boidc\b|\bsts\b|web[-_]identity|\b(?:publish|release|deploy|sign|attest)(?!\w)|\b(?:cosign|vault|gcloud|aws|az|gsutil|terraform|tofu|pulumi|kubectl|helm|sam|cdk|sst|serverless|twine|goreleaser|jreleaser|semantic-release|changeset)\b/i;
