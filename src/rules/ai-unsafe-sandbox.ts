import { defineRule, type Problem } from '../engine/rule.ts';
import { agentOf, agentReach } from '../engine/taint/agent.ts';
import { unsafeSetting } from '../engine/taint/agent-sandbox.ts';
import { triggerPlaces } from '../engine/taint/trigger-places.ts';

export const aiUnsafeSandbox = defineRule({
  id: 'ai-unsafe-sandbox',
  severity: 'high',
  confidence: 'medium',
  section: 'AI agents',
  summary: "An agent's sandbox is switched off",
  why: 'Without its sandbox the agent runs whatever it decides to run as the user of the job, who may become root and read every secret in memory. What it reads can tell it what to decide.',
  remedy: 'Leave the default, or give the tools and folders that the task needs one by one.',
  peers: ['sisakulint: ai-action-unsafe-sandbox'],
  visit: {
    *step(step) {
      const agent = agentOf(step);
      const setting = agent && unsafeSetting(agent);
      if (!agent || !setting) return;
      const { repair } = setting;
      yield {
        at: setting.at,
        subject: `${agent.name} ${setting.what}`,
        message: `\`${setting.what}\` lets \`${agent.name}\` run anything as the user of the job, whatever it was told by what it reads`,
        ...LEVELS[agentReach(agent)],
        related: triggerPlaces(step.reach.dangerous, step),
        fix: repair && {
          title: `Use \`${repair.value}\``,
          safe: false,
          edits: [repair.text.replace(0, repair.text.value.length, repair.value)],
        },
      };
    },
  },
});

/** On writers' events, what it reads is what writers wrote. */
const LEVELS = {
  open: { severity: 'high', audience: 'regular' },
  held: { severity: 'medium', audience: 'regular' },
  inside: { severity: 'medium', audience: 'pedantic' },
} as const satisfies Record<string, Pick<Problem, 'severity' | 'audience'>>;
