import { openCommands, strongToolNames, strongTools } from '../../knowledge/ai-agents.ts';
import type { Located } from '../model/source.ts';
import type { Agent } from './agent.ts';

/** A tool that an agent is allowed. */
export interface AgentTool {
  readonly name: string;
  readonly at: Located;
  /** `shell`: any command. `narrow`: some commands. `write`: files. `web`: any address. */
  readonly power: 'shell' | 'narrow' | 'write' | 'web';
}

/** The tools of an agent that run commands, change files or fetch addresses. */
export function agentTools({ step, action, args, at }: Agent): readonly AgentTool[] {
  const lists = (action?.tools ?? [])
    .flatMap((name) => step.with(name) ?? [])
    .map((text) => ({ at: text, list: text.value }));
  const given = args.map((text) => ({ at: text, list: allowedIn(text.value) }));
  const settings = (action?.settings ?? []).flatMap((name) => step.with(name) ?? []);
  const inSettings = settings.map((text) => ({ at: text, list: coreTools(text.value) }));
  const found = [...lists, ...given, ...inSettings].flatMap((one) =>
    toolsIn(one.list).flatMap((tool) => toTool(tool, one.at)),
  );
  const isNarrowed = inSettings.some(({ list }) => list !== '');
  if (action?.power === 'all' && !isNarrowed) return [{ name: 'every tool', at, power: 'shell' }];
  return found;
}

/** What follows the options that allow tools, until the next option. */
function allowedIn(args: string): string {
  return [...args.matchAll(/--(?:allowed-?tools|allow-tool|tools|core-tools)[= ]+(.*?)(?=\s--?[a-z]|$)/gis)]
    .map(([, list]) => list ?? '')
    .join(',');
}

/** The list of tools in Gemini's or Claude's settings. */
function coreTools(json: string): string {
  return /"(?:coreTools|core|allow|allowed)"\s*:\s*\[([^\]]*)\]/.exec(json)?.[1] ?? '';
}

/** The names of a list that commas, blanks or quotes divide; what stands in parentheses belongs to its name. */
function toolsIn(list: string): readonly string[] {
  return list.match(/[\w*]+(?:\([^)]*\))?/g) ?? [];
}

function toTool(text: string, at: Located): readonly AgentTool[] {
  const [, name = '', pattern] = /^([\w*]+)(?:\((.*)\))?$/s.exec(text) ?? [];
  const isShell = name === 'Bash' || name === 'run_shell_command' || name === 'ShellTool' || name === 'shell';
  if (name === '*') return [{ name: text, at, power: 'shell' }];
  if (![...strongTools, ...strongToolNames].some((tool) => tool === name)) return [];
  if (isShell) return [{ name: text, at, power: isOpenPattern(pattern) ? 'shell' : 'narrow' }];
  if (name === 'WebFetch') return pattern ? [] : [{ name: text, at, power: 'web' }];
  return [{ name: text, at, power: 'write' }];
}

/** Every command, or one that runs whatever it is given (`uv run …`). */
function isOpenPattern(pattern: string | undefined): boolean {
  const first = pattern?.trim().replace(/^['"]/, '') ?? '';
  if (first === '' || /^[:*]/.test(first)) return true;
  const [, command = '', rest = ''] = /^([\w./-]+)(.*)$/s.exec(first) ?? [];
  return openCommands.some((open) => open === command) && /^(?:\s|:)*\*?$/.test(rest);
}
