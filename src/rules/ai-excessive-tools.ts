import { defineRule, type Problem } from '../engine/rule.ts';
import { type Agent, agentOf, agentReach } from '../engine/taint/agent.ts';
import { type AgentTool, agentTools } from '../engine/taint/agent-tools.ts';
import { triggerPlaces } from '../engine/taint/trigger-places.ts';

export const aiExcessiveTools = defineRule({
  id: 'ai-excessive-tools',
  severity: 'high',
  confidence: 'medium',
  section: 'AI agents',
  summary: 'An agent that reads what outsiders write may run commands',
  why: 'What the agent reads can contain instructions. With a shell, or tools that write files or fetch any address, they reach everything that the job holds.',
  remedy:
    'Allow only the commands that the task needs, each with its fixed beginning (`Bash(gh issue view:*)`), and no tool that writes or fetches where reading is enough.',
  peers: ['sisakulint: ai-action-excessive-tools'],
  visit: {
    *step(step) {
      const agent = agentOf(step);
      const reach = agent ? agentReach(agent) : 'inside';
      if (!agent || reach === 'inside') return;
      const tools = [...agentTools(agent)].sort((a, b) => RANK.indexOf(a.power) - RANK.indexOf(b.power));
      const [worst] = tools;
      if (!worst) return;
      const names = [...new Set(tools.map(({ name }) => `\`${name.slice(0, 60)}\``))].slice(0, 6).join(', ');
      yield {
        at: worst.at,
        subject: `${agent.name} ${worst.power}`,
        message: `${names}: \`${agent.name}\` may ${GAIN[worst.power]}, and what it reads is written by anyone`,
        ...levelOf(worst, agent, reach),
        related: triggerPlaces(step.reach.dangerous, step),
      };
    },
  },
});

const RANK = ['shell', 'write', 'web', 'narrow'] as const satisfies readonly AgentTool['power'][];

const GAIN = {
  shell: 'run any command',
  write: 'change files',
  web: 'send what it sees to any address',
  narrow: 'run some commands',
} as const satisfies Record<AgentTool['power'], string>;

function levelOf(
  { power, name }: AgentTool,
  { action }: Agent,
  reach: 'open' | 'held',
): Pick<Problem, 'severity' | 'audience'> {
  if (power === 'narrow') return { severity: 'info', audience: 'pedantic' };
  if (reach === 'open') return { severity: power === 'shell' ? 'high' : 'medium', audience: 'regular' };
  // Somebody who may write has asked for it; a list of programs was at least thought about.
  const isAnything = power === 'shell' && (action === null || !name.includes('('));
  return isAnything ? { severity: 'medium', audience: 'regular' } : { severity: 'info', audience: 'pedantic' };
}
