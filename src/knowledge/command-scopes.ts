import type { TokenScopeName } from './token-scopes.ts';

/** Scopes that something may write by; reading is not listed. */
type Writes = readonly TokenScopeName[];

const TALK: Writes = ['issues', 'pull-requests', 'repository-projects'];
const MERGE: Writes = ['contents', 'issues', 'pull-requests', 'repository-projects'];

/**
 * Subcommands of `gh` by what they may write with the token; those that are missing may do anything. A space separates the
 * group from the verb, a `*` stands for every other verb of the group.
 *
 * Source: the manual of GitHub's CLI and the permissions that the REST reference asks for the same calls, November 2026.
 */
export const GH_WRITES: Readonly<Record<string, Writes>> = {
  'api *': [],
  'attestation *': [],
  'auth *': [],
  'browse *': [],
  'cache delete': ['actions'],
  'cache list': [],
  'config *': [],
  'help *': [],
  'issue list': [],
  'issue status': [],
  'issue view': [],
  'issue develop': MERGE,
  'issue *': TALK,
  'label list': [],
  'label *': TALK,
  'pr checkout': [],
  'pr checks': [],
  'pr diff': [],
  'pr list': [],
  'pr status': [],
  'pr view': [],
  'pr *': MERGE,
  'release download': [],
  'release list': [],
  'release verify': [],
  'release view': [],
  'release *': ['contents', 'discussions'],
  'repo clone': [],
  'repo list': [],
  'repo view': [],
  'repo sync': ['contents'],
  'ruleset *': [],
  'run download': [],
  'run list': [],
  'run view': [],
  'run watch': [],
  'run *': ['actions'],
  'search *': [],
  'status *': [],
  'version *': [],
  'workflow list': [],
  'workflow view': [],
  'workflow *': ['actions'],
};

/**
 * What a call of the REST API may write, by the part of the path behind `repos/owner/repo/`.
 *
 * Source: GitHub's REST reference, "Permissions required for GitHub Apps", November 2026.
 */
export const REST_WRITES: Readonly<Record<string, Writes>> = {
  actions: ['actions'],
  assignees: ['issues', 'pull-requests'],
  branches: ['contents'],
  'check-runs': ['checks'],
  'check-suites': ['checks'],
  'code-scanning': ['security-events'],
  comments: ['contents'],
  commits: ['contents'],
  contents: ['contents'],
  deployments: ['deployments'],
  dispatches: ['contents'],
  git: ['contents'],
  issues: ['issues', 'pull-requests'],
  labels: ['issues', 'pull-requests'],
  merges: ['contents'],
  'merge-upstream': ['contents'],
  milestones: ['issues', 'pull-requests'],
  pages: ['pages'],
  pulls: ['pull-requests', 'contents', 'issues'],
  releases: ['contents'],
  statuses: ['statuses'],
  tags: ['contents'],
};

/**
 * What methods of Octokit may write, by their group: `github.rest.issues.createComment` is of `issues`.
 *
 * Source: as above.
 */
export const OCTOKIT_WRITES: Readonly<Record<string, Writes>> = {
  actions: ['actions'],
  apps: [],
  checks: ['checks'],
  codeScanning: ['security-events'],
  git: ['contents'],
  issues: ['issues', 'pull-requests'],
  meta: [],
  orgs: [],
  packages: ['packages'],
  pulls: ['pull-requests', 'contents', 'issues'],
  rateLimit: [],
  reactions: ['issues', 'pull-requests', 'discussions', 'contents'],
  search: [],
  teams: [],
  users: [],
};

/**
 * Groups of Octokit whose methods need different scopes: by the start of the method's name.
 */
export const OCTOKIT_REPOS: readonly (readonly [start: string, writes: Writes])[] = [
  ['get', []],
  ['list', []],
  ['compare', []],
  ['createCommitStatus', ['statuses']],
  ['createDeployment', ['deployments']],
  ['deleteDeployment', ['deployments']],
  ['createPages', ['pages']],
  ['requestPages', ['pages']],
  ['updateInformationAboutPages', ['pages']],
  ['', ['contents', 'statuses', 'deployments', 'pages', 'discussions']],
];

/**
 * Commands that do nothing with a token, whoever hands it to them: of the shell, of coreutils, and installers of the system.
 * Not among them: whatever runs other programs (`xargs`, `find`, `bash`, `make`, `npm`).
 */
