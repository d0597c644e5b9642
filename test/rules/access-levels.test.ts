import { expect, test } from '@jest/globals';
import type { Rule } from '../../src/engine/rule.ts';
import { aiExcessiveTools } from '../../src/rules/ai-excessive-tools.ts';
import { aiExecutionOrder } from '../../src/rules/ai-execution-order.ts';
import { aiPromptInjection } from '../../src/rules/ai-prompt-injection.ts';
import { aiUnrestrictedTrigger } from '../../src/rules/ai-unrestricted-trigger.ts';
import { aiUnsafeSandbox } from '../../src/rules/ai-unsafe-sandbox.ts';
import { botConditions } from '../../src/rules/bot-conditions.ts';
import { confusedDeputyAutoMerge } from '../../src/rules/confused-deputy-auto-merge.ts';
import { unguardedCommentTrigger } from '../../src/rules/unguarded-comment-trigger.ts';
import { unpinnedRemoteCheckout } from '../../src/rules/unpinned-remote-checkout.ts';
import { unsoundContains } from '../../src/rules/unsound-contains.ts';
import { untrustedCheckout } from '../../src/rules/untrusted-checkout.ts';
import { untrustedCheckoutExec } from '../../src/rules/untrusted-checkout-exec.ts';
import { untrustedCheckoutToctou } from '../../src/rules/untrusted-checkout-toctou.ts';
import { analyzeFiles } from './fixtures.ts';

/** What one rule says of one job of a workflow: severity, confidence, audience. */
function level(rule: Rule, on: string, job: readonly string[], steps: readonly string[]): string {
  const lines = [`on: ${on}`, 'jobs:', '  a:', '    runs-on: ubuntu-latest', ...job.map((line) => `    ${line}`)];
  const text = [...lines, '    steps:', ...steps.map((line) => `      ${line}`), ''].join('\n');
  const { findings } = analyzeFiles([{ path: '.github/workflows/a.yml', text }], [rule]);
  return findings.map(({ severity, confidence, audience }) => `${severity} ${confidence} ${audience}`).join(', ');
}

const head = (version: string, ref = 'github.event.pull_request.head.sha') =>
  `- { uses: actions/checkout@${version}, with: { ref: "\${{ ${ref} }}" } }`;
const CLAUDE = '- uses: anthropics/claude-code-action@v1';
const BASE = '- uses: anthropics/claude-code-base-action@v1';
const WRITE = 'permissions: { contents: write }';
const READ = 'permissions: { contents: read }';
const SECRET = '  env: { TOKEN: "${{ secrets.TOKEN }}" }';

