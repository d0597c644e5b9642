import { CLOUD_KEYS, CLOUD_LOGINS } from '../../knowledge/metadata-services.ts';
import type { Job } from './job.ts';

/** Thousands of steps may ask the same of their job. */
const known = new WeakMap<Job, boolean>();

/** Whether a job brings an identity of its own for a cloud: an action that logs in, or keys in the environment. */
export function hasCloudLogin(job: Job): boolean {
  const answer = known.get(job) ?? ask(job);
  known.set(job, answer);
  return answer;
}

function ask({ steps, env, workflow }: Job): boolean {
  const isLoggedIn = steps.some(({ uses }) => uses?.matches(CLOUD_LOGINS));
  const all = [workflow.env, env, ...steps.map((step) => step.env)];
  return isLoggedIn || all.some(({ byName }) => [...byName.keys()].some((name) => CLOUD_KEYS.test(name)));
}
