import type { Step } from '../engine/model/step.ts';
import type { Text } from '../engine/model/text.ts';
import type { Variables } from '../engine/model/variables.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import { secretsOfText } from '../engine/taint/secret-values.ts';
import {
  type Cloud,
  type CloudKeyInput,
  cloudKeyCommands,
  cloudKeyInputs,
  cloudKeyVariables,
  identityLogins,
  S3_LIKE,
} from '../knowledge/cloud-credentials.ts';

export const longLivedCloudCredential = defineRule({
  id: 'long-lived-cloud-credential',
  severity: 'medium',
  confidence: 'medium',
  section: 'Identity',
  summary: 'A cloud’s static key is used, where GitHub’s identity would do',
  why: 'A stored key works for whoever gets it, from anywhere, until somebody changes it. The job’s identity token works for this job of this repository, for minutes.',
  remedy:
    'Let the cloud trust GitHub’s OpenID Connect, give the job `id-token: write`, and take the key out of the secrets.',
  subsumes: ['structured-secret'],
  visit: {
    *workflow({ env, source }) {
      yield* inVariables(env, source.text);
    },
    *job({ env, source, node }) {
      yield* inVariables(env, source.slice(node));
    },
    *step(step) {
      yield* inVariables(step.env, `${step.source.slice(step)}${[...(step.job?.env.byName.keys() ?? [])].join(' ')}`);
      for (const row of rows) {
        const key = step.uses?.matches(row.actions) ? step.with(row.input) : null;
        if (!key || (row.unless && step.with(row.unless))) continue;
        if (secretsOfText(key).length > 0) yield problem(key, row.cloud, `\`${row.input}\` of \`${step.uses?.slug}\``);
      }
      yield* inCommands(step);
    },
  },
});

const rows: readonly CloudKeyInput[] = cloudKeyInputs;

/** `around`: what may say that it is another store than the cloud's. */
function* inVariables(variables: Variables, around: string): Generator<Problem> {
  for (const { name, text } of variables.byName.values()) {
    const cloud = cloudKeyVariables.get(name.toUpperCase());
    if (!cloud || secretsOfText(text).length === 0) continue;
    const isShort = variables.get('AWS_SESSION_TOKEN') !== null;
    const isOther = S3_LIKE.test(text.value) || (cloud === 'AWS' && S3_LIKE.test(around));
    if (!isShort && !isOther) yield problem(text, cloud, `\`${name}\``);
  }
}

function* inCommands({ script }: Step): Generator<Problem> {
  for (const { name, words, start, end } of script?.commands ?? []) {
    const row = cloudKeyCommands.find((one) => one.name === name);
    const text = words.slice(1).map((word) => word.text);
    if (!row?.words.test(text.join(' ')) || !script) continue;
    yield problem(script.text.span(start, end), row.cloud, `\`${name} ${text.slice(0, 2).join(' ')}\``);
  }
}

function problem(at: Problem['at'] | Text, cloud: Cloud, what: string): Problem {
  const message = `${what} is a static key for ${cloud}, which works for whoever gets it until it is changed; ${identityLogins[cloud]} needs none`;
  return { at, subject: cloud, route: '', message };
}
