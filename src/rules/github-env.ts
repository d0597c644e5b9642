import type { Severity } from '../engine/finding.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import type { Danger } from '../engine/taint/danger.ts';
import { type EnvironmentWrite, environmentWrites } from '../engine/taint/environment-writes.ts';
import { workspacePathDanger } from '../engine/taint/path-writes.ts';
import { dangerOfWrite, isOpenWrite, MULTILINE } from '../engine/taint/shell-danger.ts';
import { dangerousVariables } from '../knowledge/environment-names.ts';

export const githubEnv = defineRule({
  id: 'github-env',
  severity: 'high',
  confidence: 'medium',
  section: 'Injection',
  summary: 'Text that somebody else writes goes into the environment of all later steps',
  why: 'The runner reads GITHUB_ENV and GITHUB_PATH line by line. A line break in the value sets further variables, such as `LD_PRELOAD` or `BASH_ENV`, and with them the programs of every later step run foreign code.',
  remedy:
    'Hand the value on as an output of the step and read it through `env:` where it is needed; if it must go into GITHUB_ENV, write it as a block whose end is random (`name<<$(openssl rand -hex 16)`).',
  peers: [
    'zizmor: github-env',
    'octoscan: dangerous-write',
    'sisakulint: envvar-injection, envpath-injection',
    'CodeQL: envvar-injection, envpath-injection',
  ],
  visit: {
    *step(step) {
      for (const write of environmentWrites(step)) {
        if (write.target !== 'env' && write.target !== 'path') continue;
        const problem = problemOf(write);
        if (problem) yield problem;
      }
    },
  },
});

function problemOf(write: EnvironmentWrite): Problem | null {
  const written = dangerOfWrite(write);
  const danger = written?.source.kind === 'text' ? written : (workspacePathDanger(write) ?? written);
  if (!danger) return null;
  const { source } = danger;
  if (source.kind !== 'text' && (source.kind !== 'unknown' || danger.reach === 'insider')) return null;
  const lines = isOpenWrite(write) ? dangerOfWrite(write, MULTILINE) : null;
  const isAny =
    write.target === 'path' || write.form === 'stream' || lines?.source.kind === 'text' || isDangerous(write);
  if (danger.reach === 'outsider-unprivileged' && !(isAny && matters(danger))) return null;
  return {
    at: write.at,
    message: messageOf(write, danger, isAny),
    severity: severityOf(danger, isAny),
    confidence: source.kind === 'text' ? 'medium' : 'low',
    audience: danger.reach === 'insider' ? 'pedantic' : 'regular',
  };
}

function isDangerous({ name }: EnvironmentWrite): boolean {
  return name !== null && dangerousVariables.test(name);
}

/** Without a token or secrets: foreign code in a run of the repository's own, or text beside the code that a fork's run executes anyway. */
function matters({ source, holdsAll }: Danger): boolean {
  if (source.kind !== 'text' || source.confidence === 'low') return false;
  return holdsAll || /^github\.(?:head_ref$|event\.)/.test(source.name);
}

function severityOf({ source, reach }: Danger, isAny: boolean): Severity {
  if (reach === 'insider') return 'low';
  if (reach === 'outsider-unprivileged') return 'medium';
  if (source.kind !== 'text') return isAny ? 'medium' : 'low';
  return isAny ? 'critical' : 'medium';
}

function messageOf({ target, name }: EnvironmentWrite, { source, reach, event }: Danger, isAny: boolean): string {
  const file = target === 'path' ? 'GITHUB_PATH' : 'GITHUB_ENV';
  const who =
    source.kind !== 'text' ? 'text of unknown origin' : reach === 'insider' ? "a writer's text" : "anyone's text";
  const what = `${who} (\`${source.name}\`, \`${event}\`) is written to ${file}`;
  if (target === 'path')
    return `${what}, so that later steps look for their programs in a place of that person's choice`;
  if (isAny) return `${what} and can set any variable of the later steps, and with it run code there`;
  return `${what} as \`${name ?? '?'}\`, which every later step then sees`;
}
