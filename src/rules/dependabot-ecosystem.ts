import { isContextFile, nearestFirst } from '../engine/project.ts';
import { defineRule } from '../engine/rule.ts';
import { ecosystems, notOwnFolders } from '../knowledge/ecosystems.ts';

export const dependabotEcosystem = defineRule({
  id: 'dependabot-ecosystem',
  severity: 'info',
  section: 'Dependencies and coverage',
  summary: 'Dependabot leaves a kind of dependencies out',
  why: 'Dependencies that nothing updates keep the faults that are found in them.',
  remedy: 'Add an updater for the ecosystem, with the folders that hold its manifests.',
  needs: ['paths'],
  peers: ['sisakulint: dependabot-ecosystem', 'secure-repo: dependabotconfig'],
  visit: {
    *project(project) {
      const [dependabot] = project.dependabots;
      const paths = [...(project.data.paths ?? [])];
      if (!dependabot || dependabot.updates.length === 0 || paths.some(isRenovate)) return;
      for (const { names, files } of ecosystems) {
        if (dependabot.updates.some(({ ecosystem }) => (names as readonly string[]).includes(ecosystem))) continue;
        const manifest = manifestOf(paths, files);
        if (!manifest) continue;
        const folder = manifest.slice(0, Math.max(0, manifest.lastIndexOf('/')));
        yield {
          at: dependabot.updatesKey,
          subject: names[0],
          message: `No updater covers \`${names[0]}\`, of which \`${manifest}\` holds dependencies`,
          fix: {
            title: `Add an updater for ${names[0]}`,
            safe: true,
            edits: [dependabot.addUpdate(names[0], `/${/^[\w./-]*$/.test(folder) ? folder : ''}`)],
          },
        };
      }
    },
  },
});

function isRenovate(path: string): boolean {
  return /renovate/.test(path) && isContextFile(path);
}

/** The manifest nearest the root that is the project's own, at most two folders deep: deeper ones are often fixtures. */
function manifestOf(paths: readonly string[], files: readonly string[]): string | null {
  const own = paths.filter((path) => {
    const parts = path.split('/');
    return files.includes(parts.at(-1) ?? '') && parts.length <= 3 && !notOwnFolders.test(path);
  });
  return nearestFirst(own)[0] ?? null;
}
