/** What is handed to other people: a package, the files of a release, an image, a running service, or only a text (`notes`: a release's tag and description, nothing that was built). */
export type PublicationKind = 'package' | 'release' | 'image' | 'deployment' | 'notes';

/** An action that publishes. */
export interface PublishingAction {
  readonly action: string;
  readonly kind: PublicationKind;
  /** For a message: the registry or service. */
  readonly where: string;
  /** The input that makes it publish: given, and not `false`. Left out: it always does. */
  readonly input?: string;
  /** What that input must contain (goreleaser's `args: release`). */
  readonly match?: RegExp;
  /** A value of any input with which nothing is published. */
  readonly unless?: RegExp;
}

/**
 * Actions that publish what a job built. Sources: the actions' own metadata and documentation; in `docker/*` only `push`
 * or an exporting output publishes. November 2026.
 */
export const publishingActions = [
  { action: 'pypa/gh-action-pypi-publish', kind: 'package', where: 'PyPI' },
  { action: 'PyO3/maturin-action', kind: 'package', where: 'PyPI', input: 'command', match: /^(?:publish|upload)$/ },
  { action: 'JRubics/poetry-publish', kind: 'package', where: 'PyPI' },
  { action: 'rubygems/release-gem', kind: 'package', where: 'RubyGems' },
  { action: 'JS-DevTools/npm-publish', kind: 'package', where: 'npm', unless: /^dry-run=true$/ },
  { action: 'changesets/action', kind: 'package', where: 'npm', input: 'publish' },
  { action: 'cycjimmy/semantic-release-action', kind: 'package', where: 'npm', unless: /^dry_run=true$/ },
  {
    action: 'HaaLeo/publish-vscode-extension',
    kind: 'package',
    where: 'the extension marketplace',
    unless: /^dryRun=true$/,
  },
  { action: 'katyo/publish-crates', kind: 'package', where: 'crates.io', unless: /^dry-run=true$/ },
  { action: 'MarcoIeni/release-plz-action', kind: 'package', where: 'crates.io', unless: /^command=release-pr$/ },
  { action: 'release-plz/action', kind: 'package', where: 'crates.io', unless: /^command=release-pr$/ },
  { action: 'jreleaser/release-action', kind: 'package', where: 'its registries' },
  { action: 'samuelmeuli/action-maven-publish', kind: 'package', where: 'Maven' },
  { action: 'spring-io/artifactory-deploy-action', kind: 'package', where: 'Artifactory' },
  { action: 'spring-io/central-publish-action', kind: 'package', where: 'Maven Central' },
  { action: 'helm/chart-releaser-action', kind: 'package', where: 'the chart repository' },
  { action: 'bufbuild/buf-push-action', kind: 'package', where: 'the Buf registry' },
  { action: 'snapcore/action-publish', kind: 'package', where: 'the Snap store' },
  {
    action: 'goreleaser/goreleaser-action',
    kind: 'release',
    where: 'GitHub releases',
    input: 'args',
    match: /^(?!.*--(?:snapshot|skip[= ]\S*publish|skip-publish)).*\brelease\b/,
  },
  { action: 'softprops/action-gh-release', kind: 'release', where: 'GitHub releases' },
  { action: 'ncipollo/release-action', kind: 'release', where: 'GitHub releases' },
  { action: 'svenstaro/upload-release-action', kind: 'release', where: 'GitHub releases' },
  { action: 'actions/upload-release-asset', kind: 'release', where: 'GitHub releases' },
  { action: 'shogo82148/actions-upload-release-asset', kind: 'release', where: 'GitHub releases' },
  { action: 'xresloader/upload-to-github-release', kind: 'release', where: 'GitHub releases' },
  { action: 'marvinpinto/action-automatic-releases', kind: 'release', where: 'GitHub releases' },
  { action: 'taiki-e/upload-rust-binary-action', kind: 'release', where: 'GitHub releases', unless: /^dry-run=true$/ },
  { action: 'wangyoucao577/go-release-action', kind: 'release', where: 'GitHub releases' },
  { action: 'tauri-apps/tauri-action', kind: 'release', where: 'GitHub releases', input: 'tagName' },
  { action: 'actions/create-release', kind: 'notes', where: 'GitHub releases' },
  { action: 'release-drafter/release-drafter', kind: 'notes', where: 'GitHub releases' },
  { action: 'googleapis/release-please-action', kind: 'notes', where: 'GitHub releases' },
  { action: 'google-github-actions/release-please-action', kind: 'notes', where: 'GitHub releases' },
  { action: 'taiki-e/create-gh-release-action', kind: 'notes', where: 'GitHub releases' },
  { action: 'docker/build-push-action', kind: 'image', where: 'the image registry', input: 'push' },
  {
    action: 'docker/build-push-action',
    kind: 'image',
    where: 'the image registry',
    input: 'outputs',
    match: /type=registry|push=true/,
  },
  { action: 'docker/bake-action', kind: 'image', where: 'the image registry', input: 'push' },
  { action: 'depot/build-push-action', kind: 'image', where: 'the image registry', input: 'push' },
  { action: 'depot/bake-action', kind: 'image', where: 'the image registry', input: 'push' },
  { action: 'redhat-actions/push-to-registry', kind: 'image', where: 'the image registry' },
  { action: 'macbre/push-to-ghcr', kind: 'image', where: 'ghcr.io' },
  {
    action: 'elgohr/Publish-Docker-Github-Action',
    kind: 'image',
    where: 'the image registry',
    unless: /^no_push=true$/,
  },
  { action: 'aws-actions/amazon-ecs-deploy-task-definition', kind: 'deployment', where: 'Amazon ECS' },
  { action: 'aws-actions/aws-cloudformation-github-deploy', kind: 'deployment', where: 'CloudFormation' },
  { action: 'aws-actions/aws-lambda-deploy', kind: 'deployment', where: 'AWS Lambda', unless: /^dry-run=true$/ },
  { action: 'Azure/aci-deploy', kind: 'deployment', where: 'Azure' },
  { action: 'Azure/container-apps-deploy-action', kind: 'deployment', where: 'Azure' },
  { action: 'Azure/functions-action', kind: 'deployment', where: 'Azure' },
  { action: 'Azure/webapps-deploy', kind: 'deployment', where: 'Azure' },
  { action: 'Azure/static-web-apps-deploy', kind: 'deployment', where: 'Azure' },
  { action: 'Azure/sql-action', kind: 'deployment', where: 'Azure' },
  { action: 'Azure/k8s-deploy', kind: 'deployment', where: 'Kubernetes' },
  { action: 'cloudflare/wrangler-action', kind: 'deployment', where: 'Cloudflare' },
  { action: 'cloudflare/pages-action', kind: 'deployment', where: 'Cloudflare' },
  { action: 'google-github-actions/deploy-appengine', kind: 'deployment', where: 'Google Cloud' },
  { action: 'google-github-actions/deploy-cloud-functions', kind: 'deployment', where: 'Google Cloud' },
  { action: 'google-github-actions/deploy-cloudrun', kind: 'deployment', where: 'Google Cloud' },
  { action: 'FirebaseExtended/action-hosting-deploy', kind: 'deployment', where: 'Firebase' },
  { action: 'superfly/flyctl-actions', kind: 'deployment', where: 'Fly.io', input: 'args', match: /\bdeploy\b/ },
  { action: 'amondnet/vercel-action', kind: 'deployment', where: 'Vercel' },
  { action: 'nwtgck/actions-netlify', kind: 'deployment', where: 'Netlify' },
  { action: 'actions/deploy-pages', kind: 'deployment', where: 'GitHub Pages' },
  { action: 'peaceiris/actions-gh-pages', kind: 'deployment', where: 'GitHub Pages' },
  {
    action: 'JamesIves/github-pages-deploy-action',
    kind: 'deployment',
    where: 'GitHub Pages',
    unless: /^dry-run=true$/,
  },
] as const satisfies readonly PublishingAction[];

