import { holdsPower } from '../engine/model/power.ts';
import { defineRule } from '../engine/rule.ts';
import { type FloatingTool, floatingTools } from '../knowledge/floating-tools.ts';

export const unpinnedTools = defineRule({
  id: 'unpinned-tools',
  severity: 'medium',
  section: 'Supply chain',
  summary: 'An action installs the newest version of a tool',
  why: 'Pinning the action does not pin what it downloads. A release of the tool that somebody tampered with runs on the same day, with what the job holds.',
  remedy: 'Name the version of the tool in the action’s input, and let an updater raise it.',
  options: {
    /** Further actions: `owner/repo` → the input that must name a version. */
    tools: {} as Readonly<Record<string, string>>,
  },
  peers: ['zizmor: unpinned-tools'],
  visit: {
    *uses(uses, { options }) {
      const { step } = uses;
      if (!step || uses.kind !== 'repository' || step.hasDynamicInputs) return;
      const tool = toolOf((action) => uses.matches([action]), options.tools);
      if (!tool) return;
      const input = step.with(tool.input);
      const version = input?.value.trim() ?? '';
      const isLatest = version === '' ? tool.isLatestByDefault : /^(?:latest|stable|nightly|canary|\*)$/i.test(version);
      if (!isLatest) return;
      yield {
        at: version === '' ? uses : (input ?? uses),
        message: `\`${uses.slug}\` installs the newest version of ${tool.tool}, whatever that is by then`,
        subject: tool.action,
        route: '',
        // Without anything to take, it is a question of builds that can be repeated.
        audience: holdsPower(step) ? 'regular' : 'pedantic',
      };
    },
  },
});

const known = floatingTools.map((tool) => ({ tool, names: tool.action }));

function toolOf(isNamed: (action: string) => boolean, more: Readonly<Record<string, string>>): FloatingTool | null {
  for (const [action, input] of Object.entries(more)) {
    if (isNamed(action)) return { action: action.toLowerCase(), input, tool: 'tool', isLatestByDefault: true };
  }
  return known.find(({ names }) => isNamed(names))?.tool ?? null;
}
