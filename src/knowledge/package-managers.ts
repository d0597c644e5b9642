/** A command that installs, or runs at once, packages that are named on the command line. */
export interface Installer {
  /** Program names without folder. */
  readonly names: readonly string[];
  /** The words before the packages: `install`, `tool install`. Several ways; '' for none. */
  readonly verbs: readonly string[];
  /** Letters of short options that take a value. */
  readonly short: string;
  /** Long options that take one, without dashes. */
  readonly long: readonly string[];
  /** Options that name one version for what is installed. */
  readonly version?: readonly string[];
  /** Options by which it takes no named package from the network, or checks hashes. */
  readonly unless?: readonly string[];
  /** How a package names an exact version. */
  readonly pinned: RegExp;
  /** What is no package of a registry: a folder, a file, a URL with a commit. */
  readonly local: RegExp;
  /** The lockfile's command, for the message. */
  readonly instead: string;
}

const NPM_LONG = [
  'registry',
  'prefix',
  'workspace',
  'filter',
  'dir',
  'loglevel',
  'cache',
  'tag',
  'omit',
  'include',
  'cpu',
  'os',
  'store-dir',
];
/** `name@1.2.3`, `@scope/name@1.2.3`. */
const NPM_PINNED = /^(?:npm:)?(?:@[^/@]+\/)?[^@]+@v?\d+\.\d+\.\d+[^\s|^~<>*]*$/;
const NPM_LOCAL = /^(?:file:|link:|workspace:|[./~]|.*\.(?:tgz|tar\.gz)$)|#[0-9a-f]{40}$/;
const PIP_LONG = [
  'requirement',
  'constraint',
  'editable',
  'target',
  'index-url',
  'extra-index-url',
  'find-links',
  'prefix',
  'root',
  'src',
  'platform',
  'python-version',
  'python',
  'abi',
  'implementation',
  'only-binary',
  'no-binary',
  'progress-bar',
  'timeout',
  'retries',
  'cache-dir',
  'proxy',
  'cert',
  'trusted-host',
  'config-settings',
  'log',
  'upgrade-strategy',
  'report',
  'resolution',
  'prerelease',
  'index',
  'default-index',
  'exclude-newer',
  'override',
  'group',
  'link-mode',
];
const PIP_PINNED = /^[\w.-]+(?:\[[^\]]*\])?===?[\w.!+-]+(?:;.*)?$/;
const PIP_LOCAL =
  /^(?:\.|\/|~|[\w.-]+\/(?!\/)|dist\b|.*\.(?:whl|tar\.gz|zip|txt)(?:\[.*\])?$|file:)|@[0-9a-f]{40}(?:#|$)|^-|^[\w.-]+ ?@ ?file:/;
const PIP_UNLESS = ['require-hashes', 'no-index', 'r-only'];

/**
 * Ways to install a package by name, outside a lockfile. System packages (apt, dnf, brew) are left out: their
 * distribution signs them. Sources: the programs' manuals, 2026-11.
 */
export const installers: readonly Installer[] = [
  {
    names: ['npm'],
    verbs: ['install', 'i', 'add', 'in', 'isntall'],
    short: 'Cw',
    long: NPM_LONG,
    pinned: NPM_PINNED,
    local: NPM_LOCAL,
    instead: 'npm ci',
  },
  {
    names: ['pnpm'],
    verbs: ['add', 'install', 'i', 'dlx'],
    short: 'CF',
    long: NPM_LONG,
    pinned: NPM_PINNED,
    local: NPM_LOCAL,
    instead: 'pnpm install --frozen-lockfile',
  },
  {
    names: ['yarn'],
    verbs: ['add', 'global add', 'dlx'],
    short: 'p',
    long: [...NPM_LONG, 'package'],
    pinned: NPM_PINNED,
    local: NPM_LOCAL,
    instead: 'yarn install --immutable',
  },
  {
    names: ['bun'],
    verbs: ['add', 'install', 'i', 'a'],
    short: '',
    long: NPM_LONG,
    pinned: NPM_PINNED,
    local: NPM_LOCAL,
    instead: 'bun install --frozen-lockfile',
  },
  {
    names: ['pip', 'pip3', 'pip2'],
    verbs: ['install'],
    short: 'rcetif',
    long: PIP_LONG,
    unless: PIP_UNLESS,
    pinned: PIP_PINNED,
    local: PIP_LOCAL,
    instead: 'pip install --require-hashes -r requirements.txt',
  },
  {
    names: ['uv'],
    verbs: ['pip install'],
    short: 'rcetifp',
    long: PIP_LONG,
    unless: PIP_UNLESS,
    pinned: PIP_PINNED,
    local: PIP_LOCAL,
    instead: 'uv sync --locked',
  },
  {
    names: ['uv'],
    verbs: ['tool install', 'tool run'],
    short: 'wp',
    long: [...PIP_LONG, 'with', 'from'],
    pinned: /^[\w.-]+(?:\[[^\]]*\])?(?:===?|@)\d[\w.!+-]*$/,
    local: PIP_LOCAL,
    instead: 'uv run --locked',
  },
  {
    names: ['pipx'],
    verbs: ['install', 'run'],
    short: '',
    long: [...PIP_LONG, 'spec', 'pip-args', 'suffix'],
    pinned: PIP_PINNED,
    local: PIP_LOCAL,
    instead: 'uv run --locked',
  },
  {
    names: ['gem'],
    verbs: ['install', 'i'],
    short: 'vinPpBs',
    version: ['v', 'version'],
    long: ['version', 'install-dir', 'bindir', 'document', 'platform', 'source', 'trust-policy', 'build-root'],
    pinned: /^[\w-]+:\d+(?:\.\d+)+$/,
    local: /\.gem$|^[./]/,
    instead: 'bundle install',
  },
  {
    names: ['go'],
    verbs: ['install', 'run', 'get'],
    short: 'p',
    long: ['C', 'tags', 'ldflags', 'gcflags', 'mod', 'modfile', 'o', 'exec'],
    pinned: /@v\d+\.\d+\.\d+\S*$|@[0-9a-f]{12,40}$/,
    local: /^[^@]*$|^[./]|@v\d+\.\d+\.\d+/,
    instead: 'go tool',
  },
  {
    names: ['cargo'],
    verbs: ['install', 'binstall'],
    short: 'jF',
    version: ['version', 'vers', 'rev'],
    long: [
      'version',
      'vers',
      'git',
      'branch',
      'tag',
      'rev',
      'path',
      'root',
      'features',
      'target',
      'profile',
      'registry',
      'index',
      'bin',
      'example',
      'jobs',
    ],
    unless: ['path'],
    pinned: /@=?\d+\.\d+\.\d+\S*$/,
    local: /^[./]/,
    instead: 'cargo install --locked name@1.2.3',
  },
  {
    names: ['dotnet'],
    verbs: ['tool install', 'tool update'],
    short: 'v',
    version: ['version', 'v'],
    long: [
      'version',
      'add-source',
      'source',
      'tool-path',
      'tool-manifest',
      'framework',
      'arch',
      'configfile',
      'verbosity',
    ],
    pinned: /@\d+\.\d+/,
    local: /^[./]/,
    instead: 'dotnet tool restore',
  },
  {
    names: ['nuget'],
    verbs: ['install'],
    short: '',
    version: ['Version', 'version'],
    long: ['Version', 'version', 'OutputDirectory', 'Source', 'source', 'Verbosity', 'SolutionDirectory', 'ConfigFile'],
    pinned: /@\d+\.\d+/,
    local: /\.config$|^[./]/,
    instead: 'dotnet restore --locked-mode',
  },
  {
    names: ['choco', 'chocolatey'],
    verbs: ['install', 'upgrade'],
    short: 's',
    version: ['version'],
    long: [
      'version',
      'source',
      'params',
      'package-parameters',
      'install-arguments',
      'timeout',
      'execution-timeout',
      'ia',
    ],
    pinned: /@\d+\.\d+/,
    local: /\.config$/,
    instead: 'choco install name --version=1.2.3',
  },
  {
    names: ['install-module', 'install-psresource', 'install-script', 'save-module'],
    verbs: [''],
    short: '',
    long: ['Name', 'Scope', 'Repository', 'RequiredVersion', 'MinimumVersion', 'MaximumVersion', 'Version', 'Path'],
    version: ['RequiredVersion', 'Version'],
    pinned: /@\d+\.\d+/,
    local: /^[./\\]/,
    instead: 'Install-Module name -RequiredVersion 1.2.3',
  },
  {
    names: ['composer'],
    verbs: ['global require', 'require'],
    short: 'd',
    long: ['working-dir'],
    pinned: /:\d+\.\d+\.\d+$/,
    local: /^[./]/,
    instead: 'composer install',
  },
  {
    names: ['uvx'],
    verbs: [''],
    short: 'wp',
    long: [...PIP_LONG, 'with', 'from'],
    pinned: /^[\w.-]+(?:\[[^\]]*\])?(?:==|@)\d[\w.!+-]*$/,
    local: PIP_LOCAL,
    instead: 'uv run --locked',
  },
  {
    // Without a version it is what the lockfile has, where it has one.
    names: ['npx'],
    verbs: [''],
    short: 'cpw',
    long: [...NPM_LONG, 'package', 'call'],
    pinned: NPM_PINNED,
    local: /^(?!.+@)/,
    instead: 'npm exec',
  },
  {
    names: ['bunx', 'pnpx'],
    verbs: [''],
    short: 'p',
    long: [...NPM_LONG, 'package'],
    pinned: NPM_PINNED,
    local: NPM_LOCAL,
    instead: 'pnpm exec',
  },
];

/** Programs that run one thing, what follows is its own: only the first operand is a package. */
export const runsOne = [
  'npx',
  'uvx',
  'bunx',
  'pnpx',
  'pnpm dlx',
  'yarn dlx',
  'pipx run',
  'uv tool run',
  'go run',
] as const;

/** The package managers themselves: their newest version is what people want, and comes from the same place as all the rest. */
export const ownPackages = [
  'pip',
  'setuptools',
  'wheel',
  'uv',
  'pipx',
  'poetry',
  'bundler',
  'rubygems-update',
  'pnpm',
  'yarn',
  'corepack',
] as const;
