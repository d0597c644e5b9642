/**
 * AI agents in workflows: which actions and commands start them, and what their inputs mean. Sources: the actions' own
 * action.yml (anthropics/claude-code-action and claude-code-base-action, openai/codex-action,
 * google-github-actions/run-gemini-cli, actions/ai-inference) and the command lines' own help. November 2026.
 */
export interface AgentAction {
  /** `owner/repo`, lower case. */
  readonly action: string;
  /** Inputs whose text the model takes for instructions. */
  readonly prompts: readonly string[];
  /** Inputs that hold a list of tools. */
  readonly tools: readonly string[];
  /** Inputs that hold arguments of the command line. */
  readonly args: readonly string[];
  /** Inputs that hold settings as JSON. */
  readonly settings: readonly string[];
  /** Inputs by which people or bots without write access start it; the action asks for it otherwise. Null: it asks for nothing. */
  readonly openBy: readonly string[] | null;
  /** What it may do where nothing is said: change files and run commands, or only answer. */
  readonly power: 'all' | 'workspace' | 'listed' | 'none';
}

export const agents = [
  {
    action: 'anthropics/claude-code-action',
    prompts: ['prompt', 'direct_prompt', 'override_prompt', 'custom_instructions', 'claude_args'],
    tools: ['allowed_tools'],
    args: ['claude_args'],
    settings: ['settings'],
    openBy: ['allowed_non_write_users', 'allowed_bots'],
    power: 'listed',
  },
  {
    action: 'anthropics/claude-code-base-action',
    prompts: ['prompt', 'system_prompt', 'append_system_prompt', 'claude_args'],
    tools: ['allowed_tools'],
    args: ['claude_args'],
    settings: ['settings'],
    openBy: null,
    power: 'listed',
  },
  {
    action: 'openai/codex-action',
    prompts: ['prompt'],
    tools: [],
    args: ['codex-args'],
    settings: [],
    openBy: ['allow-users', 'allow-bot-users'],
    power: 'workspace',
  },
  {
    action: 'google-github-actions/run-gemini-cli',
    prompts: ['prompt'],
    tools: [],
    args: [],
    settings: ['settings'],
    openBy: null,
    // It starts the command line with every tool allowed; only `settings` narrows them.
    power: 'all',
  },
  {
    action: 'google-gemini/gemini-cli-action',
    prompts: ['prompt'],
    tools: [],
    args: [],
    settings: ['settings_json', 'settings'],
    openBy: null,
    power: 'all',
  },
  {
    action: 'actions/ai-inference',
    prompts: ['prompt', 'system-prompt', 'input'],
    tools: [],
    args: [],
    settings: [],
    openBy: null,
    power: 'none',
  },
  {
    action: 'github/copilot*',
    prompts: ['prompt', 'instructions'],
    tools: ['allow-tool', 'allowed-tools'],
    args: ['args', 'copilot-args'],
    settings: [],
    openBy: null,
    power: 'listed',
  },
  {
    action: 'qwenlm/qwen-code-action',
    prompts: ['prompt'],
    tools: [],
    args: [],
    settings: ['settings', 'settings_json'],
    openBy: null,
    power: 'all',
  },
] as const satisfies readonly AgentAction[];

/** Actions that ask GitHub whether the person who started them may write, unless an input opens them. */
export const agentActions = agents.filter(({ openBy }) => openBy !== null).map(({ action }) => action);

/** A command line that starts an agent without a person at the keyboard. */
export interface AgentCommand {
  readonly names: readonly string[];
  /** Packages that `npx` and its like start it by. */
  readonly packages: readonly string[];
  /** One of these words makes it run by itself; none: any call does. */
  readonly headless: readonly string[];
}

export const agentCommands = [
  { names: ['claude'], packages: ['@anthropic-ai/claude-code'], headless: ['-p', '--print'] },
  { names: ['codex'], packages: ['@openai/codex'], headless: ['exec', 'e'] },
  { names: ['gemini'], packages: ['@google/gemini-cli'], headless: [] },
  { names: ['copilot'], packages: ['@github/copilot'], headless: ['-p', '--prompt'] },
  { names: ['qwen'], packages: ['@qwen-code/qwen-code'], headless: ['-p', '--prompt'] },
  { names: ['cursor-agent'], packages: [], headless: ['-p', '--print'] },
  { names: ['opencode'], packages: ['opencode-ai'], headless: ['run'] },
  {
    names: ['aider'],
    packages: ['aider-chat'],
    headless: ['--message', '-m', '--message-file', '--yes', '--yes-always'],
  },
  { names: ['goose'], packages: [], headless: ['run'] },
  { names: ['amp'], packages: ['@sourcegraph/amp'], headless: ['-x', '--execute'] },
] as const satisfies readonly AgentCommand[];

/** Options that take an agent's sandbox or its questions away, in arguments and commands. */
export const unsafeOptions =
  /(?<![\w-])(?:--dangerously-skip-permissions|--dangerously-bypass-approvals-and-sandbox|--yolo|--yes-always|--dangerously-allow-all|--allow-all(?:-tools)?|--(?:permission-mode|permissionMode)[= ]['"]?bypassPermissions|(?:--sandbox|-s)[= ]['"]?danger-full-access|--approval-mode[= ]['"]?yolo|(?:-c|--config)[= ]['"]?sandbox_mode=\W*danger-full-access)(?![\w-])/;

/** Inputs whose value takes the sandbox away. */
export const unsafeInputs = [
  { inputs: ['safety-strategy'], value: 'unsafe', safe: 'drop-sudo' },
  { inputs: ['sandbox', 'sandbox-mode'], value: 'danger-full-access', safe: 'workspace-write' },
  { inputs: ['permission-profile'], value: ':danger-full-access', safe: ':workspace' },
  { inputs: ['permission_mode', 'permission-mode'], value: 'bypassPermissions', safe: 'default' },
] as const;

/** Tools that run commands or change files. */
export const strongTools = ['Bash', 'Write', 'Edit', 'MultiEdit', 'NotebookEdit', 'WebFetch'] as const;

/** The same of other agents: tools of Gemini, and of Copilot. */
export const strongToolNames = [
  'run_shell_command',
  'ShellTool',
  'write_file',
  'replace',
  'WriteFileTool',
  'shell',
  'write',
] as const;

/** Commands that run whatever they are given: a shell pattern that begins with one of them is a shell. */
export const openCommands = [
  'bash',
  'sh',
  'zsh',
  'python',
  'python3',
  'node',
  'deno',
  'bun',
  'bunx',
  'npx',
  'npm',
  'pnpm',
  'yarn',
  'uv',
  'uvx',
  'pip',
  'pip3',
  'make',
  'docker',
  'curl',
  'wget',
  'ssh',
  'eval',
  'env',
  'xargs',
  'find',
  'perl',
  'ruby',
  'php',
  'go',
  'cargo',
  'git',
  'pwsh',
  'sudo',
  'awk',
  'sed',
] as const;
