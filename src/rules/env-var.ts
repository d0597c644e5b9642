import type { Variables } from '../engine/model/variables.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

export const envVar = defineRule({
  id: 'env-var',
  severity: 'low',
  section: 'Correctness',
  summary: 'Name that no environment variable can have',
  why: 'A name with a blank, `=` or `&` reaches the step under another name or not at all, so the program that reads it goes on without its value.',
  remedy: 'Use letters, digits and `_`, and begin with a letter or `_`.',
  peers: ['actionlint: env-var', 'sisakulint: env-var'],
  visit: {
    *workflow({ env }) {
      yield* badNames(env);
    },
    *job({ env, container, services }) {
      yield* badNames(env);
      for (const one of [...(container ? [container] : []), ...services]) yield* badNames(one.env);
    },
    *step({ env }) {
      yield* badNames(env);
    },
  },
});

function* badNames({ byName }: Variables): Iterable<Problem> {
  for (const { name, key } of byName.values()) {
    if (name.includes('${{')) continue;
    const [bad] = /[\s=&]/.exec(name) ?? [];
    if (bad !== undefined) {
      const what = bad.trim() === '' ? 'a blank' : `\`${bad}\``;
      yield { at: key, message: `\`${name}\` is no name for an environment variable: it holds ${what}` };
    } else if (/^[0-9]/.test(name)) {
      yield {
        at: key,
        severity: 'info',
        audience: 'pedantic',
        message: `\`${name}\` begins with a digit, so no shell can read it by name`,
      };
    }
  }
}
