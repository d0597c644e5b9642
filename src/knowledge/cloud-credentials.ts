/** A place where a long-lived key of a cloud is given, though GitHub's identity token would do. */
export interface CloudKeyInput {
  readonly actions: readonly string[];
  readonly input: string;
  readonly cloud: Cloud;
  /** With this input the credentials are short-lived. */
  readonly unless?: string;
}

export type Cloud = 'AWS' | 'Azure' | 'Google Cloud';

/** Sources: the actions' documentation, 2026-11. */
export const cloudKeyInputs = [
  {
    actions: ['aws-actions/configure-aws-credentials'],
    input: 'aws-secret-access-key',
    cloud: 'AWS',
    unless: 'aws-session-token',
  },
  {
    actions: ['aws-actions/configure-aws-credentials-action-for-github-actions'],
    input: 'aws-secret-access-key',
    cloud: 'AWS',
  },
  { actions: ['azure/login', 'azure/aks-set-context', 'azure/cli'], input: 'creds', cloud: 'Azure' },
  { actions: ['google-github-actions/auth'], input: 'credentials_json', cloud: 'Google Cloud' },
  {
    actions: ['google-github-actions/setup-gcloud', 'google-github-actions/*'],
    input: 'service_account_key',
    cloud: 'Google Cloud',
  },
  { actions: ['google-github-actions/*'], input: 'credentials', cloud: 'Google Cloud' },
] as const satisfies readonly CloudKeyInput[];

/** Variables that the clouds' tools read a static key from. Sources: their documentation, 2026-11. */
export const cloudKeyVariables: ReadonlyMap<string, Cloud> = new Map([
  ['AWS_SECRET_ACCESS_KEY', 'AWS'],
  ['GOOGLE_APPLICATION_CREDENTIALS', 'Google Cloud'],
  ['GOOGLE_CREDENTIALS', 'Google Cloud'],
  ['GCLOUD_SERVICE_KEY', 'Google Cloud'],
  ['GCP_SA_KEY', 'Google Cloud'],
  ['CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE', 'Google Cloud'],
  ['AZURE_CREDENTIALS', 'Azure'],
  ['AZURE_CLIENT_SECRET', 'Azure'],
  ['ARM_CLIENT_SECRET', 'Azure'],
]);

/** Commands that log in with a static key; the pattern is over their words behind the name. */
export const cloudKeyCommands: readonly { readonly name: string; readonly words: RegExp; readonly cloud: Cloud }[] = [
  { name: 'aws', words: /^configure set (?:\S+\.)?aws_secret_access_key\b/, cloud: 'AWS' },
  { name: 'gcloud', words: /^(?:\S+ )*auth activate-service-account\b/, cloud: 'Google Cloud' },
  { name: 'az', words: /^login\b.*--service-principal\b.*(?:-p|--password)\b/, cloud: 'Azure' },
];

/** How each cloud takes GitHub's identity instead. */
export const identityLogins: Readonly<Record<Cloud, string>> = {
  AWS: '`role-to-assume` of `aws-actions/configure-aws-credentials`',
  Azure: '`client-id`, `tenant-id` and `subscription-id` of `azure/login`',
  'Google Cloud': '`workload_identity_provider` of `google-github-actions/auth`',
};

/** Stores that speak S3's protocol and know no identity of GitHub, and stand-ins for tests. */
export const S3_LIKE =
  /\b_?(?:R2|MINIO|B2|BACKBLAZE|WASABI|SPACES|DO_SPACES|SCALEWAY|SCW|HETZNER|LINODE|OVH|CEPH|GARAGE|LOCALSTACK|MOTO|TIGRIS|IDRIVE|SUPABASE|CLOUDFLARE|STORJ)(?:_|\b)|endpoint[-_]url|AWS_ENDPOINT|localstack|minio|r2\.cloudflarestorage|digitaloceanspaces|backblazeb2/i;

/** Names of secrets that hold a structure: JSON, YAML, a whole file. */
export const STRUCTURE_NAME =
  /(?:^|_)JSON(?:_|$)|(?:^|_)(?:YAML|YML|XML|TOML|DOTENV|ENV_FILE)$|^(?:GCP|GOOGLE|GCLOUD|FIREBASE|FIRESTORE|VERTEX)_(?:\w+_)?(?:SA_KEY|SERVICE_ACCOUNT(?:_KEY)?|CREDENTIALS?|SERVICE_KEY)$|(?:^|_)(?:SERVICE_ACCOUNT_(?:KEY|JSON|CREDENTIALS)|AZURE_CREDENTIALS|DOCKER_?CONFIG|DOCKER_AUTH_CONFIG|SETTINGS_XML|GOOGLE_SERVICES)$/;

/** A tool that takes nothing else. */
export const UNAVOIDABLE_STRUCTURE = /KUBE_?CONFIG|^(?:\w+_)?NPMRC$|OVPN|MOBILEPROVISION|PROVISIONING_PROFILE/;
