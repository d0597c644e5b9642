import { mayPush, secretOf } from '../engine/model/ssh-key.ts';
import type { Step } from '../engine/model/step.ts';
import type { Text } from '../engine/model/text.ts';
import { defineRule } from '../engine/rule.ts';
import { APP_TOKEN_ACTIONS } from '../knowledge/app-token-actions.ts';
import { PERSONAL_NAME } from '../knowledge/token-inputs.ts';

const MAKERS = APP_TOKEN_ACTIONS.map(({ action }) => action);

export const crossRepoTokenChoice = defineRule({
  id: 'cross-repo-token-choice',
  severity: 'medium',
  confidence: 'medium',
  section: 'Identity',
  summary: 'Credential is wider than the task',
  why: 'To read one repository takes a key that reads one repository. A wider credential, a person’s token or an App’s, opens the rest as well to whoever reads it in this job.',
  remedy:
    'In this order: `GITHUB_TOKEN` for this repository; a deploy key for git in one other; an App’s token for its API or for several; a person’s token only where nothing else can do it.',
  options: {
    /** Secret's name → what it holds. */
    'token-kinds': {} as Readonly<Record<string, 'app' | 'deploy-key' | 'machine-user' | 'person'>>,
  },
  visit: {
    *step(step, { options }) {
      const token = step.uses?.matches(['actions/checkout']) ? step.with('token') : null;
      const expression = token?.expression;
      if (!token || !expression || !step.job || mayPush(step.job)) return;
      const secret = secretOf(expression);
      const kind = Object.entries(options['token-kinds']).find(([name]) => name.toUpperCase() === secret)?.[1];
      const isApps = kind === 'app' || (!secret && isOfApp(token, step));
      // What a person's token by its name is good for says another rule.
      if ((!secret && !isApps) || kind === 'deploy-key' || (secret && !kind && PERSONAL_NAME.test(secret))) return;
      const other = step.with('repository');
      const isOwn = !other || /^\s*github\.repository\s*$/.test(other.expression?.code ?? '');
      const whose = isApps ? 'An App’s token' : `\`secrets.${secret}\``;
      yield {
        at: token,
        message: `${whose} only checks out ${isOwn ? 'this repository, for which `GITHUB_TOKEN` is enough' : `\`${other.value}\`, for which a deploy key of that repository is enough`}`,
        subject: secret ? `secrets.${secret}` : 'app token',
        // An App's token lives an hour; and what a secret holds, only its name tells.
        audience: isApps ? 'pedantic' : 'regular',
        confidence: kind && !isApps ? 'medium' : isApps ? 'medium' : 'low',
      };
    },
  },
});

/** What a step of the job that makes App's tokens put out. */
function isOfApp({ expression }: Text, { earlier }: Step): boolean {
  const id = /^\s*steps\.([\w-]+)\.outputs\.\w*token\s*$/i.exec(expression?.code ?? '')?.[1]?.toLowerCase();
  return earlier.some((step) => step.id?.value.toLowerCase() === id && step.uses?.matches(MAKERS) === true);
}
