import type { Expr } from '../engine/expression/parse.ts';
import { needless } from '../engine/model/needless.ts';
import type { Step } from '../engine/model/step.ts';
import type { Uses } from '../engine/model/uses.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

export const obfuscation = defineRule({
  id: 'obfuscation',
  severity: 'low',
  section: 'Hygiene',
  summary: 'Written so that it is hard to read',
  why: 'A path with empty or dotted parts, or an expression that always gives the same text, hides what runs from reviewers and from tools that search for a name.',
  remedy: 'Write what it comes to.',
  peers: ['zizmor: obfuscation', 'sisakulint: obfuscation'],
  visit: {
    *uses(uses) {
      const normal = normalForm(uses);
      if (normal === null || normal === uses.value.trim()) return;
      yield {
        at: uses,
        message: `\`${uses.value}\` is \`${normal}\`, written so that a search doesn't find it`,
        subject: normal,
        fix: { title: 'Write its normal form', safe: true, edits: [uses.text.replace(0, uses.value.length, normal)] },
      };
    },
    *expression(expression) {
      const { text, from, to, value, code } = expression;
      // Without a call there is nothing to look for, and no need to read it.
      const tree = code.includes('(') ? expression.tree : null;
      const found = tree && needless(tree);
      if (!found) return;
      const plain = found.inner ? codeOf(found.inner, code) : (found.value ?? '');
      const isFixable = found.part === tree && text.site.key !== 'if' && !plain.includes('${{');
      const written = found.inner ? `\${{ ${plain} }}` : plain;
      yield {
        at: expression,
        message: `\`${value}\` always gives \`${plain}\`${found.part === tree ? '' : ` for \`${codeOf(found.part, code)}\``}`,
        audience: found.isHiding ? 'regular' : 'pedantic',
        fix: isFixable ? { title: 'Write what it gives', safe: false, edits: [text.replace(from, to, written)] } : null,
      };
    },
    *step(step) {
      yield* wholes(step);
    },
  },
});

function codeOf({ start, end }: Expr, code: string): string {
  return code.slice(start, end);
}

/** `with: ${{ … }}` and `env: ${{ … }}` as a whole: nobody can say what goes in. */
function* wholes(step: Step): Generator<Problem> {
  for (const key of ['with', 'env']) {
    const text = step.text(key);
    if (!text?.expression) continue;
    yield {
      at: text,
      message: `All of \`${key}\` comes out of one expression: nobody who reads it can say what goes in`,
      subject: key,
      audience: 'pedantic',
    };
  }
}

/** Without empty, `.` and `..` parts behind the first; null where it would leave its root, or is none of these. */
function normalForm({ kind, value, path, owner, repo, ref }: Uses): string | null {
  if (path === null) return null;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  if (kind === 'local') {
    const root = value.trim().slice(0, 1) === '$' ? '$' : '.';
    const isOdd = /\/\/|\/\.\.?(?:\/|$)|^\.\./.test(value.trim().replace(/\/+$/, ''));
    return isOdd ? [root, ...parts].join('/') : null;
  }
  return ref ? `${[owner, repo, ...parts].join('/')}@${ref.value}` : null;
}
