/** How an action decides whether it caches. */
export interface CachingAction {
  readonly action: string;
  /** Restores what an earlier run saved; saves for later runs. */
  readonly does: 'both' | 'restores' | 'saves';
  /**
   * What its input means. `on`: a boolean that switches the cache on. `off`: a boolean that switches it off. `names`: a text
   * that names what is cached, none when it is empty. `contains`: a text that caches only where it contains `value`.
   * Left out: it always caches.
   */
  readonly toggle?: {
    readonly input: string;
    readonly kind: 'on' | 'off' | 'names' | 'contains';
    readonly value?: string;
  };
  /** Whether it caches where the input is not given; `maybe`: files that are not seen decide. Left out: `no` with a toggle. */
  readonly byDefault?: 'yes' | 'no' | 'maybe';
  /** Major versions of which `byDefault` holds: from, up to and without; others: `no`. */
  readonly from?: number;
  readonly before?: number;
  /** Must be given for the cache to be used at all. */
  readonly requires?: string;
  /** What is cached, for a message. */
  readonly what: string;
}

/**
 * Actions that restore or save caches of GitHub Actions, and the input that switches it.
 *
 * Sources: the actions' own metadata and release notes. November 2026. `actions/setup-node` caches by itself from v5 on
 * where `package.json` names a package manager; `astral-sh/setup-uv` up to v9 on hosted runners, from v10 on not in runs
 * of releases and tags.
 */
