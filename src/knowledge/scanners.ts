/**
 * Actions that look for faults in code or its dependencies and report them, with all their paths.
 *
 * Source: the actions' own documentation. November 2026.
 */
export const scannerActions = [
  'github/codeql-action',
  'semgrep/semgrep-action',
  'returntocorp/semgrep-action',
  'aquasecurity/trivy-action',
  'anchore/scan-action',
  'snyk/actions',
  'sonarsource/sonarqube-scan-action',
  'sonarsource/sonarcloud-github-action',
  'checkmarx/*',
  'veracode/*',
  'bridgecrewio/checkov-action',
  'aquasecurity/tfsec-action',
  'zizmorcore/zizmor-action',
  'ossf/scorecard-action',
  'google/osv-scanner-action',
  'golang/govulncheck-action',
  'gitleaks/gitleaks-action',
  'trufflesecurity/trufflehog',
  'microsoft/security-devops-action',
  'shiftleftsecurity/scan-action',
  'securego/gosec',
  'boostsecurityio/poutine-action',
  'pyupio/safety-action',
  'pypa/gh-action-pip-audit',
  'rustsec/audit-check',
  'actions-rust-lang/audit',
] as const;

/** Of those, and besides: actions that analyse the code itself, or upload such an analysis. */
export const codeScanningActions = [
  'github/codeql-action',
  'semgrep/semgrep-action',
  'returntocorp/semgrep-action',
  'sonarsource/sonarqube-scan-action',
  'sonarsource/sonarcloud-github-action',
  'checkmarx/*',
  'veracode/*',
  'snyk/actions',
  'securego/gosec',
  'microsoft/security-devops-action',
  'advanced-security/*',
] as const;

/** Commands of such scanners. */
export const scannerCommands: ReadonlySet<string> = new Set([
  'semgrep',
  'trivy',
  'grype',
  'snyk',
  'sonar-scanner',
  'checkov',
  'tfsec',
  'zizmor',
  'poutine',
  'osv-scanner',
  'govulncheck',
  'gitleaks',
  'trufflehog',
  'gosec',
  'bandit',
  'pip-audit',
]);

/** Inputs of github/codeql-action/init with which it does more than the default setup. Source: the action's metadata, November 2026. */
export const codeqlInputs = [
  'queries',
  'config',
  'config-file',
  'packs',
  'tools',
  'db-location',
  'external-repository-token',
  'source-root',
  'dependency-caching',
  'threat-models',
] as const;
