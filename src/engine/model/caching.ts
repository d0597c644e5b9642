import { type CachingAction, cacheOffInReleases, cachingActions } from '../../knowledge/caches.ts';
import { assumeInputs, assumeRun, type RunRef, valueUnder } from './run-of.ts';
import type { Located } from './source.ts';
import type { Step } from './step.ts';
import type { Text } from './text.ts';
import type { Uses } from './uses.ts';

/** That a step uses the caches of GitHub Actions, or may. */
export interface CacheUse {
  readonly step: Step;
  /** The input that switches it on, else the `uses`, else the command. */
  readonly at: Located;
  readonly uses: Uses | null;
  /** What is cached, for a message. */
  readonly what: string;
  readonly restores: boolean;
  readonly saves: boolean;
  /** What makes it cache: the action's default, its input, or nothing can switch it off. */
  readonly by: 'default' | 'input' | 'always';
  /** `maybe`: an expression, or files that are not seen, decide. */
  readonly isOn: 'yes' | 'maybe';
  /** The boolean input that switches it, and the value that switches it off; null where there is none. */
  readonly toggle: { readonly input: string; readonly off: string } | null;
}

interface Row {
  readonly row: CachingAction;
  readonly names: readonly string[];
}

const rows: readonly Row[] = (cachingActions as readonly CachingAction[]).map((row) => ({ row, names: [row.action] }));

const allActions = rows.flatMap(({ names }) => names);

/** A run to ask about: its event (null: any) and the kind of ref that it is on. */
export interface AskedRun {
  readonly event: string | null;
  readonly ref: RunRef;
}

const ANY: AskedRun = { event: null, ref: null };

/** Whether a step restores or saves caches, in whatever run or in the one asked about; null: it doesn't. */
export function cacheUse(step: Step, run: AskedRun = ANY): CacheUse | null {
  return useWithin(step, run, 0);
}

/** Local actions nest ten deep at most. */
const MAX_NESTED = 10;

function useWithin(step: Step, run: AskedRun, depth: number): CacheUse | null {
  if (step.isNever || depth > MAX_NESTED) return null;
  if (step.script) return commandUse(step);
  const { uses } = step;
  if (uses?.kind === 'local') return localUse(step, uses, run, depth);
  if (uses?.kind !== 'repository' || !uses.matches(allActions)) return null;
  const matching = rows.filter(({ names }) => uses.matches(names)).map(({ row }) => row);
  // `actions/cache` names its sub-actions too: the exact row counts.
  const exact = matching.filter(({ action }) => action.toLowerCase() === uses.slug.toLowerCase());
  const found = exact.length > 0 ? exact : matching;
  const on = found.map((row) => ({ row, use: useOf(step, uses, row, run) })).filter(({ use }) => use !== null);
  const first = on.find(({ use }) => use?.isOn === 'yes')?.use ?? on[0]?.use;
  if (!first) return null;
  return {
    ...first,
    restores: on.some(({ row }) => row.does !== 'saves'),
    saves: on.some(({ row }) => row.does !== 'restores'),
  };
}

/** What the steps of a local action do, as one use. */
function localUse(step: Step, uses: Uses, run: AskedRun, depth: number): CacheUse | null {
  const target = (step.workflow?.project ?? step.action?.project)?.target(uses);
  if (target?.kind !== 'action') return null;
  const assume = assumeInputs(step, target);
  const taken = target.steps.filter(({ condition }) => condition?.decide(assume) !== false);
  const inner = taken.flatMap((one) => useWithin(one, run, depth + 1) ?? []);
  const first = inner.find(({ isOn }) => isOn === 'yes') ?? inner[0];
  if (!first) return null;
  const [restores, saves] = [inner.some((use) => use.restores), inner.some((use) => use.saves)];
  return { ...first, step, at: uses, uses, restores, saves, toggle: null };
}

