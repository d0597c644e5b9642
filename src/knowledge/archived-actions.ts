/**
 * Repositories of actions that their owners have archived: nobody mends what is found in them. `owner/repo` or `owner/*`, lower case,
 * and what took their place where something did.
 *
 * For when GitHub was not asked. Source: the repositories' own notices, November 2026.
 */
export const ARCHIVED_ACTIONS: Readonly<Record<string, string | null>> = {
  'actions-rs/*': '`rustup`, `cargo`, or dtolnay/rust-toolchain',
  'actions/aws': null,
  'actions/azure': null,
  'actions/create-release': '`gh release create`',
  'actions/docker': null,
  'actions/gcloud': 'google-github-actions/setup-gcloud',
  'actions/heroku': null,
  'actions/npm': 'actions/setup-node',
  'actions/setup-elixir': 'erlef/setup-beam',
  'actions/setup-haskell': 'haskell-actions/setup',
  'actions/setup-ruby': 'ruby/setup-ruby',
  'actions/upload-release-asset': '`gh release upload`',
  'actions/zeit-now': null,
  'adoptopenjdk/install-jdk': 'actions/setup-java',
  'andymckay/cancel-action': '`concurrency:`',
  'andymckay/labeler': null,
  'azure/container-scan': null,
  'azure/docker-login': 'docker/login-action',
  'c-hive/gha-npm-cache': 'actions/setup-node',
  'c-hive/gha-yarn-cache': 'actions/setup-node',
  'crazy-max/ghaction-docker-buildx': 'docker/setup-buildx-action',
  'docker/github-actions': 'docker/build-push-action',
  'google-github-actions/release-please-action': 'googleapis/release-please-action',
  'gradle/gradle-build-action': 'gradle/actions/setup-gradle',
  'gradle/wrapper-validation-action': 'gradle/actions/wrapper-validation',
  'hashicorp/terraform-github-actions': 'hashicorp/setup-terraform',
  'joschi/setup-jdk': 'actions/setup-java',
  'marvinpinto/*': '`gh release create`',
  'repo-sync/*': '`gh pr create`',
  'returntocorp/semgrep-action': '`semgrep ci` in its image',
  'semgrep/semgrep-action': '`semgrep ci` in its image',
  'sonarsource/sonarcloud-github-action': 'SonarSource/sonarqube-scan-action',
  'tibdex/github-app-token': 'actions/create-github-app-token',
};

/** The date of the list, for people who read what it says. */
export const ARCHIVED_AS_OF = 'November 2026';
