import type { TextClass } from './attacker-contexts.ts';

export interface TaintedOutput {
  /** `owner/repo`, lower case. */
  readonly action: string;
  /** Output names, lower case; `*` stands for any text. */
  readonly outputs: readonly string[];
  readonly text: TextClass;
  /**
   * `always`: an outsider's text wherever the outsider can start the run. `checkout`: what a file says, which is an
   * outsider's text after a checkout of theirs. `script`: whatever the step's script returns.
   */
  readonly when: 'always' | 'checkout' | 'script';
  /** Versions from this major on clean their outputs unless `unless` is set to `false`. */
  readonly cleanFrom?: { readonly major: number; readonly unless: string };
}

/** Outputs that carry an outsider's text. Sources: the actions' own metadata and documentation. November 2026. */
export const taintedOutputs = [
  {
    action: 'tj-actions/changed-files',
    outputs: ['*_files', 'all_changed_and_modified_files', 'other_*_files', '*_dir_names'],
    text: 'path',
    when: 'always',
    cleanFrom: { major: 41, unless: 'safe_output' },
  },
  { action: 'dorny/paths-filter', outputs: ['*_files'], text: 'path', when: 'always' },
  { action: 'trilom/file-changes-action', outputs: ['files', 'files_*'], text: 'path', when: 'always' },
  {
    action: 'jitterbit/get-changed-files',
    outputs: ['all', 'added*', 'modified', 'removed', 'renamed'],
    text: 'path',
    when: 'always',
  },
  {
    action: 'tj-actions/branch-names',
    outputs: ['head_ref_branch', 'current_branch', 'ref_branch'],
    text: 'ref',
    when: 'always',
  },
  { action: 'xt0rted/pull-request-comment-branch', outputs: ['head_ref', 'ref'], text: 'ref', when: 'always' },
  { action: 'gotson/pull-request-comment-branch', outputs: ['head_ref', 'ref'], text: 'ref', when: 'always' },
  { action: 'peter-evans/find-comment', outputs: ['comment-body'], text: 'arbitrary', when: 'always' },
  {
    action: 'actions/dependency-review-action',
    outputs: ['comment-content', '*-changes'],
    text: 'arbitrary',
    when: 'always',
  },
  { action: 'juliangruber/read-file-action', outputs: ['content'], text: 'arbitrary', when: 'checkout' },
  { action: 'andstor/file-reader-action', outputs: ['contents'], text: 'arbitrary', when: 'checkout' },
  { action: 'actions/github-script', outputs: ['result'], text: 'arbitrary', when: 'script' },
  { action: 'octokit/request-action', outputs: ['data'], text: 'arbitrary', when: 'script' },
] as const satisfies readonly TaintedOutput[];

/** Actions none of whose outputs an outsider shapes. Same sources. */
export const cleanOutputs = [
  'actions/create-github-app-token',
  'tibdex/github-app-token',
  'actions/setup-node',
  'actions/setup-python',
  'actions/setup-java',
  'actions/setup-go',
  'actions/setup-dotnet',
  'actions/cache',
  'actions/cache/restore',
  'actions/upload-artifact',
  'actions/upload-pages-artifact',
  'actions/deploy-pages',
  'actions/configure-pages',
  'actions/attest',
  'actions/attest-build-provenance',
  'docker/build-push-action',
  'docker/setup-buildx-action',
  'docker/setup-qemu-action',
  'aws-actions/configure-aws-credentials',
  'google-github-actions/auth',
  'google-github-actions/get-secretmanager-secrets',
  'pnpm/action-setup',
  'sigstore/cosign-installer',
] as const;

/** Names of outputs that are numbers, SHAs, booleans or digests whatever wrote them; compared in lower case. */
export const plainOutputNames =
  /(^|[-_.])(sha|digest|hash|id|number|count|exists|found|hit|cache-hit|changed|changes|any_changed|any_modified|skip|should[-_].*|has[-_].*|is[-_].*|run[-_]id|timestamp|date|login|exit[-_]?code|status|outcome|success|failed)$/;
