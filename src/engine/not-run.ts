import type { NotRun } from './analysis.ts';
import type { FactData, FactKind, SettingFacts } from './facts.ts';
import type { Project } from './project.ts';
import type { Rule } from './rule.ts';

/** Rules that asked for facts, so had something to look at, and had none of those that they need. */
export function notRunOf(
  asked: ReadonlyMap<Rule, ReadonlySet<FactKind>>,
  project: Project,
  facts: FactData,
): readonly NotRun[] {
  return [...asked].flatMap(([{ id, needs }, kinds]) => {
    if (!needs.some((kind) => kinds.has(kind)) || needs.some((kind) => isThere(facts, kind, project))) return [];
    return [{ rule: id, ...reasonOf(needs, facts) }];
  });
}

function reasonOf(needs: readonly FactKind[], { failed, unavailable }: FactData): Pick<NotRun, 'reason' | 'isUnasked'> {
  const how = needs.flatMap((kind) => unavailable?.get(kind) ?? [])[0];
  if (how !== undefined) return { reason: how, isUnasked: true };
  const what = [...new Set(needs.map(nameOf))].join(' or ');
  const why = needs.flatMap((kind) => failed?.get(kind) ?? [])[0];
  return why === undefined
    ? { reason: `${what} were not looked up`, isUnasked: true }
    : { reason: `${what} could not be had: ${why}` };
}

function isThere(facts: FactData, kind: FactKind, { paths }: Project): boolean {
  if (kind === 'paths') return paths !== undefined;
  // Without a word on the platform it is github.com.
  if (kind === 'platform') return true;
  if (kind === 'today') return facts.today !== null;
  if (isSetting(kind)) return facts.settings?.[kind.slice('settings.'.length) as keyof SettingFacts] !== undefined;
  // A linter that had nothing to say, or nothing to look at, did run.
  if (kind === 'shellLint' || kind === 'pythonLint') return facts[kind] !== undefined && !facts.failed?.has(kind);
  return facts[kind].size > 0;
}

function isSetting(kind: FactKind): kind is Extract<FactKind, `settings.${string}`> {
  return kind.startsWith('settings.');
}

const NAMES = {
  refs: 'tags and commits of other repositories',
  repositories: 'other repositories',
  actions: 'the manifests of other actions',
  advisories: 'security advisories',
  images: 'digests of images',
  updates: 'the commits between versions of actions',
  platform: 'facts about the server',
  today: 'dates',
  shellLint: 'findings of `shellcheck`',
  pythonLint: 'findings of `ruff` or `pyflakes`',
  paths: 'the other files of the repository',
} as const satisfies Partial<Record<FactKind, string>>;

function nameOf(kind: FactKind): string {
  return isSetting(kind) ? 'settings of the repository' : NAMES[kind];
}
