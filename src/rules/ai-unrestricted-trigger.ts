import type { Step } from '../engine/model/step.ts';
import type { Text } from '../engine/model/text.ts';
import { defineRule, type ProposedFix } from '../engine/rule.ts';
import { agentOf, agentSpoils, openInput } from '../engine/taint/agent.ts';
import { unsafeSetting } from '../engine/taint/agent-sandbox.ts';
import { agentTools } from '../engine/taint/agent-tools.ts';
import { triggerPlaces } from '../engine/taint/trigger-places.ts';
import { removeEntry } from '../engine/yaml/edit.ts';

export const aiUnrestrictedTrigger = defineRule({
  id: 'ai-unrestricted-trigger',
  severity: 'high',
  section: 'AI agents',
  summary: 'Everyone may start the agent',
  why: 'The action asks GitHub whether the person who started it may write to the repository. With `*` it asks no more, so every account in the world gives it instructions.',
  remedy:
    'Name the people or bots, or leave the input out. An agent that must answer everyone needs a job with a read-only token and no secret but the key of the model.',
  peers: ['sisakulint: ai-action-unrestricted-trigger'],
  visit: {
    *step(step) {
      const agent = agentOf(step);
      const opened = agent && openInput(agent);
      if (!agent || !opened) return;
      const { dangerous, outsiders, isKnown } = step.reach;
      const name = opened.site.name.replace(/^with\./, '');
      const spoils = agentSpoils(agent);
      const isArmed =
        spoils !== null || unsafeSetting(agent) !== null || agentTools(agent).some(({ power }) => power !== 'narrow');
      const isReached = dangerous.length > 0 || (!isKnown && outsiders.length > 0);
      const holds =
        spoils === 'secrets'
          ? 'a job that holds secrets'
          : spoils === 'token'
            ? 'a job whose token writes'
            : 'its tools';
      yield {
        at: opened,
        subject: name,
        message: `\`${name}: ${opened.value.slice(0, 60)}\` lets anyone start \`${agent.name}\`${isArmed ? `, with ${holds}` : ''}`,
        // An agent that only answers may answer everyone.
        severity: !isArmed ? 'info' : isReached ? 'high' : 'low',
        audience: isArmed && isReached ? 'regular' : 'pedantic',
        related: triggerPlaces(dangerous, step),
        fix: fixOf(step, opened, name),
      };
    },
  },
});

function fixOf(step: Step, { source }: Text, name: string): ProposedFix | null {
  const inputs = step.find('with');
  if (inputs?.kind !== 'map' || inputs.entries.length < 2) return null;
  return {
    title: 'Leave it to people who may write',
    safe: false,
    edits: [source.edit(removeEntry(source.text, inputs, name))],
  };
}
