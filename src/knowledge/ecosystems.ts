/** A package ecosystem of Dependabot, and the files that show that it is used. */
export interface Ecosystem {
  readonly names: readonly string[];
  /** File names that hold dependencies. */
  readonly files: readonly string[];
}

/**
 * Dependabot's ecosystems with their manifests and lock files; several names where each may cover the files.
 *
 * Source: GitHub's documentation of Dependabot's supported ecosystems, November 2026.
 */
export const ecosystems = [
  {
    names: ['npm', 'bun'],
    files: ['package-lock.json', 'yarn.lock', 'pnpm-lock.yaml', 'npm-shrinkwrap.json', 'bun.lock'],
  },
  {
    names: ['pip', 'uv', 'pipenv', 'poetry'],
    files: ['requirements.txt', 'Pipfile.lock', 'poetry.lock', 'uv.lock', 'pdm.lock'],
  },
  { names: ['gomod'], files: ['go.mod'] },
  { names: ['cargo'], files: ['Cargo.lock'] },
  { names: ['bundler'], files: ['Gemfile.lock'] },
  { names: ['composer'], files: ['composer.lock'] },
  { names: ['maven'], files: ['pom.xml'] },
  { names: ['gradle'], files: ['build.gradle', 'build.gradle.kts', 'gradle.lockfile', 'libs.versions.toml'] },
  { names: ['nuget', 'dotnet-sdk'], files: ['packages.lock.json', 'Directory.Packages.props', 'packages.config'] },
  { names: ['mix'], files: ['mix.lock'] },
  { names: ['pub'], files: ['pubspec.lock', 'pubspec.yaml'] },
  { names: ['swift'], files: ['Package.resolved'] },
  { names: ['terraform', 'opentofu'], files: ['.terraform.lock.hcl'] },
  { names: ['docker'], files: ['Dockerfile'] },
  { names: ['docker-compose'], files: ['docker-compose.yml', 'docker-compose.yaml', 'compose.yml', 'compose.yaml'] },
  { names: ['helm'], files: ['Chart.lock'] },
  { names: ['elm'], files: ['elm.json'] },
  { names: ['gitsubmodule'], files: ['.gitmodules'] },
  { names: ['devcontainers'], files: ['devcontainer.json'] },
] as const satisfies readonly Ecosystem[];

/** Folders whose manifests are somebody else's, or made to be tested. */
export const notOwnFolders =
  /(?:^|\/)(?:node_modules|vendor|third[-_]?party|external|tests?|__tests__|spec|fixtures?|__fixtures__|testdata|test-data|e2e|examples?|samples?|demos?|templates?|benchmarks?|playground|\.venv|dist|target)(?:\/|$)/i;

/** Keys of a registry in dependabot.yml that hold a credential. Source: GitHub's documentation, November 2026. */
export const registryCredentials = ['token', 'password', 'key', 'auth-key', 'private-key', 'jfrog-oidc-token'] as const;

/** Ecosystems that know no `cooldown`. Source: GitHub's documentation of the option, November 2026. */
export const withoutCooldown: ReadonlySet<string> = new Set([
  'gitsubmodule',
  'devcontainers',
  'nix',
  'vcpkg',
  'pre-commit',
]);

/** Dependabot's own waiting time for a new release where no `cooldown` is written, in days. Source: GitHub's changelog, 2026. */
export const DEFAULT_COOLDOWN = 3;
