/** Files that hold credentials, by the end of their path. */
export interface CredentialFile {
  /** Matched against one line of a path list, `/` for both kinds of slashes, from a name's beginning. */
  readonly path: RegExp;
  /** For a message. */
  readonly holds: string;
  /** False: it often does, not always. */
  readonly isSure: boolean;
}

/**
 * Files and folders in which tools keep credentials. Sources: the tools' own documentation. November 2026.
 */
export const credentialFiles = [
  { path: /(?:^|\/)\.git(?:\/(?:config)?)?(?:\/?\*\*?)?\/?$/, holds: 'the token of the checkout', isSure: true },
  { path: /(?:^|\/)\.git-credentials$/, holds: 'the credentials of git', isSure: true },
  {
    path: /(?:^|\/)\.env(?:\.(?!(?:example|sample|template|dist|test|defaults?)\b)[\w-]+|\*)?$/,
    holds: 'the secrets of the environment',
    isSure: true,
  },
  { path: /(?:^|\/)\.npmrc$/, holds: 'the token of the package registry', isSure: true },
  { path: /(?:^|\/)\.(?:yarnrc(?:\.yml)?)$/, holds: 'the token of the package registry', isSure: false },
  { path: /(?:^|\/)\.(?:pypirc|netrc)$/, holds: 'the token of the package registry', isSure: true },
  { path: /(?:^|\/)\.cargo\/credentials(?:\.toml)?$/, holds: 'the token of crates.io', isSure: true },
  { path: /(?:^|\/)\.gem\/credentials$/, holds: 'the token of RubyGems', isSure: true },
  { path: /(?:^|\/)\.m2\/settings\.xml$/, holds: 'the passwords of the Maven repositories', isSure: true },
  { path: /(?:^|\/)\.nuget\/NuGet\/NuGet\.Config$/i, holds: 'the passwords of the package feeds', isSure: true },
  { path: /(?:^|\/)\.aws(?:\/(?:credentials|config|\*\*?)?)?$/, holds: 'the keys of AWS', isSure: true },
  { path: /(?:^|\/)\.azure(?:\/.*)?$/, holds: 'the login of Azure', isSure: true },
  { path: /(?:^|\/)\.config\/gcloud(?:\/.*)?$/, holds: 'the login of Google Cloud', isSure: true },
  {
    path: /(?:^|\/)(?:gha-creds-[^/]*|application_default_credentials)\.json$/,
    holds: 'the login of Google Cloud',
    isSure: true,
  },
  {
    path: /(?:^|\/)(?:service[-_]?account[^/]*|credentials)\.json$/i,
    holds: 'the key of a service account',
    isSure: false,
  },
  { path: /(?:^|\/)\.kube(?:\/(?:config|\*\*?)?)?$/, holds: 'the login of the cluster', isSure: true },
  { path: /(?:^|\/)(?:[\w.*-]*[-_.])?kubeconfig(?:\.ya?ml)?$/i, holds: 'the login of the cluster', isSure: true },
  {
    path: /(?:^|\/)\.docker(?:\/(?:config\.json|\*\*?)?)?$/,
    holds: 'the logins of the image registries',
    isSure: true,
  },
  { path: /(?:^|\/)\.ssh(?:\/.*)?$/, holds: 'private keys', isSure: true },
  { path: /(?:^|\/)id_(?:rsa|ed25519|ecdsa|dsa|\*)$/, holds: 'a private key', isSure: true },
  {
    path: /(?:^|\/)(?:\*|[\w-]*(?:private|key)[\w-]*)\.pem$|(?:^|\/)\*\.(?:key|p12|pfx|jks|keystore)$/i,
    holds: 'a private key',
    isSure: false,
  },
  { path: /(?:^|\/)\.vault-token$/, holds: 'the token of the vault', isSure: true },
  { path: /(?:^|\/)\.gnupg(?:\/.*)?$/, holds: 'private keys', isSure: true },
  { path: /\.tfstate(?:\.backup)?$/, holds: 'every secret that Terraform knows', isSure: true },
  {
    path: /(?:^|\/)(?:[\w.*-]*\.tfplan|tfplan(?:\.(?:bin|out|binary))?)$/,
    holds: 'the secrets in Terraform’s plan',
    isSure: false,
  },
  {
    path: /^(?:\$\{\{\s*github\.env\s*\}\}|\$\{?GITHUB_ENV\}?)$|_runner_file_commands/i,
    holds: 'all variables that steps have set',
    isSure: true,
  },
  {
    path: /^(?:~|\$\{?HOME\}?|\/home\/runner|\/root)(?:\/\*\*?|\/)?$/,
    holds: 'everything in the home folder, logins included',
    isSure: true,
  },
] as const satisfies readonly CredentialFile[];
