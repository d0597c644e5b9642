import {
  BUILD_COMMANDS,
  GH_WRITES,
  INERT_COMMANDS,
  OCTOKIT_REPOS,
  OCTOKIT_WRITES,
  REST_WRITES,
} from '../../knowledge/command-scopes.ts';
import type { ShellCommand } from '../shell/script.ts';
import type { Expression } from './expression.ts';
import type { Job } from './job.ts';
import type { Step } from './step.ts';
import { actionScopes, scopesOfAction } from './token-needs.ts';
import type { Variable, Variables } from './variables.ts';

/** Composite actions nest ten deep. */
const MAX_DEPTH = 10;
/** More steps than these are understood by nobody. */
const MAX_STEPS = 2_000;

/** What a job may write with its token: an upper bound. */
interface ScopeWrites {
  /** Scopes that some step may write by. */
  readonly scopes: ReadonlySet<string>;
}

/** What the steps before have left for a script to use. */
interface Situation {
  /** The job or workflow puts the token into every step's environment. */
  readonly hasTokenInEnv: boolean;
  /** A checkout has left the token in git's configuration. */
  isTokenKept: boolean;
  /** Steps that may still be looked at: local actions that use each other ten deep can be billions. */
  left: number;
  readonly found: Set<string>;
}

/**
 * The scopes that a job's steps may write by, as far as that is certain: no scope beyond these is written by anyone. Null
 * where some step can't be seen into and holds the token.
 */
export function scopeWrites(job: Job): ScopeWrites | null {
  if (job.uses || job.steps.length === 0 || job.services.some(({ env }) => holdsToken(env))) return null;
  const hasTokenInEnv = [job.env, job.workflow.env].some(holdsToken);
  const situation: Situation = { hasTokenInEnv, isTokenKept: false, left: MAX_STEPS, found: new Set() };
  return job.steps.every((step) => step.isNever || isUnderstood(step, situation, 0))
    ? { scopes: situation.found }
    : null;
}

/** Adds what a step may write by; false where it could be anything. */
function isUnderstood(step: Step, situation: Situation, depth: number): boolean {
  const { uses } = step;
  situation.left -= 1;
  if (situation.left < 0) return false;
  if (step.script) return isScriptUnderstood(step, situation);
  if (!uses || depth > MAX_DEPTH || step.text('with')) return false;
  if (uses.kind === 'local') {
    const callee = (step.workflow ?? step.action)?.project.target(uses);
    // What is handed in may be the token, under any name.
    if (callee?.kind !== 'action' || callee.steps.length === 0 || [...step.inputs.values()].some(hasToken))
      return false;
    if ([...callee.inputs.values()].some((input) => /token/i.test(input.default?.value ?? ''))) return false;
    return callee.steps.every((inner) => isUnderstood(inner, situation, depth + 1));
  }
  if (uses.matches(['actions/github-script'])) return isOctokitUnderstood(step, situation.found);
  if (!actionScopes(uses)?.isWhole) return false;
  if (uses.matches(['actions/checkout']) && step.with('persist-credentials')?.value.trim() !== 'false')
    situation.isTokenKept = true;
  for (const [scope, level] of scopesOfAction(step) ?? []) if (level === 'write') situation.found.add(scope);
  return true;
}

function isScriptUnderstood(step: Step, situation: Situation): boolean {
  const { script } = step;
  const hasTokenHere = situation.hasTokenInEnv || holdsToken(step.env) || (script?.expressions ?? []).some(isToken);
  if (/ACTIONS_ID_TOKEN/.test(script?.value ?? '')) situation.found.add('id-token');
  // Python and the like: nothing is seen.
  const commands = script?.parsed && !script.parsed.isBroken ? script.commands : null;
  if (!commands) {
    for (const scope of ['id-token', 'contents']) situation.found.add(scope);
    return !hasTokenHere;
  }
  return commands.every((command) => isCommandUnderstood(command, hasTokenHere, situation));
}

function isCommandUnderstood(command: ShellCommand, hasToken: boolean, { found, isTokenKept }: Situation): boolean {
  const { name } = command;
  if (name === '' || INERT_COMMANDS.has(name)) return true;
  if (name === 'git') return addGit(command, found);
  const writes = name === 'gh' ? ghWrites(command) : name === 'curl' ? curlWrites(command) : null;
  if (writes) {
    for (const scope of writes) found.add(scope);
    return true;
  }
  // Every program of the job may ask for an identity: nobody hands that to it.
  found.add('id-token');
  const line = command.words.map(({ text }) => text).join(' ');
  if (isTokenKept && !BUILD_COMMANDS.some((pattern) => pattern.test(line))) found.add('contents');
  return !hasToken;
}