/** A command that publishes. */
export interface PublishingCommand {
  readonly names: readonly string[];
  /** A pattern over its words behind the name, joined by blanks: `npm --workspace a publish`. Left out: any. */
  readonly words?: RegExp;
  readonly kind: PublicationKind;
  readonly where: string;
  /** Words with which nothing is published, beside those of every command (`--dry-run`, `--help`). */
  readonly unless?: RegExp;
}

/**
 * Commands that publish, at command position. Sources: the tools' own manuals. November 2026.
 */
export const publishingCommands = [
  { names: ['npm', 'pnpm', 'bun'], words: /^(?:-\S+ (?:[^-\s]\S* )?)*publish\b/, kind: 'package', where: 'npm' },
  { names: ['yarn'], words: /^(?:workspaces? .*)?(?:npm )?publish\b/, kind: 'package', where: 'npm' },
  {
    names: ['lerna', 'changeset', 'changesets', 'release-it', 'np'],
    words: /^(?:publish\b|(?![a-z]))/,
    kind: 'package',
    where: 'npm',
  },
  { names: ['nx'], words: /^release publish\b/, kind: 'package', where: 'npm' },
  { names: ['semantic-release'], kind: 'package', where: 'npm' },
  { names: ['jsr', 'deno'], words: /^publish\b/, kind: 'package', where: 'JSR' },
  { names: ['vsce', 'ovsx'], words: /^publish\b/, kind: 'package', where: 'the extension marketplace' },
  {
    names: ['cargo'],
    words: /^(?:\+\S+ )?(?:-\S+ )*(?:publish|release|workspaces publish|ws publish|smart-release)\b/,
    kind: 'package',
    where: 'crates.io',
    unless: /(?:^| )-n(?: |$)/,
  },
  { names: ['release-plz'], words: /^release(?!-pr)\b/, kind: 'package', where: 'crates.io' },
  { names: ['twine'], words: /^upload\b/, kind: 'package', where: 'PyPI' },
  {
    names: ['uv', 'poetry', 'hatch', 'pdm', 'flit', 'maturin', 'rye'],
    words: /^(?:-\S+ (?:[^-\s]\S* )?)*(?:publish|upload)\b/,
    kind: 'package',
    where: 'PyPI',
  },
  { names: ['gem'], words: /^push\b/, kind: 'package', where: 'RubyGems' },
  { names: ['rake'], words: /^(?:\S+ )*release\b/, kind: 'package', where: 'RubyGems' },
  { names: ['dotnet'], words: /^nuget push\b/, kind: 'package', where: 'NuGet' },
  { names: ['nuget', 'nuget.exe'], words: /^push\b/i, kind: 'package', where: 'NuGet' },
  {
    names: ['dart', 'flutter'],
    words: /^pub (?:\S+ )*publish\b/,
    kind: 'package',
    where: 'pub.dev',
    unless: /(?:^| )-n(?: |$)/,
  },
  {
    names: ['mvn', 'mvnw', 'mvnw.cmd'],
    words: /(?:^| )(?:deploy|[\w-]+:deploy|release:perform|central-publishing:publish)(?: |$)/,
    kind: 'package',
    where: 'Maven',
  },
  {
    names: ['gradle', 'gradlew', 'gradlew.bat'],
    words: /(?:^| )(?:[\w-]*:)*(?:publish(?!\w*ToMavenLocal)\w*|uploadArchives|closeAndRelease\w*|jreleaser\w+)(?: |$)/,
    kind: 'package',
    where: 'Maven',
  },
  {
    names: ['sbt'],
    words: /\b(?:publish|publishSigned|ci-release|sonatypeBundleRelease)\b/,
    kind: 'package',
    where: 'Maven',
  },
  { names: ['mix'], words: /^hex\.publish\b/, kind: 'package', where: 'Hex' },
  { names: ['cabal'], words: /^upload\b/, kind: 'package', where: 'Hackage' },
  { names: ['pod'], words: /^trunk push\b/, kind: 'package', where: 'CocoaPods' },
  { names: ['helm'], words: /^(?:cm-)?push\b/, kind: 'package', where: 'the chart repository' },
  { names: ['buf'], words: /^push\b/, kind: 'package', where: 'the Buf registry' },
  { names: ['snapcraft'], words: /^(?:upload|push|release)\b/, kind: 'package', where: 'the Snap store' },
  {
    names: ['goreleaser'],
    words: /^release\b/,
    kind: 'release',
    where: 'GitHub releases',
    unless: /--snapshot|--skip[= ]\S*publish|--skip-publish/,
  },
  { names: ['gh'], words: /^release upload\b/, kind: 'release', where: 'GitHub releases' },
  { names: ['gh'], words: /^release create\b/, kind: 'release', where: 'GitHub releases' },
  {
    names: ['docker', 'podman', 'nerdctl', 'buildah'],
    words: /^(?:image |manifest )?push\b/,
    kind: 'image',
    where: 'the image registry',
  },
  {
    names: ['docker', 'podman', 'nerdctl', 'depot'],
    words: /^(?:buildx |image )?(?:build|bake)\b.*(?:--push(?!=false)|type=registry|push=true)/,
    kind: 'image',
    where: 'the image registry',
  },
  { names: ['docker'], words: /^buildx imagetools create\b/, kind: 'image', where: 'the image registry' },
  { names: ['docker-compose'], words: /^push\b/, kind: 'image', where: 'the image registry' },
  { names: ['docker'], words: /^compose (?:\S+ )*push\b/, kind: 'image', where: 'the image registry' },
  { names: ['skopeo'], words: /^copy\b.* docker:\/\//, kind: 'image', where: 'the image registry' },
  {
    names: ['crane', 'regctl', 'oras'],
    words: /^(?:image )?(?:push|copy|cp)\b/,
    kind: 'image',
    where: 'the image registry',
  },
  {
    names: ['ko'],
    words: /^(?:publish|build|resolve|apply)\b/,
    kind: 'image',
    where: 'the image registry',
    unless: /--push=false|--local|-L\b/,
  },
  {
    names: ['wrangler'],
    words: /^(?:deploy|publish|pages (?:deploy|publish))\b/,
    kind: 'deployment',
    where: 'Cloudflare',
  },
  { names: ['firebase'], words: /^deploy\b/, kind: 'deployment', where: 'Firebase' },
  { names: ['flyctl', 'fly'], words: /^deploy\b/, kind: 'deployment', where: 'Fly.io' },
  { names: ['vercel'], words: /^(?:deploy\b|.*--prod\b)/, kind: 'deployment', where: 'Vercel' },
  { names: ['netlify'], words: /^deploy\b/, kind: 'deployment', where: 'Netlify' },
  {
    names: ['serverless', 'sls', 'sam', 'cdk', 'copilot', 'amplify'],
    words: /^(?:svc )?deploy\b/,
    kind: 'deployment',
    where: 'AWS',
  },
  {
    names: ['terraform', 'tofu', 'terragrunt'],
    words: /^(?:-\S+ )*(?:run-all )?apply\b/,
    kind: 'deployment',
    where: 'the infrastructure',
  },
  { names: ['pulumi'], words: /^up\b/, kind: 'deployment', where: 'the infrastructure' },
  {
    names: ['kubectl'],
    words: /^(?:-\S+ )*(?:apply|set image|rollout restart)\b/,
    kind: 'deployment',
    where: 'Kubernetes',
  },
  { names: ['helm', 'helmfile'], words: /^(?:upgrade|install|apply|sync)\b/, kind: 'deployment', where: 'Kubernetes' },
  {
    names: ['aws'],
    words: /^s3 (?:sync|cp|mv)\b.* ["']?s3:\/\/\S*(?: -.*)?$/,
    kind: 'deployment',
    where: 'Amazon S3',
  },
  {
    names: ['gcloud'],
    words: /^(?:beta |alpha )?(?:run|functions|app) deploy\b|^builds submit\b/,
    kind: 'deployment',
    where: 'Google Cloud',
  },
] as const satisfies readonly PublishingCommand[];

/** Words with which no command publishes anything. */
export const notPublishing =
  /(?:^| )(?:--dry-run(?!=(?:false|none))\S*|--dryRun|-DdryRun(?:=true)?|--help|-h|--no-push)(?: |$)/;

/** Programs that only run another one whose words follow: `npx vsce publish`, `uv run twine upload`, `python -m twine upload`. */
export const commandRunners: Readonly<Record<string, RegExp>> = {
  npx: /^(?:-\S+ )*/,
  pnpx: /^(?:-\S+ )*/,
  bunx: /^(?:-\S+ )*/,
  uvx: /^(?:--from \S+ |--with \S+ |--python \S+ |-\S+ )*/,
  uv: /^(?:tool )?run (?:--from \S+ |--with \S+ |--group \S+ |--extra \S+ |--python \S+ |-\S+ )*/,
  pipx: /^run (?:--spec \S+ |-\S+ )*/,
  poetry: /^run /,
  pipenv: /^run /,
  hatch: /^run /,
  pdm: /^run /,
  rye: /^run /,
  python: /^(?:-\S+ )*?-m /,
  python3: /^(?:-\S+ )*?-m /,
  py: /^(?:-\S+ )*?-m /,
  bundle: /^exec /,
  pnpm: /^(?:-\S+ (?:[^-\s]\S* )?)*?(?:exec |dlx )(?:-\S+ )*/,
  npm: /^exec (?:-\S+ )*(?:-- )?/,
  yarn: /^(?:exec |dlx |run )?/,
  bun: /^(?:x |run )/,
  mise: /^(?:x|exec) (?:\S+ )*?-- /,
  nix: /^(?:run|develop) (?:\S+ )*?(?:-- |-c |--command )/,
  dotenv: /^(?:\S+ )*?-- /,
};

/** Registries on the runner itself: what is pushed there reaches nobody. */
export const localRegistry =
  /\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0|host\.docker\.internal|registry\.local)(?::\d+)?\b|\bkind\.local\b|\bko\.local\b/;

/** Branch names whose pushes are releases, where a filter names them. */
export const releaseBranch = /(?:^|[/_-])release(?:s|[/_-]|$)/i;

/** Programs that run a target or script by its name. */
export const taskRunners = /^(?:make|just|task|rake|mage|npm|pnpm|yarn|bun|nox|tox|invoke|poe|composer|ant)$/;

/** Names of targets and scripts that publish: `release`, `publish-packages`, `ci:release`. What is deployed stays in the house. */
export const publishingName =
  /^(?:[\w.-]*[-_.:/])?(?:release|publish)(?![-_.:]?(?:notes|check|dry|test|draft|build|prep))(?:[-_.:][\w.-]*)?$/i;

/** One of these stands in every script that publishes by one of the commands above. */
export const publishingWord =
  /publish|push|deploy|upload|release|apply|registry|docker:\/\/|copy|cp\b|\bko\b|\bup\b|upgrade|helm|sync|imagetools|submit|vercel|rollout|set image|lerna|\bnp\b|uploadArchives|mv\b/i;
