import { attestingActions } from '../../knowledge/attestations.ts';
import { BUILD_COMMANDS, INERT_COMMANDS } from '../../knowledge/command-scopes.ts';
import { IDENTITY_INPUT, IDENTITY_TEXT, IDENTITY_USERS } from '../../knowledge/identity-users.ts';
import { CLOUD_KEYS } from '../../knowledge/metadata-services.ts';
import type { ShellCommand } from '../shell/script.ts';
import type { Job } from './job.ts';
import type { Located } from './source.ts';
import type { Step } from './step.ts';
import { actionScopes, scopesOfAction } from './token-needs.ts';

/** Composite actions nest ten deep. */
const MAX_DEPTH = 10;
/** More steps than these are understood by nobody. */
const MAX_STEPS = 2_000;

/** Where a job is granted the identity; null where it isn't, or nothing written says so. */
export function identityGrant(job: Job): Located | null {
  if (job.grants('id-token', 'write') !== 'yes') return null;
  const permissions = job.permissions ?? job.workflow.permissions;
  const entry = permissions?.entries.find(({ scope }) => scope === 'id-token');
  return entry?.at ?? (permissions?.kind === 'write-all' ? permissions : null);
}

/** Whether a job needs its identity: `yes`, something that is there for it; `no`, each step is known not to; else `unclear`. */
export function identityUse(job: Job): 'yes' | 'unclear' | 'no' {
  const known = uses.get(job);
  if (known) return known;
  const budget = { left: MAX_STEPS };
  const found = new Set(job.steps.filter((step) => !step.isNever).map((step) => useOf(step, budget, 0)));
  const names = [...job.workflow.env.byName.keys(), ...job.env.byName.keys()];
  const isNamed = names.some((name) => CLOUD_KEYS.test(name) || IDENTITY_INPUT.test(name));
  const use = isNamed || found.has('yes') ? 'yes' : found.has('unclear') ? 'unclear' : 'no';
  uses.set(job, use);
  return use;
}

const uses = new WeakMap<Job, 'yes' | 'unclear' | 'no'>();

function useOf(step: Step, budget: { left: number }, depth: number): 'yes' | 'unclear' | 'no' {
  budget.left -= 1;
  if (budget.left < 0 || depth > MAX_DEPTH) return 'unclear';
  const names = [...step.env.byName.keys(), ...(step.uses ? step.inputs.keys() : [])];
  if (names.some((name) => IDENTITY_INPUT.test(name))) return 'yes';
  if (step.script) return useOfScript(step);
  const { uses: action } = step;
  if (!action) return 'unclear';
  if (action.kind === 'local') {
    const callee = (step.workflow ?? step.action)?.project.target(action);
    if (callee?.kind !== 'action' || callee.steps.length === 0) return 'unclear';
    const inner = callee.steps.map((one) => useOf(one, budget, depth + 1));
    return inner.includes('yes') ? 'yes' : inner.includes('unclear') ? 'unclear' : 'no';
  }
  if (scopesOfAction(step)?.get('id-token') === 'write') return 'yes';
  if (action.matches(IDENTITY_USERS) || action.matches(attestingActions)) return 'yes';
  if (action.matches(SCRIPTED)) return IDENTITY_TEXT.test(step.with('script')?.value ?? '') ? 'yes' : 'no';
  return actionScopes(action)?.isWhole ? 'no' : 'unclear';
}

const SCRIPTED = ['actions/github-script'];

function useOfScript({ script }: Step): 'yes' | 'unclear' | 'no' {
  if (!script || IDENTITY_TEXT.test(script.value)) return 'yes';
  const commands = script.parsed && !script.parsed.isBroken ? script.commands : null;
  return commands?.every(isHarmless) ? 'no' : 'unclear';
}

/** Known not to ask for an identity by itself: of the shell, of git, or a build that publishes nothing. */
function isHarmless(command: ShellCommand): boolean {
  return (
    command.name === '' || INERT_COMMANDS.has(command.name) || /^(?:git|gh)$/.test(command.name) || isBuild(command)
  );
}

/** The first build, test or installation of a job: code of packages runs in it. `what`: its first two words. */
export function buildOf(job: Job): { readonly at: Located; readonly what: string } | null {
  for (const { isNever, script } of job.steps) {
    const command = isNever ? undefined : script?.commands.find(isBuild);
    if (!script || !command) continue;
    const words = command.words.slice(0, 2).map(({ text }) => text);
    return { at: script.text.span(command.start, command.end), what: words.join(' ') };
  }
  return null;
}

function isBuild({ words }: ShellCommand): boolean {
  const line = words.map(({ text }) => text).join(' ');
  return BUILD_COMMANDS.some((pattern) => pattern.test(line));
}

/** Installs packages by name, at whatever version is the newest. */
export function installsUnlocked({ script }: Step): boolean {
  return (script?.commands ?? []).some(({ name, words }) => {
    const line = words.map(({ text }) => text).join(' ');
    if (/^(?:npm|pnpm|yarn|bun)$/.test(name)) return /^\S+ (?:install|i|add|global add) (?:-\S+ )*[@a-z]/.test(line);
    return (
      /^pip[\d.]*$/.test(name) &&
      /^\S+ install (?:-U |--upgrade |-\S+ )*[a-z]/i.test(line) &&
      !/require-hashes/.test(line)
    );
  });
}