export const cachingActions = [
  {
    action: 'actions/cache/restore',
    does: 'restores',
    toggle: { input: 'lookup-only', kind: 'off' },
    byDefault: 'yes',
    what: 'a cache',
  },
  { action: 'actions/cache/save', does: 'saves', what: 'a cache' },
  {
    action: 'actions/cache',
    does: 'both',
    toggle: { input: 'lookup-only', kind: 'off' },
    byDefault: 'yes',
    what: 'a cache',
  },
  {
    action: 'actions/setup-node',
    does: 'both',
    toggle: { input: 'cache', kind: 'names' },
    what: "the package manager's cache",
  },
  {
    action: 'actions/setup-node',
    does: 'both',
    toggle: { input: 'package-manager-cache', kind: 'on' },
    byDefault: 'maybe',
    from: 5,
    what: "the package manager's cache",
  },
  {
    action: 'actions/setup-python',
    does: 'both',
    toggle: { input: 'cache', kind: 'names' },
    what: "the package manager's cache",
  },
  {
    action: 'actions/setup-java',
    does: 'both',
    toggle: { input: 'cache', kind: 'names' },
    what: "the build tool's cache",
  },
  {
    action: 'actions/setup-go',
    does: 'both',
    toggle: { input: 'cache', kind: 'on' },
    byDefault: 'yes',
    from: 4,
    what: 'modules and build results',
  },
  { action: 'actions/setup-dotnet', does: 'both', toggle: { input: 'cache', kind: 'on' }, what: 'NuGet packages' },
  {
    action: 'astral-sh/setup-uv',
    does: 'both',
    toggle: { input: 'enable-cache', kind: 'on' },
    byDefault: 'yes',
    from: 4,
    before: 10,
    what: "uv's cache",
  },
  {
    action: 'Swatinem/rust-cache',
    does: 'both',
    toggle: { input: 'lookup-only', kind: 'off' },
    byDefault: 'yes',
    what: 'build results',
  },
  {
    action: 'actions-rust-lang/setup-rust-toolchain',
    does: 'both',
    toggle: { input: 'cache', kind: 'on' },
    byDefault: 'yes',
    what: 'build results',
  },
  {
    action: 'moonrepo/setup-rust',
    does: 'both',
    toggle: { input: 'cache', kind: 'on' },
    byDefault: 'yes',
    what: 'build results',
  },
  {
    action: 'moonrepo/setup-toolchain',
    does: 'both',
    toggle: { input: 'cache', kind: 'on' },
    byDefault: 'yes',
    what: 'toolchains',
  },
  { action: 'ruby/setup-ruby', does: 'both', toggle: { input: 'bundler-cache', kind: 'on' }, what: 'gems' },
  { action: 'PyO3/maturin-action', does: 'both', toggle: { input: 'sccache', kind: 'on' }, what: 'build results' },
  {
    action: 'mlugg/setup-zig',
    does: 'both',
    toggle: { input: 'use-cache', kind: 'on' },
    byDefault: 'yes',
    what: 'build results',
  },
  {
    action: 'oven-sh/setup-bun',
    does: 'both',
    toggle: { input: 'no-cache', kind: 'off' },
    byDefault: 'yes',
    what: 'the bun program',
  },
  {
    action: 'DeterminateSystems/magic-nix-cache-action',
    does: 'both',
    toggle: { input: 'use-gha-cache', kind: 'on' },
    byDefault: 'yes',
    what: 'the Nix store',
  },
  {
    action: 'graalvm/setup-graalvm',
    does: 'both',
    toggle: { input: 'cache', kind: 'names' },
    what: "the build tool's cache",
  },
  {
    action: 'gradle/actions/setup-gradle',
    does: 'both',
    toggle: { input: 'cache-disabled', kind: 'off' },
    byDefault: 'yes',
    what: "Gradle's home",
  },
  {
    action: 'gradle/gradle-build-action',
    does: 'both',
    toggle: { input: 'cache-disabled', kind: 'off' },
    byDefault: 'yes',
    what: "Gradle's home",
  },
  {
    action: 'docker/setup-buildx-action',
    does: 'both',
    toggle: { input: 'cache-binary', kind: 'on' },
    byDefault: 'yes',
    requires: 'version',
    from: 3,
    what: 'the buildx program',
  },
  {
    action: 'docker/build-push-action',
    does: 'restores',
    toggle: { input: 'cache-from', kind: 'contains', value: 'type=gha' },
    what: "the image's layers",
  },
  {
    action: 'docker/build-push-action',
    does: 'saves',
    toggle: { input: 'cache-to', kind: 'contains', value: 'type=gha' },
    what: "the image's layers",
  },
  {
    action: 'docker/bake-action',
    does: 'restores',
    toggle: { input: 'set', kind: 'contains', value: 'cache-from=type=gha' },
    what: "the images' layers",
  },
  {
    action: 'docker/bake-action',
    does: 'saves',
    toggle: { input: 'set', kind: 'contains', value: 'cache-to=type=gha' },
    what: "the images' layers",
  },
  { action: 'jdx/mise-action', does: 'both', toggle: { input: 'cache', kind: 'on' }, byDefault: 'yes', what: 'tools' },
  {
    action: 'ramsey/composer-install',
    does: 'both',
    toggle: { input: 'ignore-cache', kind: 'off' },
    byDefault: 'yes',
    what: 'Composer packages',
  },
  {
    action: 'golangci/golangci-lint-action',
    does: 'both',
    toggle: { input: 'skip-cache', kind: 'off' },
    byDefault: 'yes',
    what: 'results of the linter',
  },
  { action: 'pnpm/action-setup', does: 'both', toggle: { input: 'cache', kind: 'on' }, what: 'the pnpm store' },
  { action: 'denoland/setup-deno', does: 'both', toggle: { input: 'cache', kind: 'on' }, what: "Deno's cache" },
  { action: 'subosito/flutter-action', does: 'both', toggle: { input: 'cache', kind: 'on' }, what: 'the Flutter SDK' },
  { action: 'hendrikmuhs/ccache-action', does: 'both', what: 'build results' },
  { action: 'Mozilla-Actions/sccache-action', does: 'both', what: 'build results' },
  { action: 'nix-community/cache-nix-action', does: 'both', what: 'the Nix store' },
  { action: 'awalsh128/cache-apt-pkgs-action', does: 'both', what: 'packages of the system' },
  { action: 'pre-commit/action', does: 'both', what: 'hooks' },
  { action: 'r-lib/actions/setup-r-dependencies', does: 'both', what: 'R packages' },
  { action: 'buildjet/cache', does: 'both', what: 'a cache' },
  { action: 'tespkg/actions-cache', does: 'both', what: 'a cache' },
  {
    action: 'step-security/cache',
    does: 'both',
    toggle: { input: 'lookup-only', kind: 'off' },
    byDefault: 'yes',
    what: 'a cache',
  },
] as const satisfies readonly CachingAction[];

/**
 * Actions that switch their cache off by themselves in runs of releases and tags, from a major version on.
 * Source: release notes of astral-sh/setup-uv v10.
 */
export const cacheOffInReleases = [{ action: 'astral-sh/setup-uv', from: 10 }] as const;
