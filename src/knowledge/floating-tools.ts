/** An action that sets up a tool, and the input that names the tool's version. */
export interface FloatingTool {
  /** Lower case. */
  readonly action: string;
  readonly input: string;
  /** What it installs. */
  readonly tool: string;
  /** Without the input it takes the newest. False: then a version that comes with the action, or one that a file of the repository names. */
  readonly isLatestByDefault: boolean;
}

/**
 * Set-up actions that may install whatever is newest. Left out are those that check what they install against hashes of
 * their own (`taiki-e/install-action`), and languages (`actions/setup-*`), whose newest patch is what people want.
 *
 * Source: the inputs that the actions declare, 2026-11.
 */
export const floatingTools: readonly FloatingTool[] = [
  { action: 'aquasecurity/setup-trivy', input: 'version', tool: 'Trivy', isLatestByDefault: true },
  { action: 'aquasecurity/trivy-action', input: 'version', tool: 'Trivy', isLatestByDefault: false },
  { action: '1password/load-secrets-action', input: 'version', tool: 'the 1Password CLI', isLatestByDefault: true },
  { action: '1password/install-cli-action', input: 'version', tool: 'the 1Password CLI', isLatestByDefault: true },
  { action: 'azure/setup-helm', input: 'version', tool: 'Helm', isLatestByDefault: true },
  { action: 'azure/setup-kubectl', input: 'version', tool: 'kubectl', isLatestByDefault: true },
  { action: 'goreleaser/goreleaser-action', input: 'version', tool: 'GoReleaser', isLatestByDefault: false },
  { action: 'golangci/golangci-lint-action', input: 'version', tool: 'golangci-lint', isLatestByDefault: true },
  { action: 'oven-sh/setup-bun', input: 'bun-version', tool: 'Bun', isLatestByDefault: false },
  { action: 'pnpm/action-setup', input: 'version', tool: 'pnpm', isLatestByDefault: false },
  { action: 'jdx/mise-action', input: 'version', tool: 'mise', isLatestByDefault: true },
  { action: 'extractions/setup-just', input: 'just-version', tool: 'just', isLatestByDefault: true },
  { action: 'docker/setup-buildx-action', input: 'version', tool: 'Buildx', isLatestByDefault: false },
  { action: 'sigstore/cosign-installer', input: 'cosign-release', tool: 'cosign', isLatestByDefault: false },
  { action: 'hashicorp/setup-terraform', input: 'terraform_version', tool: 'Terraform', isLatestByDefault: true },
  { action: 'opentofu/setup-opentofu', input: 'tofu_version', tool: 'OpenTofu', isLatestByDefault: true },
  { action: 'pulumi/actions', input: 'pulumi-version', tool: 'Pulumi', isLatestByDefault: false },
  { action: 'dopplerhq/cli-action', input: 'version', tool: 'the Doppler CLI', isLatestByDefault: true },
  { action: 'depot/setup-action', input: 'version', tool: 'the Depot CLI', isLatestByDefault: true },
];
