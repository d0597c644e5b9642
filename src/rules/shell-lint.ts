import type { LintFact } from '../engine/facts.ts';
import { lintKey, lintRange, lintText } from '../engine/model/lint-text.ts';
import type { Script } from '../engine/model/script.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import type { Danger } from '../engine/taint/danger.ts';
import { splitDanger } from '../engine/taint/lint-texts.ts';
import type { Range } from '../engine/yaml/tree.ts';
import { LEFT_OUT_OF_SHELLCHECK, SPLITTING } from '../knowledge/lint-codes.ts';

export const shellLint = defineRule({
  id: 'shell-lint',
  severity: 'info',
  audience: 'pedantic',
  section: 'Correctness',
  summary: 'shellcheck finds fault with a script',
  why: 'A variable without quotes is split into words, and its stars become names of files: whoever chooses the text chooses how many arguments a program gets, and which.',
  remedy: 'Put variables in double quotes. Of everything else the wiki of shellcheck says by its code what to do.',
  peers: ['actionlint: shellcheck', 'octoscan: shellcheck'],
  needs: ['shellLint'],
  visit: {
    *script(script, { facts }) {
      if (script.shell !== 'bash' && script.shell !== 'sh') return;
      const lint = facts.shellLint;
      const text = lint?.size ? lintText(script) : null;
      if (!lint || !text) return;
      for (const fact of lint.get(lintKey(text)) ?? []) {
        const range = LEFT_OUT_OF_SHELLCHECK.has(fact.code) ? null : lintRange(script, text, fact);
        if (range) yield problemOf(script, fact, range);
      }
    },
  },
});

function problemOf(script: Script, fact: LintFact, range: Range): Problem {
  const { code, level, message } = fact;
  const danger = SPLITTING.has(code) ? splitDanger(script, range) : null;
  const at = script.text.span(range.start, range.end);
  if (danger) return tainted(script, code, range, danger);
  return {
    at,
    subject: code,
    message: `shellcheck says ${code}: \`${message.replaceAll('`', '´').slice(0, 300)}\``,
    ...(level === 'info' || level === 'style' ? { audience: 'auditor' } : {}),
  };
}

/** Text that somebody else writes, split into words. */
function tainted(script: Script, code: string, range: Range, { source, event }: Danger): Problem {
  const written = script.value.slice(range.start, range.end);
  const isVariable = /^\$(?:\w+|\{[^}"]*\})$/.test(written);
  return {
    at: script.text.span(range.start, range.end),
    subject: `${code} ${source.name}`,
    message: `\`${written.slice(0, 80).replaceAll('`', '´')}\`, which anyone writes (\`${source.name}\`, \`${event}\`), stands without quotes: its words become arguments of their own, and its stars names of files (shellcheck ${code})`,
    severity: 'medium',
    confidence: source.confidence === 'low' ? 'low' : 'medium',
    audience: 'regular',
    fix: isVariable
      ? {
          title: 'Put it in quotes',
          safe: false,
          edits: [script.text.replace(range.start, range.end, `"${written}"`)],
        }
      : null,
  };
}
