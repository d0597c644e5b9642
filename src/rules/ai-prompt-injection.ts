import type { Severity } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';
import { type Agent, agentOf, agentReach, agentSpoils } from '../engine/taint/agent.ts';
import { spokenWords } from '../engine/taint/agent-prompts.ts';
import { agentTools } from '../engine/taint/agent-tools.ts';

export const aiPromptInjection = defineRule({
  id: 'ai-prompt-injection',
  severity: 'high',
  section: 'AI agents',
  summary: "An outsider's words become an agent's instructions",
  why: 'A model does not tell instructions from data. Whoever writes the issue or the pull request tells the agent what to do, with its tools, its token and its secrets.',
  remedy:
    'Let the agent read the text as data, without tools that write or run commands, in a job with `permissions: {}` and no secrets but the key of the model; let a second job act on its answer after checking it. An environment variable does not help.',
  peers: ['sisakulint: ai-action-prompt-injection'],
  visit: {
    *step(step) {
      const agent = agentOf(step);
      if (!agent) return;
      const [first, ...others] = spokenWords(agent);
      if (!first) return;
      const { source, event } = first.danger;
      yield {
        at: first.at,
        subject: `${agent.name} ${source.name}`,
        message: `\`${source.name}\` is part of what \`${agent.name}\` is told to do: anyone can write instructions there (\`${event}\`)`,
        severity: severityOf(agent),
        confidence: first.danger.confidence,
        related: others.map(({ at, danger }) => ({ at, message: `and \`${danger.source.name}\`` })),
      };
    },
  },
});

/** Codex runs commands in the workspace where nothing else is said. */
function hasShell({ step, action, args }: Agent): boolean {
  if (action?.power !== 'workspace') return false;
  return ![step.with('sandbox'), ...args].some((text) => text?.value.includes('read-only'));
}

function severityOf(agent: Agent): Severity {
  if (agentReach(agent) !== 'open') return 'medium';
  const isStrong = agentSpoils(agent) !== null || agent.action === null;
  return isStrong || hasShell(agent) || agentTools(agent).some(({ power }) => power !== 'narrow') ? 'high' : 'medium';
}
