import type { ProjectModel } from '../engine/model/project.ts';
import { nearestFirst } from '../engine/project.ts';
import { defineRule } from '../engine/rule.ts';
import { ecosystems, notOwnFolders } from '../knowledge/ecosystems.ts';

export const missingDependencyReview = defineRule({
  id: 'missing-dependency-review',
  severity: 'info',
  audience: 'pedantic',
  section: 'Dependencies and coverage',
  summary: 'Nothing looks at the dependencies that a pull request brings',
  why: 'A pull request that adds a vulnerable or malicious package looks like any other; the dependency review fails it before it is merged.',
  remedy:
    'Run `actions/dependency-review-action` on `pull_request`, or demand the review by a ruleset of the organisation.',
  needs: ['paths'],
  peers: ['secure-repo: addworkflow (dependency-review)'],
  visit: {
    *project(project, { facts }) {
      const visibility = facts.setting('visibility');
      // Private repositories need a licence for it.
      if (facts.setting('dependencyReviewRequired') || (visibility !== null && visibility !== 'public')) return;
      const manifest = manifestOf(project);
      const pulls = project.workflows.find(({ triggers }) => triggers.has('pull_request', 'pull_request_target'));
      if (!manifest || !pulls || project.uses.some(({ value }) => /dependency-review/i.test(value))) return;
      yield {
        at: pulls.triggers.get('pull_request') ?? pulls.triggers.key ?? pulls,
        subject: 'dependency review',
        message: `No review of what pull requests add to \`${manifest}\``,
      };
    },
  },
});

/** Images and tools are not reviewed. */
const UNREVIEWED: readonly string[] = [
  'docker',
  'docker-compose',
  'helm',
  'gitsubmodule',
  'devcontainers',
  'terraform',
];
const FILES: ReadonlySet<string> = new Set(
  ecosystems.filter(({ names }) => !UNREVIEWED.includes(names[0])).flatMap(({ files }) => files),
);

/** A manifest of the project's own, near its root. */
function manifestOf({ data }: ProjectModel): string | null {
  const own = [...(data.paths ?? [])].filter((path) => {
    const parts = path.split('/');
    return parts.length <= 2 && FILES.has(parts.at(-1) ?? '') && !notOwnFolders.test(path);
  });
  return nearestFirst(own)[0] ?? null;
}
