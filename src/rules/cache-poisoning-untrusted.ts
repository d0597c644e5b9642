import { cacheUse } from '../engine/model/caching.ts';
import type { Job } from '../engine/model/job.ts';
import { cacheMode } from '../engine/model/release-caches.ts';
import type { Located } from '../engine/model/source.ts';
import type { Step } from '../engine/model/step.ts';
import { defineRule } from '../engine/rule.ts';
import { type ForeignCode, foreignCode } from '../engine/taint/foreign-code.ts';
import { textSources } from '../engine/taint/sources.ts';
import { stepIndexes } from '../engine/taint/step-order.ts';
import { triggerPlaces } from '../engine/taint/trigger-places.ts';

export const cachePoisoningUntrusted = defineRule({
  id: 'cache-poisoning-untrusted',
  severity: 'high',
  confidence: 'medium',
  section: 'Artifacts and cache',
  summary: 'An outsider can write the caches of the default branch',
  why: 'A run by this event is one of the default branch: what it saves is restored by every later run, of releases too. Code of an outsider needs no step for that, since the right to write is in the environment of the whole job.',
  remedy:
    'Set `cache-mode: none` (or `read`) for this job, and do the work on an outsider’s code in a workflow on `pull_request`, whose caches are its own.',
  peers: [
    'sisakulint: cache-poisoning, cache-poisoning-poisonable-step',
    'CodeQL: cache-poisoning/direct-cache, cache-poisoning/code-injection, cache-poisoning/poisonable-step',
  ],
  visit: {
    *job(job, { facts }) {
      const mode = cacheMode(job);
      if (mode === 'none' || mode === 'read' || job.reach.dangerous.length === 0) return;
      const found = job.steps.flatMap(wayIn);
      const [first] = [...found].sort((a, b) => Number(b.isSure) - Number(a.isSure));
      if (!first) return;
      // GitHub gives such runs no right to write since June 2026, unless the workflow asks for it; older servers do.
      const isWritable = mode !== null || facts.platform !== null;
      yield {
        at: first.at,
        subject: 'cache',
        route: '',
        message: `${first.what}, so that anyone can ${isWritable ? 'put files into' : 'try to reach'} the caches that all later runs of the default branch restore`,
        severity: isWritable ? 'high' : 'info',
        confidence: first.isSure ? 'medium' : 'low',
        audience: isWritable ? 'regular' : 'pedantic',
        related: [...modePlace(job), ...triggerPlaces(first.step.reach.dangerous, first.step)],
      };
    },
  },
});

interface WayIn {
  readonly step: Step;
  readonly at: Located;
  readonly what: string;
  readonly isSure: boolean;
}

/** How an outsider gets to the caches through a step: code of theirs runs, lies there when it is saved, or they choose the key. */
function wayIn(step: Step): readonly WayIn[] {
  if (step.isNever || step.reach.dangerous.length === 0) return [];
  const [code] = foreignCode(step);
  if (code) return throughCode(step, code);
  const use = cacheUse(step);
  const texts = use ? ['key', 'restore-keys', 'path'].flatMap((name) => step.with(name) ?? []) : [];
  return texts.flatMap((text) => {
    const source = textSources(text, []).find(({ kind, author }) => kind === 'text' && author === 'outsider');
    if (!source) return [];
    return [
      { step, at: text, what: `\`${source.name}\` decides what is cached where`, isSure: source.confidence !== 'low' },
    ];
  });
}

const saves = stepIndexes((step) => cacheUse(step)?.saves === true);

function throughCode(step: Step, { checkout, executions, confidence }: ForeignCode): readonly WayIn[] {
  const isSure = confidence !== 'low';
  const run = executions.find(({ direct }) => direct);
  if (run) return [{ step, at: run.at, what: `\`${run.what}\` runs files of a pull request`, isSure }];
  const saving = saves.behind(step) ? step.later.find((later) => cacheUse(later)?.saves) : undefined;
  const what = `\`${checkout.source}\` puts files there that this step saves`;
  return saving ? [{ step, at: saving.uses ?? saving, what, isSure }] : [];
}

function modePlace(job: Job): readonly { readonly at: Located; readonly message: string }[] {
  const text = job.text('cache-mode') ?? job.workflow.text('cache-mode');
  return text ? [{ at: text, message: 'asks for the right to write' }] : [];
}
