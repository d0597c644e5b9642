/** An option by which a program takes a secret that it could read from its input, a file or a variable instead. */
export interface SecretArgument {
  readonly names: readonly string[];
  /** A word that must be among its words (`login`). */
  readonly verb?: string;
  /** The option; what follows it, in the same word or the next, is the secret. */
  readonly option: RegExp;
  readonly instead: string;
  /** The program itself warns of it. */
  readonly isWarned?: boolean;
}

/** Sources: the programs' manuals, 2026-11. */
export const secretArguments = [
  {
    names: ['docker', 'podman', 'buildah', 'nerdctl', 'helm', 'oras', 'crane', 'skopeo', 'regctl'],
    verb: 'login',
    option: /^(?:-p|--password)(?:=|$)/,
    instead: '--password-stdin',
    isWarned: true,
  },
  { names: ['curl'], option: /^(?:-u|--user)(?:=|$)/, instead: '--netrc-file, or --config from its input' },
  { names: ['wget'], option: /^--(?:http-)?password(?:=|$)/, instead: '--use-askpass or a netrc file' },
  {
    names: ['mysql', 'mysqldump', 'mysqladmin', 'mariadb'],
    option: /^(?:-p.|--password=)/,
    instead: 'MYSQL_PWD or an option file',
    isWarned: true,
  },
  { names: ['sshpass'], option: /^-p/, instead: '-e with SSHPASS, or a key', isWarned: true },
  { names: ['cargo'], option: /^--token(?:=|$)/, instead: 'CARGO_REGISTRY_TOKEN', isWarned: true },
  { names: ['vsce', 'ovsx'], option: /^(?:-p|--pat)(?:=|$)/, instead: 'VSCE_PAT or OVSX_PAT' },
  { names: ['twine'], option: /^(?:-p|--password)(?:=|$)/, instead: 'TWINE_PASSWORD' },
  { names: ['az'], verb: 'login', option: /^(?:-p|--password)(?:=|$)/, instead: 'azure/login with OIDC' },
  { names: ['openssl'], option: /^pass:/, instead: 'env:NAME or stdin' },
  { names: ['gpg', 'gpg2'], option: /^--passphrase(?:=|$)/, instead: '--passphrase-fd 0' },
  { names: ['unzip', 'zip', '7z'], option: /^(?:-P|-p.)/, instead: 'gpg or age with a file' },
  { names: ['security'], option: /^-[pP]$/, instead: 'a keychain that is made for the run' },
] as const satisfies readonly SecretArgument[];

/** Names of stored values that are no secrets by themselves: a user, an account, an address. */
export const IDENTIFIER_NAME =
  /(?:^|_)(?:ID|USER|USERNAME|USR|EMAIL|MAIL|HOST|HOSTNAME|PORT|REGION|LOGIN|NAME|ACCOUNT|ORG|TEAM|PROJECT|BUCKET|DOMAIN|TENANT|ENDPOINT|REGISTRY|ARN|ROLE)$/;