function useOf(step: Step, uses: Uses, row: CachingAction, run: AskedRun): CacheUse | null {
  const parts = { step, uses, what: row.what, restores: true, saves: true };
  const { toggle } = row;
  if (row.requires && !step.with(row.requires)) return null;
  if (!toggle) return { ...parts, at: uses, by: 'always', isOn: 'yes', toggle: null };
  const isSwitch = toggle.kind === 'on' || toggle.kind === 'off';
  const off = isSwitch ? { input: toggle.input, off: toggle.kind === 'on' ? 'false' : 'true' } : null;
  const text = step.with(toggle.input);
  const isLeftToIt = !text || text.value.trim().toLowerCase() === 'auto';
  if (isLeftToIt && !step.hasDynamicInputs) {
    const isOn = byDefault(uses, row, run);
    return isOn === 'no' ? null : { ...parts, at: text ?? uses, by: 'default', isOn, toggle: off };
  }
  const isOn = text ? byInput(text, toggle, run) : 'maybe';
  return isOn === 'no' ? null : { ...parts, at: text ?? uses, by: 'input', isOn, toggle: off };
}

function byDefault(uses: Uses, row: CachingAction, run: AskedRun): 'yes' | 'no' | 'maybe' {
  const major = majorOf(uses);
  const isOff = cacheOffInReleases.some(({ action, from }) => uses.matches([action]) && (major ?? from) >= from);
  if (isOff && (run.event === 'release' || run.ref === 'tag')) return 'no';
  // An unknown commit is taken for one of the newest.
  const isCovered = (major ?? 99) >= (row.from ?? 0) && (isOff || (major ?? 0) < (row.before ?? 99));
  return isCovered ? (row.byDefault ?? 'no') : 'no';
}

type Toggle = NonNullable<CachingAction['toggle']>;

function byInput(text: Text, { kind, value }: Toggle, run: AskedRun): 'yes' | 'no' | 'maybe' {
  const tree = text.expression?.tree;
  const found = tree ? valueUnder(tree, assumeRun(run.event, run.ref)) : null;
  if (kind === 'contains') {
    if (found?.known) return String(found.value ?? '').includes(value ?? '') ? 'yes' : 'no';
    if (text.value.includes(value ?? '')) return text.expression ? 'maybe' : 'yes';
    return text.expression ? 'maybe' : 'no';
  }
  if (!text.isLiteral && !found?.known) return 'maybe';
  const given = String(found?.known ? (found.value ?? '') : text.value)
    .trim()
    .toLowerCase();
  const isTrue = given !== '' && given !== 'false' && given !== 'no' && given !== 'off';
  return isTrue === (kind !== 'off') ? 'yes' : 'no';
}

/** The major version of an action at a tag, or by what stands behind its commit (`# v4.1.0`); null when unknown. */
export function majorOf({ ref, source, end }: Uses): number | null {
  const tag = /^v?(\d{1,3})(?:\.|$)/.exec(ref?.value ?? '') ?? COMMENT.exec(source.text.slice(end, end + 99));
  return tag?.[1] ? Number(tag[1]) : null;
}

const COMMENT = /^['" \t]*#[^\n]{0,60}?\bv?(\d{1,3})(?:\.\d|[ \t\r\n]|$)/;

/** `docker buildx build --cache-from type=gha`, or a compiler's cache that keeps its results there. */
function commandUse(step: Step): CacheUse | null {
  const { script } = step;
  if (!script?.value.includes('type=gha')) return null;
  for (const { start, end, words } of script.commands) {
    const flags = words.map(({ text }, index) =>
      text.includes('type=gha') ? `${words[index - 1]?.text} ${text}` : '',
    );
    const restores = flags.some((flag) => flag.includes('cache-from'));
    const saves = flags.some((flag) => flag.includes('cache-to'));
    if (!restores && !saves) continue;
    const at = script.text.span(start, end);
    return {
      step,
      at,
      uses: null,
      what: "the image's layers",
      restores,
      saves,
      by: 'input',
      isOn: 'yes',
      toggle: null,
    };
  }
  return null;
}