/** Protects what is shown to whom: a wrong level hides an open door, or blocks a pull request for nothing. */
test.each<[string, Rule, string, readonly string[], readonly string[], string]>([
  ['an old checkout', untrustedCheckout, 'pull_request_target', [WRITE], [head('v4.2.2')], 'high medium regular'],
  ['one that refuses forks', untrustedCheckout, 'pull_request_target', [WRITE], [head('v7')], 'low medium regular'],
  ['without a token', untrustedCheckout, 'pull_request_target', [READ], [head('v4.2.2')], 'medium medium regular'],
  [
    'and what runs it',
    untrustedCheckoutExec,
    'pull_request_target',
    [WRITE],
    [head('v4.2.2'), '- run: make'],
    'critical high regular',
  ],
  ['refused', untrustedCheckoutExec, 'pull_request_target', [WRITE], [head('v7'), '- run: make'], 'low medium regular'],
  [
    'a label that stays on',
    untrustedCheckoutExec,
    'pull_request_target',
    [WRITE, "if: contains(github.event.pull_request.labels.*.name, 'ok')"],
    [head('v4.2.2'), '- run: make'],
    'high medium regular',
  ],
  [
    'two events, one of them asked for',
    untrustedCheckoutExec,
    '[workflow_dispatch, issue_comment]',
    [WRITE, "if: github.event_name == 'workflow_dispatch' || github.event.comment.author_association == 'OWNER'"],
    [head('v4.2.2', "format('refs/pull/{0}/head', github.event.issue.number)"), '- run: make'],
    'critical low regular',
  ],
  [
    'Codex, with the shell of its workspace',
    aiPromptInjection,
    'issues',
    [READ],
    ['- uses: openai/codex-action@v1', '  with: { allow-users: "*", prompt: "${{ github.event.issue.title }}" }'],
    'high high regular',
  ],
  [
    'Codex, only reading',
    aiPromptInjection,
    'issues',
    [READ],
    [
      '- uses: openai/codex-action@v1',
      '  with: { allow-users: "*", sandbox: read-only, prompt: "${{ github.event.issue.title }}" }',
    ],
    'medium high regular',
  ],
  [
    'a deployed commit',
    untrustedCheckoutExec,
    'deployment_status',
    [WRITE],
    ['- uses: actions/checkout@v4', '- run: make'],
    'medium medium regular',
  ],
  [
    'approved, movable, run',
    untrustedCheckoutToctou,
    'pull_request_target',
    [WRITE, "if: github.event.label.name == 'ok'"],
    ['- run: gh pr checkout 1 && make'],
    'critical medium regular',
  ],
  [
    'approved, movable',
    untrustedCheckoutToctou,
    'pull_request_target',
    [WRITE, "if: github.event.label.name == 'ok'"],
    ['- run: gh pr checkout 1'],
    'high medium regular',
  ],
  [
    'a command',
    unguardedCommentTrigger,
    'issue_comment',
    [WRITE, "if: github.event.comment.body == '/x'"],
    ['- run: git push'],
    'high medium regular',
  ],
  [
    'a command that approves',
    unguardedCommentTrigger,
    'issue_comment',
    ['permissions: { pull-requests: write }', "if: github.event.comment.body == '/x'"],
    ['- run: gh pr review 1 --approve'],
    'high medium regular',
  ],
  [
    'a command that says approved',
    unguardedCommentTrigger,
    'issue_comment',
    ['permissions: { pull-requests: write }', "if: github.event.comment.body == '/x'"],
    ['- run: gh pr edit 1 --add-label approved'],
    'medium medium regular',
  ],
  [
    'a command that holds a secret',
    unguardedCommentTrigger,
    'issue_comment',
    ["if: github.event.comment.body == '/x'"],
    ['- run: ./x', SECRET],
    'medium medium regular',
  ],
  [
    'an unread action',
    unguardedCommentTrigger,
    'issue_comment',
    [WRITE, "if: github.event.comment.body == '/x'"],
    ['- uses: octo/x@v1', SECRET],
    'medium low regular',
  ],
  ['an issue', unguardedCommentTrigger, 'issues', [], ['- run: ./x', SECRET], 'medium medium pedantic'],
  [
    'a bot, alone',
    botConditions,
    'pull_request_target',
    [WRITE, "if: github.actor == 'x[bot]'"],
    ['- run: x'],
    'high high regular',
  ],
  [
    'a bot and more',
    botConditions,
    'pull_request_target',
    [WRITE, "if: github.actor == 'x[bot]' && github.event.action == 'opened'"],
    ['- run: x'],
    'high medium regular',
  ],
  [
    'a bot, in a fork’s run',
    botConditions,
    'pull_request',
    [WRITE, "if: github.actor == 'x[bot]'"],
    ['- run: x'],
    'medium high regular',
  ],
  [
    'a bot’s comment',
    botConditions,
    'issue_comment',
    [WRITE, "if: github.actor == 'x[bot]'"],
    ['- run: x'],
    'high low regular',
  ],
  [
    'merged',
    confusedDeputyAutoMerge,
    'pull_request_target',
    [WRITE, "if: github.actor == 'x[bot]'"],
    ['- run: gh pr merge 1'],
    'critical medium regular',
  ],
  [
    'merged in a fork’s run',
    confusedDeputyAutoMerge,
    'pull_request',
    [WRITE, "if: github.actor == 'x[bot]'"],
    ['- run: gh pr merge 1'],
    'medium medium regular',
  ],
  [
    'a text that outsiders choose',
    unsoundContains,
    'pull_request_target',
    ["if: contains('a b', github.head_ref)"],
    ['- run: x'],
    'high high regular',
  ],
  [
    'a text that writers choose',
    unsoundContains,
    'push',
    ["if: contains('a b', github.ref)"],
    ['- run: x'],
    'medium high regular',
  ],
  [
    'a text that nobody chooses',
    unsoundContains,
    'push',
    ["if: contains('a b', runner.os)"],
    ['- run: x'],
    'info high pedantic',
  ],
  [
    'instructions, with a token',
    aiPromptInjection,
    'issues',
    [WRITE],
    [BASE, '  with: { prompt: "${{ github.event.issue.body }}" }'],
    'high high regular',
  ],
  [
    'instructions, and nobody says what the token may do',
    aiPromptInjection,
    '{ issues: { types: [opened] } }',
    [],
    [BASE, '  with: { prompt: "${{ github.event.issue.body }}" }'],
    'high high regular',
  ],
  [
    'instructions, beside another secret than the model’s',
    aiPromptInjection,
    '{ issues: { types: [opened] } }',
    [READ],
    [BASE, '  with: { prompt: "${{ github.event.issue.body }}" }', '- run: ./x', SECRET],
    'high high regular',
  ],
  [
    'instructions, nothing to take',
    aiPromptInjection,
    'issues',
    [READ],
    [BASE, '  with: { prompt: "${{ github.event.issue.body }}" }'],
    'medium high regular',
  ],
  [
    'instructions, asked for by a writer',
    aiPromptInjection,
    'issues',
    [WRITE],
    [CLAUDE, '  with: { prompt: "${{ github.event.issue.body }}" }'],
    'medium high regular',
  ],
  ['a shell', aiExcessiveTools, 'issues', [READ], [BASE, '  with: { allowed_tools: Bash }'], 'high medium regular'],
  [
    'what is a shell',
    aiExcessiveTools,
    'issues',
    [READ],
    [BASE, '  with: { allowed_tools: "Bash(python:*)" }'],
    'high medium regular',
  ],
  [
    'a shell for writers',
    aiExcessiveTools,
    'issues',
    [READ],
    [CLAUDE, '  with: { allowed_tools: Bash }'],
    'medium medium regular',
  ],
  [
    'some commands',
    aiExcessiveTools,
    'issues',
    [READ],
    [BASE, '  with: { allowed_tools: "Bash(gh issue view:*)" }'],
    'info medium pedantic',
  ],
  [
    'everyone, with a token',
    aiUnrestrictedTrigger,
    'issues',
    [WRITE],
    [CLAUDE, '  with: { allowed_non_write_users: "*", x: y }'],
    'high high regular',
  ],
  [
    'everyone, with a secret',
    aiUnrestrictedTrigger,
    'issues',
    [READ],
    [CLAUDE, '  with: { allowed_non_write_users: "*", x: y }', SECRET],
    'high high regular',
  ],
  [
    'everyone, only answers',
    aiUnrestrictedTrigger,
    'issues',
    [READ],
    [CLAUDE, '  with: { allowed_non_write_users: "*", x: "${{ secrets.ANTHROPIC_API_KEY }}" }'],
    'info high pedantic',
  ],
  [
    'no sandbox, for everyone',
    aiUnsafeSandbox,
    'issues',
    [READ],
    ['- run: claude -p x --dangerously-skip-permissions'],
    'high medium regular',
  ],
  [
    'no sandbox, for writers',
    aiUnsafeSandbox,
    'push',
    [READ],
    ['- run: claude -p x --dangerously-skip-permissions'],
    'medium medium pedantic',
  ],
  [
    'pushed behind it',
    aiExecutionOrder,
    'issues',
    [WRITE],
    ['- run: gemini x', '- run: git push'],
    'medium medium regular',
  ],
  [
    'pushed behind it, for writers',
    aiExecutionOrder,
    'push',
    [WRITE],
    ['- run: gemini x', '- run: git push'],
    'medium medium pedantic',
  ],
])('%s', (_, rule, on, job, steps, expected) => {
  expect(level(rule, on, job, steps)).toBe(expected);
});

/** Protects the reader's trust: a message that says that `chmod` runs something is not read to its end. */
test.each([
  ['in the same script', ['chmod +x kit/go', './kit/go']],
  ['only made a program', ['chmod +x kit/go']],
])('what runs a clone: %s', (_, commands) => {
  const run = ['git clone https://github.com/octo/kit', ...commands].map((line) => `          ${line}`).join('\n');
  const text = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n${run}\n`;
  const { findings } = analyzeFiles([{ path: '.github/workflows/a.yml', text }], [unpinnedRemoteCheckout]);
  const verb = commands.length > 1 ? '`./kit/go` runs what' : 'makes a program of what';
  expect(findings.map(({ message }) => message)).toEqual([expect.stringContaining(verb)]);
});
