import type { SecretFact } from '../engine/facts.ts';
import type { ProjectModel } from '../engine/model/project.ts';
import { defineRule } from '../engine/rule.ts';

const DAY = 86_400_000;

export const unusedSecret = defineRule({
  id: 'unused-secret',
  severity: 'info',
  confidence: 'medium',
  section: 'Secrets',
  summary: 'A secret is used by no workflow, or is old',
  why: 'A secret that nothing uses is worth as much to an attacker as one in use, and nobody notices when it is taken. One that was never changed is known to everybody who has ever had it.',
  remedy: 'Delete it, after a look at the workflows of other branches; or put a new value in its place.',
  options: {
    /** Days after which a secret should have a new value; 0: any age will do. */
    maxAgeDays: 0,
  },
  needs: ['settings.secrets'],
  visit: {
    *project(project, { options, facts }) {
      const [workflow] = project.workflows;
      const secrets = workflow ? facts.setting('secrets') : null;
      if (!workflow || !secrets) return;
      const used = usedSecrets(project);
      for (const secret of secrets) {
        // An organisation's secret is for other repositories too.
        const isUnused = secret.level !== 'organization' && used !== null && !used.has(secret.name.toUpperCase());
        const age = ageOf(secret, facts.today);
        const isOld = options.maxAgeDays > 0 && age !== null && age > options.maxAgeDays;
        if (!isUnused && !isOld) continue;
        const where = secret.environment ? ` of the environment \`${secret.environment}\`` : '';
        const what = isUnused ? 'is used by no workflow here' : `has been the same for ${age} days`;
        yield {
          at: workflow.key('on') ?? workflow,
          message: `The secret \`${secret.name}\`${where} ${what}`,
          route: '',
          subject: `${secret.environment ?? ''}/${secret.name}`,
        };
      }
    },
  },
});

function ageOf({ updated }: SecretFact, today: string | null): number | null {
  const age = today ? Math.floor((Date.parse(today) - Date.parse(updated)) / DAY) : Number.NaN;
  return Number.isNaN(age) ? null : age;
}

/** Names that workflows use; null where one takes them all, or gives them all to a workflow of another repository. */
function usedSecrets(project: ProjectModel): ReadonlySet<string> | null {
  if (project.unreadable.length > 0) return null;
  const names = new Set<string>();
  for (const job of project.workflows.flatMap((workflow) => workflow.jobs)) {
    const isOurs = job.uses !== null && project.target(job.uses) !== null;
    for (const { name, expression } of job.secretUses) {
      // What `inherit` gives to a workflow of this repository is seen there.
      if (name === '*' && !(expression === null && isOurs)) return null;
      names.add(name);
    }
  }
  return names;
}
