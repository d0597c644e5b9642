/** How an action reads its input: decides whether and how a fix can be made. */
type InputLanguage = 'javascript' | 'bash' | 'powershell' | 'python' | 'other';

export interface CodeInput {
  /** `owner/repo` or `owner/repo/path`, lower case; `*` for any name. */
  readonly action: string;
  /** Input names, lower case; a `*` at the end stands for any rest. */
  readonly inputs: readonly string[];
  readonly language: InputLanguage;
}

/** Inputs that an action evaluates as code. Sources: the actions' own metadata and documentation. November 2026. */
export const codeInputs = [
  { action: 'actions/github-script', inputs: ['script'], language: 'javascript' },
  { action: 'azure/cli', inputs: ['inlinescript'], language: 'bash' },
  { action: 'azure/powershell', inputs: ['inlinescript'], language: 'powershell' },
  { action: 'appleboy/ssh-action', inputs: ['script'], language: 'other' },
  { action: 'mikefarah/yq', inputs: ['cmd'], language: 'other' },
  { action: 'devorbitus/yq-action-output', inputs: ['cmd'], language: 'other' },
  { action: 'sergeysova/jq-action', inputs: ['cmd'], language: 'other' },
  { action: '8398a7/action-slack', inputs: ['custom_payload'], language: 'other' },
  { action: 'amadevus/pwsh-script', inputs: ['script'], language: 'powershell' },
  { action: 'jannekem/run-python-script-action', inputs: ['script'], language: 'python' },
  { action: 'cardinalby/js-eval-action', inputs: ['expression'], language: 'other' },
  { action: 'addnab/docker-run-action', inputs: ['run', 'options'], language: 'other' },
  {
    action: 'tibdex/backport',
    inputs: ['body_template', 'head_template', 'labels_template', 'title_template'],
    language: 'other',
  },
  { action: 'imjohnbo/issue-bot', inputs: ['body', 'linked-comments-*'], language: 'other' },
  { action: 'roots/issue-closer-action', inputs: ['issue-close-message', 'pr-close-message'], language: 'other' },
  { action: 'lucasbento/auto-close-issues', inputs: ['issue-close-message'], language: 'other' },
  { action: 'gautamkrishnar/blog-post-workflow', inputs: ['item_exec'], language: 'other' },
  { action: 'skitionek/notify-microsoft-teams', inputs: ['overwrite'], language: 'other' },
  { action: 'nick-fields/retry', inputs: ['command', 'on_retry_command', 'new_command_on_retry'], language: 'other' },
  { action: 'nick-invision/retry', inputs: ['command', 'on_retry_command', 'new_command_on_retry'], language: 'other' },
  {
    action: 'reactivecircus/android-emulator-runner',
    inputs: ['script', 'pre-emulator-launch-script'],
    language: 'other',
  },
  { action: 'vmactions/*', inputs: ['run', 'prepare'], language: 'other' },
  { action: 'cross-platform-actions/action', inputs: ['run'], language: 'other' },
  { action: 'uraimo/run-on-arch-action', inputs: ['run', 'install', 'setup'], language: 'other' },
  {
    action: 'cypress-io/github-action',
    inputs: ['command', 'build', 'start', 'start-windows', 'install-command'],
    language: 'other',
  },
  { action: 'matlab-actions/run-command', inputs: ['command'], language: 'other' },
] as const satisfies readonly CodeInput[];