export const INERT_COMMANDS: ReadonlySet<string> = new Set(
  `: . [ [[ awk base64 basename break cat cd chmod chown cksum clear cmp column comm continue cp csplit cut date declare df
  diff dirname dpkg du echo egrep exit export expr false fgrep file fmt fold free grep groups gunzip gzip head hostname id
  install jobs join jq kill ln local ls lscpu md5sum mkdir mktemp mv nl nproc numfmt paste printenv printf ps pwd read
  readarray mapfile readlink realpath return rm rmdir sed seq set sha1sum sha256sum sha512sum shasum shift shopt shuf sleep
  sort split stat sum sync tac tail tar tee test touch tr tree true truncate type typeset uname uniq unset unzip wait wc
  which whoami xz yq zip apt apt-get apk dnf yum brew choco winget pacman snap locale-gen git-lfs cygpath write-host
  write-output get-content set-content out-file select-string get-childitem new-item remove-item copy-item move-item
  compress-archive expand-archive get-date start-sleep out-string convertto-json convertfrom-json`.split(/\s+/),
);

/**
 * Commands of a build or a test that does not push, by name and first word (or none): git's stored token is there for them, too,
 * but it is not what they are for. `run release` and `make deploy` are not among them.
 */
export const BUILD_COMMANDS: readonly RegExp[] = [
  /^(npm|pnpm|yarn|bun) (i|ci|install|add|test|t|tst|audit|ls|list|outdated|config|view|pack|link|dedupe|rebuild)\b/,
  /^(npm|pnpm|yarn|bun) (run )?(test|lint|build|check|typecheck|type-check|types|format|fmt|unit|e2e|coverage|compile|tsc|docs:build|clean)([:-]\w*)*( |$)/,
  /^yarn$/,
  /^(npx|pnpx|bunx|pnpm exec|yarn exec) (playwright|tsc|eslint|prettier|jest|vitest|c8|nyc|biome|stylelint|markdownlint\S*)\b/,
  /^(python[\d.]*|py) -m (pip|build|pytest|unittest|venv|mypy|ruff|black|flake8|coverage|compileall|tox|nox)\b/,
  /^(pip[\d.]*|pipx|uv|uvx|poetry|pdm|pipenv|hatch) (install|sync|lock|check|venv|build|pip|ensurepath|show|list|python|export|download|wheel)\b/,
  /^(uv|poetry|pdm|pipenv|hatch) run (pytest|mypy|ruff|black|flake8|coverage|pyright|sphinx-build)\b/,
  /^(pytest|mypy|ruff|black|flake8|isort|pylint|pyright|coverage|tox|nox|pre-commit|codespell|yamllint|shellcheck|actionlint|hadolint)( |$)/,
  /^cargo (\+\S+ )?(build|b|test|t|check|c|clippy|fmt|doc|bench|nextest|fetch|tree|metadata|llvm-cov|tarpaulin|deny|audit|hack|miri|install|update|package)\b/,
  /^(rustup|rustc|rustfmt|go|gofmt|goimports|golangci-lint|staticcheck|gotestsum|govulncheck)( |$)/,
  /^(bundle|gem) (install|check|config|list|exec (rspec|rubocop|rake (test|spec|lint)))\b/,
  /^(composer) (install|validate|update|test|dump-autoload)\b/,
  /^(dotnet) (build|test|restore|format|tool|pack|clean|--\S+)( |$)/,
  /^(mvn|mvnw|gradle|gradlew|sbt)( -\S+)* (test|verify|compile|package|check|build|assemble|clean|integrationTest|javadoc|install)( |$)/,
  /^(cmake|ctest|ninja|meson|gcc|g\+\+|clang|cc|c\+\+|configure|swift|xcodebuild)( |$)/,
  /^make( -\S+)*( (test|tests|check|lint|build|all|install|compile|vet|fmt|clean|deps|unit|integration|e2e|coverage)([:_-]\w*)*)*$/,
  /^(corepack|node|nvm|deno|tsc|jest|vitest|eslint|prettier|terraform|tofu) (enable|prepare|--version|-v|use|install|init|validate|fmt|plan|test|check|lint|--check)?( |$)/,
];
