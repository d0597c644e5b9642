import type { Element } from '../engine/model/element.ts';
import { withoutVariable } from '../engine/model/variable-edit.ts';
import type { Variables } from '../engine/model/variables.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import { environmentWrites } from '../engine/taint/environment-writes.ts';

export const debugEnabled = defineRule({
  id: 'debug-enabled',
  severity: 'low',
  section: 'Secrets',
  summary: 'Debug logging is switched on',
  why: 'Debug logs show what each action was given and what it got, also what it made of secrets. That is for the one run that somebody is looking into.',
  remedy: 'Take it out. For one run, choose “Enable debug logging” when it is started again.',
  peers: ['poutine: debug_enabled'],
  visit: {
    *workflow(workflow) {
      yield* inVariables(workflow.env, workflow);
    },
    *project(project, { facts }) {
      const [first] = project.workflows;
      const stored = facts.setting('secrets')?.filter(({ name }) => NAME.test(name)) ?? [];
      for (const { name } of first ? stored : []) {
        const message = `The secret \`${name}\` switches debug logs on in every workflow of the repository while it is true`;
        if (first) yield { at: first.key('on') ?? first, subject: name, confidence: 'medium', message };
      }
    },
    *job(job) {
      yield* inVariables(job.env, job);
      for (const container of [job.container, ...job.services]) if (container) yield* inVariables(container.env, null);
    },
    *step(step) {
      yield* inVariables(step.env, step);
      for (const { name, target, at, values, text } of environmentWrites(step)) {
        const value = values.map(({ start, end }) => text.value.slice(start, end)).join('');
        if (target === 'env' && name && NAME.test(name) && isTrue(value.replace(/["'\s]/g, '')))
          yield problem(at, name);
      }
    },
  },
});

const NAME = /^ACTIONS_(?:STEP|RUNNER)_DEBUG$/i;

function* inVariables(variables: Variables, owner: Element | null): Generator<Problem> {
  for (const { name, text } of variables.byName.values()) {
    const folded = text.expression?.folded;
    if (!NAME.test(name) || !isTrue(folded?.known ? String(folded.value) : text.value)) continue;
    const edits = owner ? [withoutVariable(owner, name)] : [];
    yield { ...problem(text, name), fix: owner ? { title: `Take \`${name}\` out`, safe: true, edits } : null };
  }
}

function isTrue(value: string): boolean {
  return /^(?:true|1)$/i.test(value.trim());
}

function problem(at: Problem['at'], name: string): Problem {
  return {
    at,
    subject: name,
    message: `\`${name}\` asks for debug logs in every run, which show more than was checked for secrets`,
  };
}
