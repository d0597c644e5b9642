/** As `AdvisoryFact` of the engine. */
interface KnownAdvisory {
  readonly id: string;
  readonly severity: 'critical' | 'high' | 'medium' | 'low';
  readonly ranges: readonly string[];
  readonly firstPatched: string | null;
  readonly isOfTags?: boolean;
  readonly summary: string;
}

/**
 * Reviewed advisories of actions that were used by many, `owner/repo` in lower case. For when the database was not asked: what is not
 * here may have advisories all the same.
 *
 * Source: GitHub Advisory Database, ecosystem `actions`. November 2026.
 */
export const ACTION_ADVISORIES: Readonly<Record<string, readonly KnownAdvisory[]>> = {
  'actions/download-artifact': [
    {
      id: 'GHSA-cxww-7g56-2vh6',
      severity: 'high',
      ranges: ['>= 4.0.0, < 4.1.3'],
      firstPatched: '4.1.3',
      summary: 'an artifact can write files outside its folder',
    },
  ],
  'aquasecurity/setup-trivy': [
    {
      id: 'GHSA-69fq-xp46-6x23',
      severity: 'critical',
      ranges: ['< 0.2.6'],
      firstPatched: '0.2.6',
      isOfTags: true,
      summary: 'its tags were moved to code that steals the secrets of the job',
    },
  ],
  'aquasecurity/trivy-action': [
    {
      id: 'GHSA-69fq-xp46-6x23',
      severity: 'critical',
      ranges: ['< 0.35.0'],
      firstPatched: '0.35.0',
      isOfTags: true,
      summary: 'its tags were moved to code that steals the secrets of the job',
    },
  ],
  'atlassian/gajira-create': [
    {
      id: 'GHSA-4xqx-pqpj-9fqw',
      severity: 'critical',
      ranges: ['< 2.0.1'],
      firstPatched: '2.0.1',
      summary: 'the text of an issue runs as code',
    },
  ],
  'azure/setup-kubectl': [
    {
      id: 'GHSA-p756-rfxh-x63h',
      severity: 'low',
      ranges: ['< 3'],
      firstPatched: '3.0.0',
      summary: 'anyone on the machine can replace the tool',
    },
  ],
  'canonical/get-workflow-version-action': [
    {
      id: 'GHSA-26wh-cc3r-w6pj',
      severity: 'high',
      ranges: ['< 1.0.1'],
      firstPatched: '1.0.1',
      summary: 'parts of the token are printed to the log',
    },
  ],
  'check-spelling/check-spelling': [
    {
      id: 'GHSA-g86g-chm8-7r2p',
      severity: 'critical',
      ranges: ['< 0.0.19'],
      firstPatched: '0.0.19',
      summary: 'a pull request can read the token',
    },
  ],
  'dawidd6/action-download-artifact': [
    {
      id: 'GHSA-5xr6-xhww-33m4',
      severity: 'high',
      ranges: ['< 6'],
      firstPatched: '6',
      summary: 'artifacts of forks are taken for those of the repository',
    },
  ],
  'github/codeql-action': [
    {
      id: 'GHSA-vqf5-2xx6-9wfm',
      severity: 'high',
      ranges: ['>= 2.26.11, < 3', '>= 3.26.11, <= 3.28.2'],
      firstPatched: '3.28.3',
      summary: 'the environment, with the token, gets into debug artifacts',
    },
  ],
  'gradle/gradle-build-action': [
    {
      id: 'GHSA-h3qr-39j9-4r5v',
      severity: 'high',
      ranges: ['< 2.4.2'],
      firstPatched: '2.4.2',
      summary: 'secrets get into the cache, which pull requests can read',
    },
  ],
  'hashicorp/vault-action': [
    {
      id: 'GHSA-4mgv-m5cm-f9h7',
      severity: 'high',
      ranges: ['< 2.2.0'],
      firstPatched: '2.2.0',
      summary: 'secrets of several lines are not masked in the log',
    },
  ],
  'kartverket/github-workflows': [
    {
      id: 'GHSA-f9qj-7gh3-mhj4',
      severity: 'high',
      ranges: ['< 2.7.5'],
      firstPatched: '2.7.5',
      summary: 'a pull request can run code in the job',
    },
  ],
  'lycheeverse/lychee-action': [
    {
      id: 'GHSA-65rg-554r-9j5x',
      severity: 'medium',
      ranges: ['< 2.0.2'],
      firstPatched: '2.0.2',
      summary: 'the version input runs as code',
    },
  ],
  'pypa/gh-action-pypi-publish': [
    {
      id: 'GHSA-vxmw-7h4f-hqxh',
      severity: 'low',
      ranges: ['< 1.13.0'],
      firstPatched: '1.13.0',
      summary: 'texts of the run can be expanded as code in a script',
    },
  ],
  'rlespinasse/github-slug-action': [
    {
      id: 'GHSA-6q4m-7476-932w',
      severity: 'high',
      ranges: ['>= 4.0.0, < 4.4.1'],
      firstPatched: '4.4.1',
      summary: 'the name of a branch runs as code',
    },
  ],
  'sonarsource/sonarqube-scan-action': [
    {
      id: 'GHSA-f79p-9c5r-xg88',
      severity: 'high',
      ranges: ['>= 4.0.0, < 5.3.1'],
      firstPatched: '5.3.1',
      summary: 'its arguments run as code',
    },
    {
      id: 'GHSA-5xq9-5g24-4g6f',
      severity: 'high',
      ranges: ['>= 4.0.0, < 6.0.0'],
      firstPatched: '6.0.0',
      summary: 'its arguments run as code',
    },
  ],
  'step-security/harden-runner': [
    {
      id: 'GHSA-mxr3-8whj-j74r',
      severity: 'medium',
      ranges: ['>= 0.12.0, < 2.12.0'],
      firstPatched: '2.12.0',
      summary: 'a step can get round the policy that takes sudo away',
    },
    {
      id: 'GHSA-cpmj-h4f6-r6pq',
      severity: 'medium',
      ranges: ['< 2.14.2'],
      firstPatched: '2.14.2',
      summary: 'a step can get round what it watches',
    },
    {
      id: 'GHSA-g699-3x6g-wm3g',
      severity: 'medium',
      ranges: ['< 2.16.0'],
      firstPatched: '2.16.0',
      summary: 'a step can get round what it watches',
    },
  ],
  'tj-actions/branch-names': [
    {
      id: 'GHSA-8v8w-v8xg-79rf',
      severity: 'critical',
      ranges: ['< 7.0.7'],
      firstPatched: '7.0.7',
      summary: 'the name of a branch runs as code',
    },
    {
      id: 'GHSA-gq52-6phf-x2r6',
      severity: 'critical',
      ranges: ['< 9'],
      firstPatched: '9.0.0',
      summary: 'the name of a branch runs as code',
    },
  ],
  'tj-actions/changed-files': [
    {
      id: 'GHSA-mcph-m25j-8j63',
      severity: 'high',
      ranges: ['< 41'],
      firstPatched: '41.0.0',
      summary: 'the name of a file runs as code',
    },
    {
      id: 'GHSA-mrrh-fwg8-r2c3',
      severity: 'high',
      // 45.0.7 was the last before it.
      ranges: ['< 46'],
      firstPatched: '46.0.1',
      isOfTags: true,
      summary: 'its tags were moved to code that prints the secrets of the job',
    },
  ],
  'tj-actions/verify-changed-files': [
    {
      id: 'GHSA-ghm2-rq8q-wrhc',
      severity: 'high',
      ranges: ['< 17'],
      firstPatched: '17.0.0',
      summary: 'the name of a file runs as code',
    },
  ],
  'ultralytics/actions': [
    {
      id: 'GHSA-7x29-qqmq-v6qc',
      severity: 'high',
      ranges: ['<= 0.0.2'],
      firstPatched: '0.0.3',
      summary: 'the name of a branch runs as code',
    },
  ],
};
