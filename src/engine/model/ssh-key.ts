import { GIT_PUSHERS } from '../../knowledge/git-users.ts';
import { KEY_INPUTS } from '../../knowledge/ssh-keys.ts';
import type { Expression } from './expression.ts';
import type { Job } from './job.ts';
import type { Located } from './source.ts';
import type { Step } from './step.ts';
import { usesTable } from './uses-table.ts';

/** A private SSH key out of a secret that a step loads. */
interface SshKey {
  readonly at: Located;
  /** Upper case. */
  readonly secret: string;
  /** It opens GitHub: so the action says, or the job speaks to GitHub by SSH. */
  readonly isGithub: boolean;
}

const rowsOf = usesTable(KEY_INPUTS, ({ action }) => [action]);
/** A line of a script that loads a key: into the agent, or into the file where ssh looks for it. */
const LOADS = /\bssh-add\b|\.ssh\/(?:id_|[\w-]*key)/;

/** The keys that a step loads. */
export function sshKeys(step: Step): readonly SshKey[] {
  const { uses, script } = step;
  const byInput = (uses ? rowsOf(uses) : []).flatMap((row) =>
    (step.with(row.input)?.expressions ?? []).flatMap((expression) => keyOf(expression, step, row.isGithub)),
  );
  if (!script) return byInput;
  const lines = script.value
    .split('\n')
    .filter((line) => line.length < 2_000 && LOADS.test(line) && !/^\s*#/.test(line));
  const written = script.expressions.filter(({ from }) => lines.some((line) => holds(script.value, line, from)));
  const variables = [...step.env.byName.values()].filter(({ name }) =>
    lines.some((line) => [`$${name}`, `\${${name}}`, `$env:${name}`].some((one) => line.includes(one))),
  );
  const expressions = [...written, ...variables.flatMap(({ text }) => text.expressions)];
  return expressions.flatMap((expression) => keyOf(expression, step, false));
}

function holds(script: string, line: string, at: number): boolean {
  const from = script.lastIndexOf('\n', at - 1) + 1;
  return script.startsWith(line, from);
}

function keyOf(expression: Expression, { job }: Step, isGithub: boolean): readonly SshKey[] {
  const secret = secretOf(expression);
  return secret ? [{ at: expression, secret, isGithub: isGithub || (job !== null && speaksToGithub(job)) }] : [];
}

/** The secret that an expression is, upper case; null where it is none, or the job's own token. */
export function secretOf({ code }: Expression): string | null {
  const name = /^\s*secrets\s*(?:\.\s*|\[\s*')([\w-]+)/i.exec(code)?.[1]?.toUpperCase() ?? null;
  return name === 'GITHUB_TOKEN' ? null : name;
}

const speaksToGithub = onceEach(({ steps }) =>
  steps.some(({ script, uses }) => {
    if (
      script &&
      /git@github\.com|ssh:\/\/git@|\bgit\s+(?:clone|push|fetch|pull|submodule)\b|ssh-keyscan[^\n]{0,80}github\.com/.test(
        script.value,
      )
    )
      return true;
    return uses?.matches(GIT_PUSHERS) === true;
  }),
);

/** Some step of a job pushes, or can't be seen into: `git push`, an action that does so. */
export const mayPush = onceEach(({ steps }) =>
  steps.some(({ script, uses, isNever }) => {
    if (isNever) return false;
    if (uses)
      return !uses.matches(['actions/*', 'docker/*', 'github/*', 'pnpm/*', 'astral-sh/*', 'dtolnay/*', 'swatinem/*']);
    return !script?.parsed || /\bpush\b|\brelease\b|\bpublish\b|\bdeploy\b|\bcommit\b/.test(script.value);
  }),
);

/** Thousands of steps may ask the same of their job. */
function onceEach(ask: (job: Job) => boolean): (job: Job) => boolean {
  const known = new WeakMap<Job, boolean>();
  return (job) => {
    const answer = known.get(job) ?? ask(job);
    known.set(job, answer);
    return answer;
  };
}
