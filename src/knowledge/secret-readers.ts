/** Programs and actions that read a variable without being told to. */
export interface ImplicitReader {
  readonly variable: RegExp;
  readonly programs: RegExp;
  /** Over the slug. */
  readonly actions: RegExp;
  /** Whatever publishes. */
  readonly publishes?: boolean;
}

const NONE = /(?!)/;

/** Sources: the tools' documentation, 2026-11. The first row whose pattern fits a variable's name counts. */
export const implicitReaders: readonly ImplicitReader[] = [
  {
    variable: /^(?:GH|GITHUB)_TOKEN$/,
    programs: /\bgh\s|\bcargo dist|\bsemantic-release|\bgoreleaser/,
    actions: /goreleaser|release|changesets|danger/i,
  },
  { variable: /^TURBO_/, programs: /\b(?:turbo|pnpm|npm run|npm test|yarn|bun)\b/, actions: /changesets|turbo/i },
  { variable: /^NX_/, programs: /\b(?:nx|pnpm|npm run|npm test|yarn)\b/, actions: /^nrwl\//i },
  {
    variable:
      /^(?:NPM_TOKEN|NODE_AUTH_TOKEN|NPM_CONFIG_|CARGO_REGISTRY_TOKEN|TWINE_|UV_PUBLISH_|GEM_HOST_API_KEY|NUGET_|VSCE_PAT|OVSX_PAT)/,
    programs: NONE,
    actions: NONE,
    publishes: true,
  },
  {
    variable: /^AWS_/,
    programs: /\b(?:aws|terraform|tofu|terragrunt|cdk|sam|serverless|pulumi|eksctl|kubectl)\b/,
    actions: /^aws-actions\/|^hashicorp\//i,
  },
  { variable: /^(?:ARM_|AZURE_)/, programs: /\b(?:az|azd|terraform|tofu|pulumi)\b/, actions: /^azure\//i },
  {
    variable: /^(?:GOOGLE_|GCP_|GCLOUD_|CLOUDSDK_)/,
    programs: /\b(?:gcloud|gsutil|bq|terraform|tofu|firebase|pulumi)\b/,
    actions: /^google-github-actions\//i,
  },
  { variable: /^(?:TF_|VAULT_)/, programs: /\b(?:terraform|tofu|vault)\b/, actions: /^hashicorp\//i },
  { variable: /^(?:GRADLE_|DEVELOCITY_|ORG_GRADLE_PROJECT_|SIGNING_)/, programs: /\bgradlew?\b/, actions: /gradle/i },
  { variable: /^(?:MAVEN_|OSSRH_|SONATYPE_|CENTRAL_)/, programs: /\bmvnw?\b|\bgradlew?\b|\bsbt\b/, actions: NONE },
  { variable: /^CODECOV_TOKEN$/, programs: /\bcodecov/, actions: /^codecov\//i },
  { variable: /^SONAR_/, programs: /\bsonar/, actions: /^sonarsource\//i },
  { variable: /^SENTRY_/, programs: /\bsentry-cli\b/, actions: /^getsentry\//i },
  { variable: /^CLOUDFLARE_/, programs: /\bwrangler\b/, actions: /^cloudflare\//i },
  {
    variable: /^(?:VERCEL|NETLIFY|FLY|HEROKU|RAILWAY)_/,
    programs: /\b(?:vercel|netlify|flyctl|fly|heroku|railway)\b/,
    actions: /vercel|netlify|superfly|heroku/i,
  },
  { variable: /^DOCKER/, programs: /\bdocker\b/, actions: /^docker\//i },
];
