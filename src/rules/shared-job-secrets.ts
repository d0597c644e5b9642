import { publishes } from '../engine/model/publishing.ts';
import { defineRule } from '../engine/rule.ts';
import { isLogin, needlessWork, ownSecrets, sharedSecrets } from '../engine/taint/credential-steps.ts';

export const sharedJobSecrets = defineRule({
  id: 'shared-job-secrets',
  severity: 'low',
  confidence: 'medium',
  section: 'Secrets',
  summary: 'Tests run beside the credentials of a release',
  why: 'All steps of a job share a machine. What a login leaves there, any test, linter or dependency that runs behind it can take and publish with.',
  remedy:
    'Build and test in one job, hand the result over as an artifact, and log in and publish in another; or at least log in last.',
  visit: {
    *job(job) {
      const publication = job.steps.map(publishes).find((one) => one !== null) ?? null;
      const login = job.steps.find(isLogin);
      if ((!publication || publication.kind === 'notes') && !login) return;
      const shared = sharedSecrets(job);
      const first = shared.length > 0 ? 0 : login ? login.index + 1 : null;
      const isExposed = first !== null;
      const end = publication?.step.index ?? job.steps.length;
      // A secret of the publishing step alone is out of reach, unless what ran before lay in wait for it.
      if (!isExposed && (!publication || ownSecrets(publication.step).length === 0)) return;
      const work = needlessWork(job.steps.slice(first ?? 0, isExposed ? undefined : end));
      const [worst] = [...work.filter(({ isCheck }) => isCheck), ...work];
      if (!worst) return;
      const names = shared.length > 0 ? shared : ownSecrets(login ?? publication?.step ?? job.steps[0] ?? worst.step);
      yield {
        at: worst.at,
        subject: 'beside credentials',
        job,
        message: `\`${worst.what.slice(0, 80)}\` runs in the job that holds ${names.map((name) => `\`${name}\``).join(', ')}${isExposed ? ', and can take it' : ', before it is used'}: split the job`,
        confidence: isExposed && worst.isCheck && !job.environment && shared.length === 0 ? 'medium' : 'low',
        related: login ? [{ at: login, message: 'logs in here' }] : [],
      };
    },
  },
});
