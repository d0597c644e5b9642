import { stringify } from 'yaml';
import { appManifest, type Feature, features, type Manifest } from '../../src/features.ts';
import type { Generated } from '../generate.ts';

const FILES = { gate: 'app.yml', fixer: 'app.fixer.yml', observer: 'app.observer.yml' } as const satisfies Record<
  Manifest,
  string
>;

/** The three App manifests, as GitHub's manifest flow takes them, and the permissions table of the operators' page. */
export async function manifests(): Promise<readonly Generated[]> {
  const files = (Object.keys(FILES) as Manifest[]).map((manifest) => ({
    path: FILES[manifest],
    text: [
      '# Written by `npm run generate` from src/features.ts.',
      `# ${uses(manifest).join('\n# ')}`,
      stringify(appManifest(manifest), { lineWidth: 120 }),
    ].join('\n'),
  }));
  return [...files, { path: 'docs/permissions.md', text: page() }];
}

function uses(manifest: Manifest): string[] {
  return (features as readonly Feature[])
    .filter((each) => each.manifest === manifest)
    .map((each) => `To ${each.name}${each.built ? '' : ' (not built yet)'}: ${grants(each)}.`);
}

function grants({ permissions }: Feature): string {
  return Object.entries(permissions)
    .map(([scope, level]) => `${scope}: ${level}`)
    .join(', ');
}

function page(): string {
  const rows = (features as readonly Feature[]).map(
    (each) =>
      `| ${each.name}${each.built ? '' : ' (not built yet)'} | [${FILES[each.manifest]}](../${FILES[each.manifest]}) | ${grants(each)} | ${each.events.join(', ') || '–'} |`,
  );
  return [
    '# What each App asks for, and why',
    '',
    'Written by `npm run generate` from `src/features.ts`, from which the manifests and the start-up check come too.',
    '',
    '| to … | App | permissions | events |',
    '|---|---|---|---|',
    ...rows,
    '',
    'Never asked for: members: write, administration: write, the values of secrets, organisation webhooks.',
    '',
  ].join('\n');
}
