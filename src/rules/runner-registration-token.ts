import type { Expression } from '../engine/model/expression.ts';
import { isGithubToken } from '../engine/model/github-token.ts';
import type { Script } from '../engine/model/script.ts';
import { isHandedIn } from '../engine/model/token-choice.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import type { ShellCommand } from '../engine/shell/script.ts';
import { PERSONAL_NAME, RUNNER_CALL } from '../knowledge/token-inputs.ts';

/** Values of the chart of actions-runner-controller that hold a person's token. */
const CONTROLLER = /^(?:githubConfigSecret\.)?(?:github_token|authSecret\.github_token)=/;

export const runnerRegistrationToken = defineRule({
  id: 'runner-registration-token',
  severity: 'high',
  confidence: 'medium',
  section: 'Runners',
  summary: 'Runner is registered by a person’s token, or for good',
  why: 'A runner that is not ephemeral takes the next job on the machine that the last one left; and a person’s token that may register runners may do all else that the person may, for as long as nobody revokes it.',
  remedy: 'Register each runner for one job (`--ephemeral`, or a JIT configuration), with a GitHub App’s token.',
  visit: {
    *script(script) {
      for (const command of script.commands) yield* lasting(command, script);
      const found = RUNNER_CALL.exec(script.value);
      if (!found) return;
      const { step } = script;
      const variables = [step.env, ...(step.job ? [step.job.env] : []), ...(step.workflow ? [step.workflow.env] : [])];
      const given = variables.flatMap(({ byName }) => [...byName.values()].flatMap(({ text }) => text.expressions));
      yield* stored(script.text.span(found.index, found.index + found[0].length), [...script.expressions, ...given]);
    },
    *step({ uses, inputs, env }) {
      const text = uses?.matches(['actions/github-script', 'octokit/request-action']) ? [...inputs.values()] : [];
      const call = text.find(({ value }) => RUNNER_CALL.test(value));
      const given = [...text, ...[...env.byName.values()].map((variable) => variable.text)];
      if (call)
        yield* stored(
          call,
          given.flatMap(({ expressions }) => expressions),
        );
    },
  },
});

/** By a secret that a person made: a stored token is no App's, whatever it is called. */
function* stored(at: Problem['at'], given: readonly Expression[]): Generator<Problem> {
  const secrets = given.flatMap((expression) =>
    personalSecrets(expression).map((name) => ({ name, isSure: !isHandedIn(expression, name) })),
  );
  const secret = secrets.find(({ isSure }) => isSure) ?? secrets[0];
  if (!secret) return;
  const message = `The stored token \`secrets.${secret.name}\` registers the runner: whoever reads it here has its owner’s administration rights`;
  yield { at, message, subject: 'personal', confidence: secret.isSure ? 'medium' : 'low' };
}

/** Secrets that are a person's by their names, or that GitHub is given as a token. */
function personalSecrets(expression: Expression): readonly string[] {
  return expression.leaves.flatMap((leaf) => {
    const name = leaf.kind === 'access' && leaf.path[0] === 'secrets' ? (leaf.written[1] ?? '').toUpperCase() : '';
    if (name === '' || name === 'GITHUB_TOKEN') return [];
    return PERSONAL_NAME.test(name) || isGithubToken(expression) ? [name] : [];
  });
}

/** `config.sh --token …` without `--ephemeral`; a chart that is handed a token. */
function* lasting({ name, words }: ShellCommand, { text }: Script): Generator<Problem> {
  const has = (option: RegExp) => words.some((word) => option.test(word.text));
  const [first, last] = [words[0], words.at(-1)];
  if (
    /^config\.(?:sh|cmd)$/.test(name) &&
    has(/^--token/) &&
    !has(/^(?:--(?:ephemeral|jitconfig)|remove$)/) &&
    first &&
    last
  ) {
    yield {
      at: text.span(first.start, last.end),
      message: 'The runner is registered for more than one job: what one leaves behind, the next one finds',
      subject: 'lasting',
    };
  }
  const value = name === 'helm' || name === 'helmfile' ? words.find((word) => CONTROLLER.test(word.text)) : undefined;
  if (value) {
    const message = 'The runner controller is given a token of a person instead of an App’s key (`github_app_id` …)';
    yield { at: text.span(value.start, value.end), message, subject: 'controller' };
  }
}
