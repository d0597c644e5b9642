import type { Element } from '../engine/model/element.ts';
import type { Job } from '../engine/model/job.ts';
import { mapOf } from '../engine/model/nodes.ts';
import type { Located, SourceEdit } from '../engine/model/source.ts';
import type { Step } from '../engine/model/step.ts';
import type { Text } from '../engine/model/text.ts';
import type { Variable } from '../engine/model/variables.ts';
import type { Workflow } from '../engine/model/workflow.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import { removeEntry } from '../engine/yaml/edit.ts';

const NAME = 'ACTIONS_ALLOW_UNSECURE_COMMANDS';

export const insecureCommands = defineRule({
  id: 'insecure-commands',
  severity: 'high',
  section: 'Hygiene',
  summary: 'Output of a step may set variables and the search path',
  why: '`ACTIONS_ALLOW_UNSECURE_COMMANDS` lets whatever a step prints change the environment of all later steps. Who gets a line into the output (a title in a log, a test’s name) decides what they run.',
  remedy: 'Take the variable away, and write to `$GITHUB_ENV` and `$GITHUB_PATH` where the old commands were used.',
  peers: ['zizmor: insecure-commands', 'octoscan: unsecure-commands', 'semgrep: allowed-unsecure-commands'],
  visit: {
    *workflow(workflow) {
      yield* inEnv(workflow);
    },
    *job(job) {
      yield* inEnv(job);
    },
    *step(step) {
      yield* inEnv(step);
    },
    *script(script) {
      for (const command of script.commands) {
        const isEnv = command.redirections.some(({ target }) => target?.text.includes('GITHUB_ENV'));
        const word = command.words.find(({ text }) => isWritten(text));
        if (isEnv && word) yield problem(script.text.span(word.start, word.end));
      }
    },
  },
});

function* inEnv(owner: Workflow | Job | Step): Generator<Problem> {
  const variable = owner.env.get(NAME);
  const isOn = variable ? truth(variable.text) : false;
  if (!variable || isOn === false) return;
  yield {
    ...problem(variable.text),
    confidence: isOn ? 'high' : 'low',
    fix: { title: `Take \`${NAME}\` away`, safe: false, edits: [without(owner, variable)] },
  };
}

function problem(at: Located): Problem {
  return {
    at,
    message: `\`${NAME}\` is set: every line that a step prints can set variables and the search path of the later steps`,
    subject: NAME,
  };
}

/** As the runner reads it; null where only the run knows. */
function truth({ value, isLiteral, expression }: Text): boolean | null {
  const folded = expression?.folded;
  if (!isLiteral && !folded?.known) return null;
  return /^(?:1|\$?true)$/i.test(String(folded?.known ? folded.value : value).trim());
}

function isWritten(text: string): boolean {
  return new RegExp(`\\b${NAME}=(?:1|\\$?true)\\b`, 'i').test(text);
}

/** The entry, or the whole `env:` where it is the only one. */
function without(owner: Element, { name }: Variable): SourceEdit | null {
  const map = mapOf(owner.find('env'));
  if (map?.entries.length === 1) return owner.remove('env');
  return map && owner.source.edit(removeEntry(owner.source.text, map, name));
}
