/** Actions that leave a credential for all later steps: in a file of the home directory, in variables, in a key ring. Sources: their documentation, 2026-11. */
export const loginActions: readonly string[] = [
  'docker/login-action',
  'redhat-actions/podman-login',
  'azure/login',
  'azure/docker-login',
  'aws-actions/configure-aws-credentials',
  'aws-actions/amazon-ecr-login',
  'google-github-actions/auth',
  'google-github-actions/setup-gcloud',
  'hashicorp/setup-terraform',
  'crazy-max/ghaction-import-gpg',
  'webfactory/ssh-agent',
  'shimataro/ssh-key-action',
  'digitalocean/action-doctl',
  'ibm/actions-ibmcloud-cli',
  'rubygems/configure-rubygems-credentials',
  'superfly/flyctl-actions/setup-flyctl',
  'azure/k8s-set-context',
  'azure/aks-set-context',
  'jfrog/setup-jfrog-cli',
  'apple-actions/import-codesign-certs',
];

/** Commands that do: over the whole command, its words joined by blanks. */
export const loginCommands =
  /^(?:(?:docker|podman|buildah|skopeo|crane|oras|helm|nerdctl|regctl)\b.*\blogin\b|npm (?:config )?set\b.*_authToken|npm adduser|npm login|aws configure set\b|gcloud auth (?:activate-service-account|login)|az login\b|cargo login\b|gh auth login\b|poetry config (?:pypi-token|http-basic)|gem signin|gpg\b.*--import|ssh-add\b|flyctl auth|heroku login|vercel login|terraform login|doctl auth init|kubectl config set-credentials)/;

/** Files by which tools find a credential later. */
export const credentialFiles =
  /\.npmrc|\.yarnrc|\.pypirc|\.netrc|\.git-credentials|\.aws\/credentials|\.docker\/config\.json|\.cargo\/credentials|\.gem\/credentials|\.m2\/settings|\.ssh\/|\.kube\/config|auth\.json/;

/** Work that no release needs to do beside its credentials. */
export const CHECKS =
  /\b(?:tests?|lint|coverage|e2e|bench(?:mark)?s?|typecheck|type-check|pytest|tox|nox|jest|vitest|mocha|eslint|rubocop|flake8|ruff|mypy|clippy|rspec|phpunit|ctest|verify|fmt|format|audit|storybook|playwright|cypress)\b/;
