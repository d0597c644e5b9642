import type { Script } from '../engine/model/script.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import { hoist } from '../engine/taint/hoist.ts';
import { secretsInArguments } from '../engine/taint/secret-arguments.ts';
import { secretNames } from '../engine/taint/secret-values.ts';
import { codeSinks } from '../engine/taint/sinks.ts';
import { IDENTIFIER_NAME } from '../knowledge/secret-arguments.ts';

export const secretInCommandLine = defineRule({
  id: 'secret-in-command-line',
  severity: 'low',
  confidence: 'medium',
  section: 'Secrets',
  summary: 'A secret is put into the text of a command',
  why: 'What `${{ secrets.X }}` becomes in a script is written to a file of the runner, and every process can read the arguments of all others. A quote or a `$` in the secret also changes what the script does.',
  remedy: 'Give it to the step by `env:`, and let the program read the variable or its input.',
  visit: {
    *script(script) {
      yield* expanded(script);
      for (const { at, names, program, row } of secretsInArguments(script)) {
        const isShared = script.step.job?.runsOn?.kind === 'self-hosted';
        yield {
          at,
          subject: `${program} ${names.join(' ')}`,
          message: `\`${names.join('`, `')}\` is an argument of \`${program}\`, which every process on the machine can read; it also takes it by ${row.instead}`,
          ...harmOf(script),
          audience: isShared || row.isWarned ? 'regular' : 'pedantic',
        };
      }
    },
  },
});

function* expanded(script: Script): Generator<Problem> {
  const { step, expressions } = script;
  // What is taken apart, and the choice among all secrets, have rules of their own.
  // In an action there is no `secrets`: it does not load, which is said elsewhere.
  const isAction = step.action !== null;
  const found = expressions.filter(
    (one) => isNamed(secretNames(one)) && !/fromjson/i.test(one.code) && !(isAction && /\bsecrets\b/i.test(one.code)),
  );
  const codes = new Set(found.map(({ code }) => code));
  const groups = [...codes].map((code) => found.filter((one) => one.code === code));
  const sink = found.length > 0 ? codeSinks(step).find(({ text }) => text === script.text) : undefined;
  const fix = sink ? hoist(groups, sink) : null;
  for (const expression of found) {
    const names = secretNames(expression);
    const name = names.join(', ');
    yield {
      at: expression,
      subject: 'expanded',
      member: name,
      route: '',
      message: `\`${expression.value.slice(0, 80)}\` writes the secret into the script, where every process of the job can read it`,
      ...harmOf(script),
      audience: names.every((one) => isWeak(script, one)) ? 'pedantic' : 'regular',
      fix,
    };
  }
}

function isNamed(names: readonly string[]): boolean {
  return names.some((name) => name !== '*');
}

/** It ends with the job, on a machine that ends with the job; or it is no secret. */
function isWeak(script: Script, name: string): boolean {
  const isShort = name === 'GITHUB_TOKEN' || name.startsWith('steps.');
  return IDENTIFIER_NAME.test(name) || (isShort && script.step.job?.runsOn?.kind !== 'self-hosted');
}

function harmOf({ step }: Script): Pick<Problem, 'severity'> {
  return { severity: step.job?.runsOn?.kind === 'self-hosted' ? 'medium' : 'low' };
}
