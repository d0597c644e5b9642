import { type AgentAction, type AgentCommand, agentCommands, agents } from '../../knowledge/ai-agents.ts';
import type { Located } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import type { Text } from '../model/text.ts';
import { usesTable } from '../model/uses-table.ts';
import type { ShellCommand } from '../shell/script.ts';
import { guardsOf } from './guards.ts';
import { commandsOf } from './script-commands.ts';

/** An AI agent that a step starts. */
export interface Agent {
  readonly step: Step;
  /** For a message. */
  readonly name: string;
  readonly at: Located;
  readonly action: AgentAction | null;
  /** Inputs that the model takes for instructions. */
  readonly prompts: readonly Text[];
  /** The command that starts it, where it is no action. */
  readonly command: ShellCommand | null;
  /** Where its arguments are written: inputs, or the command. */
  readonly args: readonly AgentArguments[];
}

/** Arguments of an agent as they are written. */
interface AgentArguments extends Located {
  readonly value: string;
}

const commands: readonly AgentCommand[] = agentCommands;
const rowsOf = usesTable<AgentAction>(agents, ({ action }) => [action]);

/** The agent that a step starts by its action or in its script. */
export function agentOf(step: Step): Agent | null {
  const known = read.get(step);
  if (known !== undefined) return known;
  const agent = step.isNever ? null : step.uses ? agentByAction(step) : agentByCommand(step);
  read.set(step, agent);
  return agent;
}

const read = new WeakMap<Step, Agent | null>();

function agentByAction(step: Step): Agent | null {
  const { uses } = step;
  const row = uses && rowsOf(uses)[0];
  if (!uses || !row) return null;
  const texts = (names: readonly string[]) => names.flatMap((name) => step.with(name) ?? []);
  const prompts = texts(row.prompts);
  return { step, name: uses.slug, at: uses, action: row, prompts, command: null, args: texts(row.args) };
}

const MENTIONED = /claude|codex|gemini|copilot|qwen|cursor-agent|opencode|aider|goose|\bamp\b/;

function agentByCommand(step: Step): Agent | null {
  const { script } = step;
  if (!script || !MENTIONED.test(script.value)) return null;
  for (const command of commandsOf(script)) {
    const name = agentName(command);
    if (name === null) continue;
    const at = script.text.span(command.start, command.end);
    const value = command.words.map(({ text }) => text).join(' ');
    return { step, name, at, action: null, prompts: [], command, args: [{ ...at, value }] };
  }
  return null;
}

/** `claude -p`, `npx -y @openai/codex@latest exec`; null for anything that a person would have to answer. */
function agentName({ name, words }: ShellCommand): string | null {
  const texts = words.slice(1).map(({ text }) => text);
  const row = commands.find((one) => {
    const isNamed = one.names.includes(name);
    const isPackage = texts
      .slice(0, 4)
      .some((text) => one.packages.some((of) => text === of || text.startsWith(`${of}@`)));
    const isInstall = /^(?:install|i|add|update|-g|--global|mcp|login|--version|-v|config)$/.test(texts[0] ?? '');
    return (
      (isNamed || isPackage) &&
      !isInstall &&
      (one.headless.length === 0 || one.headless.some((word) => texts.includes(word)))
    );
  });
  return row ? (row.names[0] ?? null) : null;
}

/**
 * Who gets an outsider's words to an agent: `open`, anyone starts it; `held`, somebody who may write starts it, and
 * what it reads may still be an outsider's; `inside`, only writers' events lead there, or forks without a token.
 */
export function agentReach({ step, action }: Agent): 'open' | 'held' | 'inside' {
  const starts = step.reach.dangerous;
  if (starts.length === 0) return 'inside';
  if (action?.openBy && !openInput({ step, action })) return 'held';
  const isHeld = starts.every(({ event }) => guardsOf(step, event).some(({ how }) => how !== 'same-repository'));
  return isHeld ? 'held' : 'open';
}

/** The input by which everyone starts an agent whose action would ask for the right to write. */
export function openInput({ step, action }: Pick<Agent, 'step' | 'action'>): Text | null {
  const texts = (action?.openBy ?? []).flatMap((name) => step.with(name) ?? []);
  return texts.find(({ value }) => value.split(/[\s,]+/).includes('*')) ?? null;
}

/** What a job has that an agent could be talked into using: a token that writes, or secrets besides the model's own key. */
export function agentSpoils({ step }: Agent): 'token' | 'secrets' | null {
  const { job } = step;
  if (!job) return null;
  if (job.secrets.some((name) => !MODEL_KEY.test(name))) return 'secrets';
  return job.token.mayWrite ? 'token' : null;
}

const MODEL_KEY =
  /ANTHROPIC|OPENAI|CLAUDE|CODEX|GEMINI|GOOGLE_API|COPILOT|AZURE_AI|MODEL|LLM|OPENROUTER|DEEPSEEK|QWEN|_AI_/;
