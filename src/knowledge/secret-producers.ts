/** A command whose output is a credential that GitHub does not know, so the log shows it. */
export interface SecretProducer {
  readonly names: readonly string[];
  /** Over its words behind the name, joined by blanks. */
  readonly words: RegExp;
}

/** Credentials made or fetched on the runner. Source: the tools' manuals, 2026-11. */
export const secretProducers = [
  {
    names: ['aws'],
    words:
      /\b(?:sts (?:assume-role\S*|get-session-token|get-federation-token)|ecr(?:-public)? get-(?:login-password|authorization-token)|codeartifact get-authorization-token|secretsmanager get-secret-value|ssm get-parameters?\b.*--with-decryption|rds generate-db-auth-token|s3 presign|configure export-credentials|eks get-token)\b/,
  },
  {
    names: ['gcloud'],
    words:
      /\b(?:auth (?:application-default )?print-(?:access|identity)-token|secrets versions access|storage sign-url)\b/,
  },
  { names: ['gsutil'], words: /\bsignurl\b/ },
  {
    names: ['az'],
    words:
      /\b(?:account get-access-token|keyvault secret show|acr login\b.*--expose-token|storage (?:account|container|blob) (?:keys list|generate-sas|show-connection-string)|ad sp create-for-rbac)\b/,
  },
  { names: ['vault', 'bao'], words: /^(?:read|kv get|token create|write\b.*\blogin)\b/ },
  { names: ['op'], words: /^(?:read|item get|inject)\b/ },
  { names: ['bw'], words: /^get (?:password|item|notes|totp)\b/ },
  { names: ['doppler'], words: /\bsecrets (?:get|download)\b/ },
  { names: ['infisical'], words: /\b(?:secrets get|export|login)\b/ },
  { names: ['sops'], words: /(?:^| )(?:-d|--decrypt|decrypt|exec-env)(?: |$)/ },
  { names: ['gpg', 'gpg2', 'age'], words: /(?:^| )(?:-d|--decrypt|--export-secret-keys)(?: |$)/ },
  { names: ['pass'], words: /^(?:show )?\S+$/ },
  {
    names: ['kubectl', 'oc'],
    words: /\b(?:create token|get secrets?\b.*(?:-o|--output|--template)|whoami (?:-t|--show-token))/,
  },
  { names: ['gh'], words: /^(?:auth token\b|api\b.*(?:access_tokens|registration-token|generate-jitconfig))/ },
  { names: ['heroku'], words: /^auth:token\b/ },
  { names: ['npm', 'pnpm'], words: /^token create\b/ },
  { names: ['jwt'], words: /^encode\b/ },
  { names: ['step'], words: /^crypto jwt sign\b/ },
  { names: ['openssl'], words: /^(?:dgst|pkeyutl|rsautl|mac|enc)\b.*(?:-sign|-hmac|-macopt|-mac\b|-d\b)/ },
  { names: ['oathtool'], words: /./ },
] as const satisfies readonly SecretProducer[];

/** Programs whose output is what they read, cut, decoded or written otherwise: none of it is hidden in the log any more. 2026-11. */
export const secretTransforms: ReadonlySet<string> = new Set(
  (
    'jq gojq jaq yq sed gsed awk gawk mawk cut base64 gbase64 base32 basenc openssl tr head tail grep egrep fgrep rg xxd od hexdump rev ' +
    'perl fold sort uniq split gunzip gzip zcat xmllint xmlstarlet dasel hxselect uuencode paste fmt nl strings gawk column ' +
    'convertfrom-json convertto-json select-object select-string'
  ).split(' '),
);

/** Programs that print what they read or are given. */
export const printers: ReadonlySet<string> = new Set(
  'echo printf print cat tee write-output write-host write-verbose write-warning write-error write-information out-host out-string tee-object get-content type bat less more'.split(
    ' ',
  ),
);

/** Programs that send requests; what comes back is an answer, and maybe a token. */
export const requesters: ReadonlySet<string> = new Set(
  'curl wget http https xh httpie invoke-restmethod invoke-webrequest irm iwr'.split(' '),
);

/** Names of variables and fields that hold a credential. */
export const CREDENTIAL_NAME =
  /(?:^|[_.-])(?:(?!next|page|continuation|sync|cancel)\w*_)?(?:token|jwt|secret|password|passwd|credentials?|api_?key|access_?key|private_?key|bearer|signature)$|(?:access|id|refresh|auth|session|bearer|installation)_?token|secretaccesskey|client_?secret/i;

/** Fields that page or count: their `token` is none. */
export const NO_CREDENTIAL_NAME =
  /(?:next|page|continuation|continue|sync|cancel)\w*_?token|token_?(?:count|type|expir|ur[il]|name|id|len)/i;

/** Actions whose output is a credential. They register it with the runner by themselves. Sources: their documentation, 2026-11. */
export const tokenActions: readonly string[] = [
  'actions/create-github-app-token',
  'tibdex/github-app-token',
  'getsentry/action-github-app-token',
  'wow-actions/use-app-token',
  'peter-murray/workflow-application-token-action',
  'navikt/github-app-token-generator',
  'actions-cool/github-app-token',
  'google-github-actions/auth',
  'google-github-actions/get-secretmanager-secrets',
  'aws-actions/aws-secretsmanager-get-secrets',
  'hashicorp/vault-action',
  '1password/load-secrets-action',
  'azure/get-keyvault-secrets',
  'bitwarden/sm-action',
  'octo-sts/action',
  'rust-lang/crates-io-auth-action',
];
