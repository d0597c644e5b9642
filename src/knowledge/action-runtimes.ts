/** What became of the runtimes of JavaScript actions. */
export const REMOVED_RUNTIMES = {
  node12: 'June 2023',
  node16: 'November 2024',
  node20: 'September 2026',
} as const;

/** The runtime that replaces them. */
export const CURRENT_RUNTIME = 'node24';

/** An action's majors on a removed runtime, and the first that is on the current one where it is known. */
export interface ActionRuntimes {
  readonly majors: Readonly<Record<number, keyof typeof REMOVED_RUNTIMES>>;
  readonly upgrade: number | null;
}

/** Majors in order, from the first on: '' where the major was no JavaScript action or its runtime changed within it. */
function runtimes(first: number, upgrade: number | null, ...using: readonly (12 | 16 | 20 | '')[]): ActionRuntimes {
  const majors = using.flatMap((node, index) =>
    node === '' ? [] : [[first + index, `node${node}` as const] as const],
  );
  return { majors: Object.fromEntries(majors), upgrade };
}

/**
 * Popular actions, `owner/repo` in lower case (all paths of a repository have the same runtime). For when the manifests were not read.
 *
 * Source: `runs.using` of the actions' releases and GitHub's changelog, November 2026.
 */
export const ACTION_RUNTIMES: Readonly<Record<string, ActionRuntimes>> = {
  'actions/cache': runtimes(1, 5, 12, 12, 16, 20),
  'actions/checkout': runtimes(2, 5, 12, 16, 20),
  'actions/create-github-app-token': runtimes(1, 3, 20, 20),
  'actions/download-artifact': runtimes(2, 7, 12, 16, 20, 20, 20),
  'actions/github-script': runtimes(2, 8, 12, 12, 12, 12, 16, 20),
  'actions/labeler': runtimes(2, 6, 12, 12, 16, 20),
  'actions/setup-dotnet': runtimes(1, 5, 12, 16, 16, 20),
  'actions/setup-go': runtimes(1, 6, 12, 12, 16, 16, 20),
  'actions/setup-java': runtimes(1, 5, 12, 12, 16, 20),
  'actions/setup-node': runtimes(1, 5, 12, 12, 16, 20),
  'actions/setup-python': runtimes(1, 6, 12, 12, 16, 16, 20),
  'actions/stale': runtimes(3, 10, 12, 12, 16, 16, 16, 16, 20),
  'actions/upload-artifact': runtimes(2, 6, 12, 16, 20, 20),
  'astral-sh/setup-uv': runtimes(1, 7, 20, 20, 20, 20, 20, 20),
  'aws-actions/configure-aws-credentials': runtimes(2, null, 16, 16, 20),
  'azure/login': runtimes(1, null, 16, 20),
  'codecov/codecov-action': runtimes(1, null, 12, 12, 16, 20),
  'docker/bake-action': runtimes(1, 7, 12, 16, 16, 20, 20, 20),
  'docker/build-push-action': runtimes(2, 7, 12, 16, 16, 20, 20),
  'docker/login-action': runtimes(1, 4, 12, 16, 20),
  'docker/metadata-action': runtimes(3, 6, 12, 16, 20),
  'docker/setup-buildx-action': runtimes(1, 4, 12, 16, 20),
  'docker/setup-qemu-action': runtimes(1, 4, 12, 16, 20),
  'dorny/paths-filter': runtimes(2, 4, '', 20),
  'github/codeql-action': runtimes(1, 4, 12, 16, 20),
  'golangci/golangci-lint-action': runtimes(2, 9, 12, 16, 20, 20, 20, 20, 20),
  'google-github-actions/auth': runtimes(0, 3, 16, 16, 20),
  'google-github-actions/setup-gcloud': runtimes(1, 3, 16, 20),
  'goreleaser/goreleaser-action': runtimes(3, null, 16, 16, 20, 20),
  'hashicorp/setup-terraform': runtimes(1, null, 12, 16, 20),
  'peter-evans/create-pull-request': runtimes(3, 8, 12, 16, 16, 20, 20),
  'pnpm/action-setup': runtimes(2, null, 16, 20, 20),
  'softprops/action-gh-release': runtimes(2, 3, 20),
};
