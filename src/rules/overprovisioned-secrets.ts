import { fold } from '../engine/expression/fold.ts';
import type { Expr } from '../engine/expression/parse.ts';
import { valueLeaves } from '../engine/expression/values.ts';
import type { Owner } from '../engine/model/element.ts';
import { accesses, pathOf } from '../engine/model/visit-expression.ts';
import { defineRule } from '../engine/rule.ts';

/** More combinations are no closed set for a reader. */
const MAX_NAMES = 12;

export const overprovisionedSecrets = defineRule({
  id: 'overprovisioned-secrets',
  severity: 'high',
  section: 'Secrets',
  summary: 'The job gets all secrets',
  why: 'GitHub gives a runner only the secrets that the job names. Where the whole context or a computed name is used it gives all of them, the organisation’s too, and any code that runs in the job can read them.',
  remedy: 'Name each secret: `secrets.NAME`.',
  peers: [
    'zizmor: overprovisioned-secrets',
    'poutine: job_all_secrets',
    'sisakulint: secret-exposure',
    'CodeQL: excessive-secrets-exposure',
  ],
  visit: {
    *expression(expression) {
      if (!expression.tree || !/secrets/i.test(expression.code)) return;
      for (const access of accesses(expression.tree)) {
        const [context, name] = access.path;
        if (context !== 'secrets' || (typeof name === 'string' && name !== '*')) continue;
        const names = typeof name === 'object' ? namesOf(name.index, expression.owner) : null;
        if (names?.length === 1) continue;
        const list = names?.map((one) => `\`${one}\``).join(', ');
        const code = expression.value.replace(/\s+/g, ' ');
        const written = `\`${code.length > 80 ? `${code.slice(0, 79)}…` : code}\``;
        yield {
          at: expression,
          message: names
            ? `${written} is one of ${list}, but its name is computed, so the job gets all secrets`
            : `${written} gives the job all secrets of the repository and its organisation`,
          subject: code.toLowerCase().slice(0, 500),
          severity: names ? 'low' : 'high',
        };
        return;
      }
    },
  },
});

/** The names that an index can become, where they are a closed set: written out, of a static matrix, of a choice. */
function namesOf(index: Expr, owner: Owner): readonly string[] | null {
  const folded = fold(index);
  if (folded.known) return [String(folded.value)];
  if (index.kind === 'access') return valuesOf(pathOf(index).split('.'), owner);
  if (index.kind === 'call' && index.name === 'format') {
    const [template, ...values] = index.args;
    let texts = template ? namesOf(template, owner) : null;
    for (const [place, value] of values.entries()) texts = texts && filled(texts, `{${place}}`, namesOf(value, owner));
    return texts;
  }
  const leaves = valueLeaves(index).filter((leaf) => leaf !== index);
  const sets = leaves.map((leaf) => namesOf(leaf, owner));
  return sets.length === 0 || sets.includes(null) ? null : sets.flatMap((set) => set ?? []);
}

function filled(texts: readonly string[], place: string, values: readonly string[] | null) {
  if (!values || texts.length * values.length > MAX_NAMES) return null;
  return texts.flatMap((text) => values.map((value) => text.replaceAll(place, value)));
}

function valuesOf([context, ...path]: readonly string[], owner: Owner): readonly string[] | null {
  const job = owner.kind === 'step' ? owner.job : owner.kind === 'job' ? owner : null;
  if (context === 'matrix' && job?.matrix) {
    const { values, isComplete } = job.matrix.values(path);
    const texts = values.flatMap((one) => (one.text?.isLiteral === false || one.value === null ? [] : [one.value]));
    return isComplete && texts.length > 0 && texts.length === values.length && texts.length <= MAX_NAMES ? texts : null;
  }
  const triggers = job?.workflow.triggers;
  const input = context === 'inputs' ? triggers?.get('workflow_dispatch')?.inputs.get(path[0] ?? '') : undefined;
  return input?.type === 'choice' && !triggers?.has('workflow_call') ? input.options : null;
}
