/** Inputs of actions that take a private SSH key. `github`: what it opens is GitHub; else any host. */
interface KeyInput {
  readonly action: string;
  readonly input: string;
  readonly isGithub: boolean;
}

/** Source: the actions' own metadata, November 2026. Inputs that are named for deploy keys are left out. */
export const KEY_INPUTS: readonly KeyInput[] = [
  { action: 'actions/checkout', input: 'ssh-key', isGithub: true },
  { action: 'ad-m/github-push-action', input: 'ssh-key', isGithub: true },
  { action: 'jamesives/github-pages-deploy-action', input: 'ssh-key', isGithub: true },
  { action: 'kielabokkie/ssh-key-and-known-hosts-action', input: 'ssh-private-key', isGithub: false },
  { action: 'mrsquaare/ssh-setup-action', input: 'private-key', isGithub: false },
  { action: 'shimataro/ssh-key-action', input: 'key', isGithub: false },
  { action: 'webfactory/ssh-agent', input: 'ssh-private-key', isGithub: false },
];

/** Names of secrets that say: the key of one repository. */
export const DEPLOY_KEY_NAME = /DEPLOY(?:MENT)?_?(?:\w+_)?KEY|(?:^|_)(?:REPO|REPOSITORY|READ_?ONLY|RO)_(?:SSH_)?KEY/;

/** Names of secrets that say: a person's own key. */
export const PERSONAL_KEY_NAME = /(?:^|_)(?:PERSONAL|USER|MY|ID_RSA|ID_ED25519|ADMIN)(?:_|$)/;
