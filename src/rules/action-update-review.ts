import type { Facts, RefFact } from '../engine/facts.ts';
import type { ProjectModel } from '../engine/model/project.ts';
import type { Uses } from '../engine/model/uses.ts';
import { defineRule } from '../engine/rule.ts';
import { PLATFORM_OWNERS } from '../knowledge/action-refs.ts';

const DAY = 86_400_000;

export const actionUpdateReview = defineRule({
  id: 'action-update-review',
  severity: 'info',
  section: 'Changes',
  summary: 'Code of a third party is new here',
  why: 'A new or moved pin is the moment at which foreign code comes in. A release that was taken over is mostly found out within days, so waiting costs little; a commit that is no release was announced to nobody.',
  remedy: 'Read what changed between the two commits, and wait until the release is some days old.',
  options: {
    /** Days that a release should be old. */
    cooldownDays: 7,
    /** `owner/*`, `owner/repo` or `owner/repo/path`: whose code needs no look, as the organisation's own. */
    trusted: [] as readonly string[],
  },
  needs: ['refs', 'updates'],
  *compare({ base, head }, { options, facts }) {
    const before = refsOf(base);
    for (const uses of head.uses) {
      const { ref } = uses;
      const old = before.get(slugOf(uses));
      if (!ref || old?.has(ref.value) || uses.matches(options.trusted) || uses.matches(PLATFORM_OWNERS)) continue;
      const fact = facts.refOf(uses);
      const age = ageOf(fact, facts.today);
      const isFresh = age !== null && age < options.cooldownDays;
      const isNoRelease = uses.isPinned && fact !== null && !fact.tag && (fact.tags ?? []).length === 0;
      const notes = [
        ...(age === null ? [] : [`made ${age === 1 ? 'one day' : `${age} days`} ago`]),
        ...(isNoRelease ? ['no tag is at it'] : []),
        ...news(uses, old, facts),
        ...secretsOf(uses).map((name) => `it gets the secret \`${name}\``),
      ];
      // Without facts the capability diff says as much.
      if (fact === null && !notes.some((note) => note.startsWith('compare'))) continue;
      yield {
        at: ref,
        message: `\`${uses.slug}\` is ${old ? 'another commit than before' : 'new here'}: ${notes.join('; ')}`,
        route: '',
        subject: slugOf(uses),
        ...(isFresh || isNoRelease ? { severity: 'medium' } : { audience: 'pedantic' }),
      };
    }
  },
});

function slugOf(uses: Uses): string {
  return uses.slug.toLowerCase();
}

function refsOf(project: ProjectModel): ReadonlyMap<string, ReadonlySet<string>> {
  const refs = new Map<string, Set<string>>();
  for (const uses of project.uses) {
    if (uses.ref) refs.set(slugOf(uses), (refs.get(slugOf(uses)) ?? new Set()).add(uses.ref.value));
  }
  return refs;
}

function ageOf(fact: RefFact | null, today: string | null): number | null {
  const age = fact?.date && today ? Math.floor((Date.parse(today) - Date.parse(fact.date)) / DAY) : Number.NaN;
  return Number.isNaN(age) ? null : Math.max(0, age);
}

/** What lies between the old pin and the new one. */
function news(uses: Uses, old: ReadonlySet<string> | undefined, facts: Facts): readonly string[] {
  const to = facts.refOf(uses)?.sha ?? uses.ref?.value ?? '';
  for (const ref of old ?? []) {
    const update = facts.update(uses, facts.ref(uses, ref)?.sha ?? ref, to);
    if (update) return [...update.changes, `compare ${update.compareUrl}`];
  }
  return [];
}

/** Names of the secrets that its step gives it. */
function secretsOf({ user, job }: Uses): readonly string[] {
  const uses = (job?.secretUses ?? []).filter(({ at }) => user.start <= at.start && at.end <= user.end);
  return [...new Set(uses.map(({ name }) => name))].filter((name) => name !== '*');
}
