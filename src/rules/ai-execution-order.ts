import { publishes } from '../engine/model/publishing.ts';
import type { Located } from '../engine/model/source.ts';
import type { Step } from '../engine/model/step.ts';
import { defineRule } from '../engine/rule.ts';
import { type Agent, agentOf, agentReach } from '../engine/taint/agent.ts';
import { unsafeSetting } from '../engine/taint/agent-sandbox.ts';
import { agentTools } from '../engine/taint/agent-tools.ts';
import { commandsOf } from '../engine/taint/script-commands.ts';
import { metadataActions } from '../knowledge/metadata-actions.ts';

export const aiExecutionOrder = defineRule({
  id: 'ai-execution-order',
  severity: 'medium',
  confidence: 'medium',
  section: 'AI agents',
  summary: 'A step with power follows an agent in the same job',
  why: 'The agent may have changed any file of the workspace, or put a program into the path. The steps behind it run with what it left, and publish it or hand it their secrets.',
  remedy:
    'Do this in a job of its own, on a fresh checkout, and take only what is needed from the agent, after checking it.',
  peers: ['sisakulint: ai-action-execution-order'],
  visit: {
    *step(step) {
      const agent = agentOf(step);
      if (!agent || !changesFiles(agent)) return;
      const later = step.later.slice(0, MAX_STEPS).flatMap((one) => powerOf(one) ?? []);
      const [first, ...others] = later;
      if (!first) return;
      const reach = agentReach(agent);
      yield {
        at: first.at,
        subject: `${agent.name} ${first.what}`,
        message: `\`${first.what}\` runs behind \`${agent.name}\` in the same workspace, which the agent may have changed as what it read told it to`,
        audience: reach === 'open' ? 'regular' : 'pedantic',
        related: [
          { at: agent.at, message: 'the agent' },
          ...others.slice(0, 6).map(({ at, what }) => ({ at, message: `\`${what}\` too` })),
        ],
      };
    },
  },
});

/** It has tools for it, or nothing keeps it from it. */
function changesFiles(agent: Agent): boolean {
  const { power } = agent.action ?? { power: 'all' };
  if (power === 'none') return false;
  if (power !== 'listed' || unsafeSetting(agent)) return true;
  return agentTools(agent).some((tool) => tool.power === 'shell' || tool.power === 'write');
}

/** A job may have thousands of agents and of steps behind them. */
const MAX_STEPS = 64;

interface Power {
  readonly at: Located;
  readonly what: string;
}

/** It publishes, pushes, or holds a secret; talk about the result is harmless. */
function powerOf(step: Step): Power | null {
  if (step.isNever || agentOf(step) || step.uses?.matches(metadataActions)) return null;
  const published = publishes(step);
  if (published) return published;
  const commands = step.script && /\bgit\b/.test(step.script.value) ? commandsOf(step.script) : [];
  const push = commands.find(({ name, words }) => name === 'git' && words.some(({ text }) => text === 'push'));
  if (push && step.script) return { at: step.script.text.span(push.start, push.end), what: 'git push' };
  const secret = step.expressions.find(({ code }) => /secrets\s*[.[]\s*(?!['"]?GITHUB_TOKEN)/i.test(code));
  return secret && !step.uses?.matches(REPORTERS) ? { at: secret, what: secret.value } : null;
}

const REPORTERS = ['actions/upload-artifact', 'actions/create-github-app-token', 'slackapi/*', '8398a7/action-slack'];
