import type { Dependabot } from '../engine/model/dependabot.ts';
import type { ProjectModel } from '../engine/model/project.ts';
import { isContextFile } from '../engine/project.ts';
import { defineRule } from '../engine/rule.ts';

export const dependabotGithubActions = defineRule({
  id: 'dependabot-github-actions',
  severity: 'low',
  section: 'Dependencies and coverage',
  summary: 'Nothing updates the actions that the workflows use',
  why: 'An action that is pinned, as it should be, stays at its commit for ever, with all faults that are found later, unless something proposes the newer one.',
  remedy:
    'Add an updater for `github-actions` with `directory: /`, and name the folders of your own actions beside it.',
  peers: [
    'scorecard: Dependency-Update-Tool',
    'sisakulint: dependabot-github-actions',
    'secure-repo: dependabotconfig',
  ],
  visit: {
    *project(project) {
      const [dependabot] = project.dependabots;
      const missing = foldersWithActions(project).filter((folder) => !isCovered(dependabot, folder));
      const [first] = missing;
      if (first === undefined || hasRenovate(project)) return;
      const isUsed = dependabot?.updates.some(({ ecosystem }) => ecosystem === 'github-actions') ?? false;
      if (dependabot) {
        const update = dependabot.updates.find(({ ecosystem }) => ecosystem === 'github-actions');
        yield {
          at: update?.at ?? dependabot.updatesKey,
          subject: 'github-actions',
          // Renovate may be there, where nobody looked.
          confidence: project.data.paths ? 'high' : 'medium',
          message: isUsed
            ? `The updater for actions leaves \`${first}\`${missing.length > 1 ? ` and ${missing.length - 1} more` : ''} out`
            : 'The repository uses actions of other repositories, and no updater keeps them current',
          fix: isUsed
            ? null
            : {
                title: 'Add an updater for actions',
                safe: true,
                edits: [dependabot.addUpdate('github-actions', '/')],
              },
        };
      } else if (project.data.paths && !isUnread(project)) {
        const [workflow] = project.workflows;
        const at = workflow?.triggers.key ?? workflow;
        if (at)
          yield {
            at,
            subject: 'github-actions',
            message: 'The repository uses actions of other repositories, and nothing keeps them current',
          };
      }
    },
  },
});

/** Folders whose files use actions of other repositories; `''` stands for the workflows, and an action in the root. */
function foldersWithActions(project: ProjectModel): readonly string[] {
  const remote = project.uses.filter((uses) => uses.isRemote);
  const folders = remote.map(({ user }) => (user.kind === 'step' && user.action ? user.action.folder : ''));
  return [...new Set(folders)].sort();
}

function isCovered(dependabot: Dependabot | undefined, folder: string): boolean {
  const updates = dependabot?.updates.filter(({ ecosystem }) => ecosystem === 'github-actions') ?? [];
  return updates.some((update) => update.covers(folder) || (folder === '' && update.covers('.github/workflows')));
}

function hasRenovate(project: ProjectModel): boolean {
  const paths = [...project.data.files.keys(), ...(project.data.paths ?? [])];
  return paths.some((path) => /renovate/.test(path) && isContextFile(path));
}

/** There is a file that says it, and it could not be read: another reason to say nothing. */
function isUnread({ data }: ProjectModel): boolean {
  return ['.github/dependabot.yml', '.github/dependabot.yaml'].some((path) => data.files.has(path));
}
