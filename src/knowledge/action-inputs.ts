/** The inputs of an action over all of its versions. */
export interface KnownInputs {
  readonly action: string;
  /** As declared; a name that ends in `*` stands for all that begin so. */
  readonly inputs: readonly string[];
  /** Its inputs change seldom, and all are here: another name is unknown to it. Else only a likely slip counts. */
  readonly isComplete: boolean;
}

/**
 * Inputs of the actions that are used most, joined over their versions, so that an older or a newer pin is no finding.
 * Sources: their `action.yml` and release notes up to November 2026.
 */
export const knownInputs: readonly KnownInputs[] = [
  {
    action: 'actions/checkout',
    inputs: words(
      'repository ref token ssh-key ssh-known-hosts ssh-strict ssh-user persist-credentials path clean filter sparse-checkout sparse-checkout-cone-mode fetch-depth fetch-tags show-progress lfs submodules set-safe-directory github-server-url allow-unsafe-pr-checkout',
    ),
    isComplete: true,
  },
  {
    action: 'actions/cache',
    inputs: words(
      'path key restore-keys upload-chunk-size enableCrossOsArchive fail-on-cache-miss lookup-only save-always',
    ),
    isComplete: true,
  },
  {
    action: 'actions/cache/restore',
    inputs: words('path key restore-keys enableCrossOsArchive fail-on-cache-miss lookup-only'),
    isComplete: true,
  },
  { action: 'actions/cache/save', inputs: words('path key upload-chunk-size enableCrossOsArchive'), isComplete: true },
  {
    action: 'actions/github-script',
    inputs: words(
      'script github-token debug user-agent previews result-encoding retries retry-exempt-status-codes base-url',
    ),
    isComplete: true,
  },
  {
    action: 'actions/upload-artifact',
    inputs: words(
      'name path if-no-files-found retention-days compression-level overwrite include-hidden-files archive',
    ),
    isComplete: false,
  },
  {
    action: 'actions/download-artifact',
    inputs: words(
      'name artifact-ids path pattern merge-multiple github-token repository run-id skip-decompress digest-mismatch',
    ),
    isComplete: false,
  },
  {
    action: 'actions/setup-node',
    inputs: words(
      'always-auth node-version node-version-file architecture check-latest registry-url scope token cache cache-dependency-path package-manager-cache mirror mirror-token version',
    ),
    isComplete: false,
  },
  {
    action: 'actions/setup-python',
    inputs: words(
      'python-version python-version-file cache architecture check-latest token cache-dependency-path update-environment allow-prereleases freethreaded pip-version pip-install',
    ),
    isComplete: false,
  },
  {
    action: 'actions/setup-go',
    inputs: words(
      'go-version go-version-file check-latest token cache cache-dependency-path architecture go-download-base-url stable',
    ),
    isComplete: false,
  },
  {
    action: 'actions/setup-java',
    inputs: words(
      'java-version java-version-file distribution java-package architecture jdkFile jdk-file check-latest force-download set-default verify-signature verify-signature-public-key server-id server-username server-username-env-var server-password server-password-env-var settings-path overwrite-settings gpg-private-key gpg-passphrase gpg-passphrase-env-var cache cache-jdk cache-dependency-path cache-path cache-read-only job-status token mvn-toolchain-id mvn-toolchain-vendor show-download-progress problem-matcher version',
    ),
    isComplete: false,
  },
  {
    action: 'actions/setup-dotnet',
    inputs: words(
      'dotnet-version dotnet-quality dotnet-channel global-json-file source-url owner config-file cache cache-write cache-dependency-path workloads architecture include-prerelease version',
    ),
    isComplete: false,
  },
  {
    action: 'actions/create-github-app-token',
    inputs: words(
      'app-id client-id private-key owner repositories enterprise enterprise-slug skip-token-revoke github-api-url permission-*',
    ),
    isComplete: false,
  },
  {
    action: 'docker/build-push-action',
    inputs: words(
      'add-hosts allow annotations attests build-args build-contexts builder cache-from cache-to call cgroup-parent context file github-token labels load network no-cache no-cache-filters outputs platforms provenance pull push sbom secret-envs secret-files secrets shm-size ssh tags target ulimit username password registry repository dockerfile path build_args always_pull cache_froms tag_with_ref tag_with_sha add_git_labels',
    ),
    isComplete: false,
  },
  {
    action: 'docker/login-action',
    inputs: words('registry username password scope ecr logout attempts registry-auth'),
    isComplete: false,
  },
  {
    action: 'docker/metadata-action',
    inputs: words(
      'context images tags flavor labels annotations sep-tags sep-labels sep-annotations bake-target github-token tag-*',
    ),
    isComplete: false,
  },
  {
    action: 'docker/setup-buildx-action',
    inputs: words(
      'version driver driver-opts buildkitd-flags buildkitd-config buildkitd-config-inline install use endpoint platforms append cache-binary cleanup keep-state name config config-inline',
    ),
    isComplete: false,
  },
  { action: 'docker/setup-qemu-action', inputs: words('image platforms cache-image reset'), isComplete: false },
  {
    action: 'pnpm/action-setup',
    inputs: words('version dest run_install cache cache_dependency_path package_json_file standalone nodejs_bundled'),
    isComplete: false,
  },
  {
    action: 'softprops/action-gh-release',
    inputs: words(
      'body body_path name tag_name draft prerelease preserve_order files working_directory overwrite_files fail_on_unmatched_files repository token target_commitish discussion_category_name generate_release_notes append_body make_latest previous_tag',
    ),
    isComplete: false,
  },
];

/** Inputs that decide who gets at what: one that is written wrongly leaves the default in force. */
export const securityInputs: ReadonlySet<string> = new Set(
  words(
    'persist-credentials ref repository token github-token ssh-strict allow-unsafe-pr-checkout include-hidden-files repositories scope',
  ),
);

function words(text: string): readonly string[] {
  return text.split(' ');
}