function addGit({ words }: ShellCommand, found: Set<string>): true {
  const isRead = words.some(
    ({ text, isLiteral }) =>
      isLiteral &&
      /^(add|checkout|clean|clone|commit|config|diff|fetch|init|log|ls-files|ls-remote|merge-base|pull|reset|rev-list|rev-parse|show|show-ref|status|submodule|switch|tag|describe|branch|rm|mv|apply|stash|restore|worktree|blame|grep|--version)$/.test(
        text,
      ),
  );
  if (!isRead || words.some(({ text }) => text === 'push')) found.add('contents');
  return true;
}

/** Null: it could be anything. */
function ghWrites(command: ShellCommand): readonly string[] | null {
  const [group, verb] = command.words.slice(1).filter(({ text }) => !text.startsWith('-'));
  if (!group?.isLiteral || (verb && !verb.isLiteral && group.text !== 'api')) return null;
  if (group.text === 'api')
    return restWrites(
      command.words.slice(1).map(({ text }) => text),
      /^(-X|--method|-f|-F|--field|--raw-field|--input)/,
    );
  const rows = GH_WRITES;
  const [exact, any] = [`${group.text} ${verb?.text ?? ''}`, `${group.text} *`];
  if (Object.hasOwn(rows, exact)) return rows[exact] ?? null;
  return Object.hasOwn(rows, any) ? (rows[any] ?? null) : null;
}

function curlWrites({ words }: ShellCommand): readonly string[] | null {
  return restWrites(
    words.slice(1).map(({ text }) => text),
    /^(-X|--request|-d|--data|-F|--form|--json|-T|--upload-file)/,
  );
}

/** What a call of GitHub's API may write: nothing where it only reads, else by its path. */
function restWrites(words: readonly string[], writing: RegExp): readonly string[] | null {
  if (words.some((word) => /graphql/.test(word))) return null;
  const method = words.findIndex((word) => /^(-X|--method|--request)$/.test(word));
  const isRead = method >= 0 ? words[method + 1] === 'GET' : !words.some((word) => writing.test(word));
  if (isRead) return [];
  for (const word of words) {
    const part = /(?:^|\/)repos\/[^/]+(?:\/[^/$]+)?\/([a-z-]+)(?:[/?]|$)/.exec(word)?.[1];
    if (part && Object.hasOwn(REST_WRITES, part)) return REST_WRITES[part] ?? null;
  }
  return null;
}

/** A script of actions/github-script that only calls methods by name. */
function isOctokitUnderstood(step: Step, found: Set<string>): boolean {
  const code = step.with('script')?.value ?? '';
  const own = step.with('github-token');
  if (own && !hasToken(own)) return true;
  if (
    code === '' ||
    /\b(require|import|eval|fetch|exec|getOctokit|process\.env\.\w*TOKEN)\b|\bgithub\.(request|graphql|hook|auth)|\bcore\.getIDToken/.test(
      code,
    )
  )
    return false;
  const calls = [...code.matchAll(/\bgithub\.(?:rest\.)?(\w+)\.(\w+)/g)];
  const uses = [...code.matchAll(/\bgithub\b(?!['"])/g)].length;
  // `github` by itself may be handed on: only its methods, and `github.paginate(github.rest…)`.
  const paginated = [...code.matchAll(/\bgithub\.paginate\b(?!\.iterator\.)/g)].filter(
    ({ index }) => !calls.some((call) => call.index === index),
  ).length;
  if (uses !== calls.length + paginated) return false;
  for (const [, group = '', method = ''] of calls) {
    if (group === 'paginate') continue;
    const writes = octokitWrites(group, method);
    if (!writes) return false;
    for (const scope of writes) found.add(scope);
  }
  return true;
}

function octokitWrites(group: string, method: string): readonly string[] | null {
  if (/^(get|list)/.test(method)) return [];
  if (group === 'repos') return OCTOKIT_REPOS.find(([start]) => method.startsWith(start))?.[1] ?? null;
  return Object.hasOwn(OCTOKIT_WRITES, group) ? (OCTOKIT_WRITES[group] ?? null) : null;
}

function holdsToken(variables: Variables): boolean {
  return variables.isDynamic || [...variables.byName.values()].some(({ text }: Variable) => hasToken(text));
}

function hasToken({ expressions }: { readonly expressions: readonly Expression[] }): boolean {
  return expressions.some(isToken);
}

/** The job's own token, or something that may hold it. */
function isToken({ code }: Expression): boolean {
  return /github_token|github\s*(\.\s*token|\[)|secrets\s*\[|toJSON\(\s*(github|secrets)\b|\binputs\s*[.[]\s*'?\w*(token|pat\b)/i.test(
    code,
  );
}
