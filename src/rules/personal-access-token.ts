import type { Expression } from '../engine/model/expression.ts';
import { isGithubToken } from '../engine/model/github-token.ts';
import type { SourceFile } from '../engine/model/source.ts';
import { betterToken, isHandedIn } from '../engine/model/token-choice.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import {
  GITHUB_PAT_NAME,
  PERSONAL_NAME,
  PERSONAL_TOKEN,
  PROGRAM_NAME,
  VENDOR_NAME,
} from '../knowledge/token-inputs.ts';

export const personalAccessToken = defineRule({
  id: 'personal-access-token',
  severity: 'high',
  section: 'Identity',
  summary: 'Workflow acts with a person’s token',
  why: 'A personal access token holds a person’s rights in every repository that it was made for, until it expires or is revoked. Whoever gets it is that person, and when the person leaves, the workflow stops.',
  remedy:
    'In this order: `GITHUB_TOKEN` with the scope it needs; a deploy key for git in one other repository; a GitHub App’s token for more. Say what a secret holds by `token-kinds: { NAME: app }`.',
  options: {
    /** Secret's name → what it holds, where the name misleads. */
    'token-kinds': {} as Readonly<Record<string, 'app' | 'deploy-key' | 'machine-user' | 'person'>>,
  },
  visit: {
    *workflow({ source }) {
      yield* literals(source);
    },
    *action({ source }) {
      yield* literals(source);
    },
    *expression(expression, { options }) {
      if (!/secrets/i.test(expression.code)) return;
      for (const leaf of expression.leaves) {
        if (leaf.kind !== 'access' || leaf.path[0] !== 'secrets' || typeof leaf.path[1] !== 'string') continue;
        const name = leaf.path[1].toUpperCase();
        const kind = Object.entries(options['token-kinds']).find(([key]) => key.toUpperCase() === name)?.[1];
        if (
          name === 'GITHUB_TOKEN' ||
          name === '*' ||
          VENDOR_NAME.test(name) ||
          kind === 'app' ||
          kind === 'deploy-key'
        )
          continue;
        const isPersons = kind === 'person' || (!kind && PERSONAL_NAME.test(name));
        // A secret that may be anything counts only where GitHub is given it.
        if (!isGithubToken(expression) && !(isPersons && GITHUB_PAT_NAME.test(name))) continue;
        // Where a program's account has it, nobody leaves with it; and a called workflow's secret is its caller's to name.
        const isOthers = kind === 'machine-user' || PROGRAM_NAME.test(name) || isHandedIn(expression, name);
        const is = isPersons
          ? 'is a personal access token by its name'
          : isOthers
            ? 'may be a personal access token'
            : 'is stored, so it is no App’s token but a personal access token';
        yield {
          at: expression,
          message: `\`secrets.${leaf.written[1]}\` ${is}; ${betterToken(expression)}`,
          subject: `secrets.${name}`,
          route: '',
          // An environment gives it to few branches, and maybe after a review.
          severity: isPersons && !environmentOf(expression) ? 'high' : 'medium',
          confidence: isPersons ? 'high' : isOthers ? 'low' : 'medium',
        };
      }
    },
  },
});

function environmentOf({ owner }: Expression) {
  return owner.kind === 'job' ? owner.environment : owner.kind === 'step' ? (owner.job?.environment ?? null) : null;
}

/** The token itself in the file. It is never quoted. */
function* literals(source: SourceFile): Generator<Problem> {
  for (const { 0: token, 1: prefix = '', index } of source.text.matchAll(PERSONAL_TOKEN)) {
    if (/(.)\1{7}/.test(token)) continue; // a placeholder: ghp_xxxxxxxx…
    const at = source.at({ start: index, end: index + token.length });
    const message = `A person’s token (\`${prefix}…\`) stands in the file: revoke it, for all who could ever read this know it`;
    yield { at, message, subject: prefix, severity: 'critical' };
  }
}
