import { lintKey, lintRange, lintText } from '../engine/model/lint-text.ts';
import { defineRule } from '../engine/rule.ts';

export const pythonLint = defineRule({
  id: 'python-lint',
  severity: 'info',
  audience: 'pedantic',
  section: 'Correctness',
  summary: 'ruff or pyflakes finds fault with a script',
  why: 'A name that is never set, or a line that Python cannot read, is found only when the step runs, and often only on the way that is seldom taken.',
  remedy: 'Set the name, take away what is not used, and write the line as Python reads it.',
  peers: ['actionlint: pyflakes'],
  needs: ['pythonLint'],
  visit: {
    *script(script, { facts }) {
      if (script.shell !== 'python') return;
      const lint = facts.pythonLint;
      const text = lint?.size ? lintText(script) : null;
      if (!lint || !text) return;
      for (const fact of lint.get(lintKey(text)) ?? []) {
        const range = lintRange(script, text, fact);
        if (!range) continue;
        const code = fact.code === '' ? 'the linter says' : `${fact.code}:`;
        yield {
          at: script.text.span(range.start, range.end),
          subject: `${fact.code} ${fact.message.slice(0, 200)}`,
          message: `In this script ${code} \`${fact.message.replaceAll('`', '´').slice(0, 300)}\``,
        };
      }
    },
  },
});
