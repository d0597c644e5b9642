import { CHECKS, credentialFiles, loginActions, loginCommands } from '../../knowledge/credential-logins.ts';
import { IDENTIFIER_NAME } from '../../knowledge/secret-arguments.ts';
import type { Job } from '../model/job.ts';
import { publishes } from '../model/publishing.ts';
import type { Located } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import { executions } from './execution.ts';
import { secretsOfText } from './secret-values.ts';

/** The stored secrets that a step is given itself: by `with`, its own `env` and its script. Neither the job's token nor mere names. */
export function ownSecrets(step: Step): readonly string[] {
  const names = [...step.texts].flatMap((text) => (text.site.key === 'if' ? [] : secretsOfText(text)));
  return [...new Set(names)].filter(isStored);
}

/** A secret that outlives the run, and is one. */
export function isStored(name: string): boolean {
  return name !== 'GITHUB_TOKEN' && !name.startsWith('steps.') && !IDENTIFIER_NAME.test(name);
}

/** Whether a step logs in for the steps behind it, with a stored secret. */
export function isLogin(step: Step): boolean {
  if (step.isNever || ownSecrets(step).length === 0) return false;
  if (step.uses) return step.uses.matches(loginActions);
  return (step.script?.commands ?? []).some(({ words, redirections }) => {
    const isFile = redirections.some(
      ({ operator, target }) => operator.includes('>') && credentialFiles.test(target?.text ?? ''),
    );
    return isFile || loginCommands.test(words.map(({ text }) => text).join(' '));
  });
}

/** Code that a job runs beside credentials that it has no need of. */
export interface NeedlessWork {
  readonly step: Step;
  readonly at: Located;
  readonly what: string;
  /** A check; else a build, which the release may need. */
  readonly isCheck: boolean;
}

/** Code of the repository, and others' code at a movable ref, that runs in these steps. */
export function needlessWork(steps: readonly Step[]): readonly NeedlessWork[] {
  return steps.flatMap((step): readonly NeedlessWork[] => {
    if (step.isNever || publishes(step) || isLogin(step) || ownSecrets(step).length > 0) return [];
    const { uses } = step;
    if (uses?.kind === 'repository' && !uses.isPinned && !uses.matches(OFFICIAL))
      return [{ step, at: uses, what: uses.value, isCheck: false }];
    const name = uses === null ? (step.name?.value.toLowerCase() ?? '') : '';
    return executions(step, '')
      .filter(({ direct }) => direct)
      .map(({ at }) => {
        const what = at.source.slice(at).split('\n')[0]?.trim() ?? '';
        return { step, at, what, isCheck: CHECKS.test(what.toLowerCase()) || CHECKS.test(name) };
      });
  });
}

/** Constants, since lists are prepared once. */
const OFFICIAL = ['actions/*', 'github/*', 'docker/*', 'aws-actions/*', 'azure/*', 'google-github-actions/*'];

/** The stored secrets in the environment of all steps of a job. */
export function sharedSecrets(job: Job): readonly string[] {
  const variables = [...job.env.byName.values(), ...job.workflow.env.byName.values()];
  return [...new Set(variables.flatMap(({ text }) => secretsOfText(text)))].filter(isStored);
}
