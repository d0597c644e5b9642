import { describe, expect, test } from '@jest/globals';
import { analyze } from '../../src/engine/analyze.ts';
import type { Script } from '../../src/engine/model/script.ts';
import { replace, type SourceEdit } from '../../src/engine/model/source.ts';
import type { Rule } from '../../src/engine/rule.ts';
import { projectOf, WORKFLOW } from './given.ts';
import { inScripts, ruleOf, settingsOf, tags } from './rules.ts';

/** Protects who accepts a fix: it takes its finding away, brings none, and leaves a file that can be read. */

const job = (steps: string) => `on: push\njobs:\n  test:\n    runs-on: x\n    steps:\n${steps}`;
const one = job('      - run: echo ${{ a.b }}\n');

function fixOf(files: Parameters<typeof projectOf>[0], ...rules: readonly Rule[]) {
  return analyze(projectOf(files), settingsOf(...rules)).findings[0]?.fix ?? null;
}

/** A rule on scripts with expressions whose fix makes these edits. */
const fixing = (edits: (script: Script) => readonly (SourceEdit | null)[]) =>
  ruleOf('fixing', {
    *script(script) {
      const [expression] = script.expressions;
      if (expression)
        yield { at: expression, message: '', subject: 'x', fix: { title: 't', safe: false, edits: edits(script) } };
    },
  });

describe('a fix is offered', () => {
  test('when the finding is gone afterwards, with lines and columns of the text as it is', () => {
    expect(fixOf(one, inScripts)).toEqual({
      title: 'Write safe',
      safe: true,
      edits: [{ path: WORKFLOW, start: { line: 6, column: 19 }, end: { line: 6, column: 29 }, text: 'safe' }],
    });
  });

  test('for all places of a finding at once', () => {
    const text = job('      - run: |\n          ${{ a }}\n          ${{ a }}\n');
    expect(fixOf(text, inScripts)?.edits.map((edit) => edit.start.line)).toEqual([7, 8]);
  });

  test('each on its own: other findings of the file may stay', () => {
    const { findings } = analyze(projectOf(job('      - run: echo ${{ a }} ${{ b }}\n')), settingsOf(inScripts));
    expect(findings.map(({ fix }) => fix?.edits.length)).toEqual([1, 1]);
  });

  test('across files', () => {
    const rule = ruleOf('callee', {
      *job(caller, { project }) {
        const callee = caller.uses && project.target(caller.uses);
        if (caller.uses && callee?.kind === 'workflow' && callee.name) {
          yield { at: caller.uses, message: '', fix: { title: 't', safe: true, edits: [callee.remove('name')] } };
        }
      },
    });
    const callee = `name: x\non: workflow_call\njobs: { a: { runs-on: x, steps: [] } }\n`;
    const fix = fixOf(
      { [WORKFLOW]: 'on: push\njobs:\n  a:\n    uses: ./.github/workflows/z.yml\n', '.github/workflows/z.yml': callee },
      rule,
    );
    expect(fix?.edits.map(({ path }) => path)).toEqual(['.github/workflows/z.yml']);
  });
});

describe('a fix is dropped, the finding stays', () => {
  test.each<[why: string, rule: Rule]>([
    ['an edit could not be made', fixing(() => [null])],
    ['it edits nothing', fixing(() => [])],
    ['the finding is still there', fixing((script) => [replace(script.text.span(0, 4), 'printf')])],
    ['the text can no longer be read', fixing((script) => [replace(script, '"a" b: [')])],
    [
      'a key stands twice',
      fixing((script) => [script.step.insert('name', 'x'), script.step.insert('name', 'y'), replace(script, 'x')]),
    ],
    ['edits overlap', fixing((script) => [replace(script, 'a'), replace(script.text.span(0, 6), 'b')])],
    [
      'the finding comes back elsewhere',
      fixing((script) => [replace(script, 'x'), replace(script.step.job?.idAt ?? script, 'renamed')]),
    ],
  ])('%s', (_why, rule) => {
    const text = _why.includes('elsewhere') ? job('      - run: echo ${{ a }}\n      - run: echo ${{ b }}\n') : one;
    const { findings } = analyze(projectOf(text), settingsOf(rule));
    expect(findings.length).toBeGreaterThan(0);
    expect(findings[0]?.fix).toBeNull();
  });

  test('another rule finds something new', () => {
    const rule = fixing((script) => [replace(script.step.key('run') ?? script, 'uses'), replace(script, 'octo/x@v1')]);
    expect(fixOf(one, rule)).not.toBeNull();
    expect(fixOf(one, rule, tags)).toBeNull();
  });

  test('another rule fails on what it makes', () => {
    const rule = fixing((script) => [replace(script, 'safe')]);
    const frail = ruleOf('frail', {
      script(script) {
        if (script.value === 'safe') throw new Error('oh');
        return [];
      },
    });
    expect(fixOf(one, rule)).not.toBeNull();
    expect(fixOf(one, rule, frail)).toBeNull();
  });

  test('a caller in another file gets something new', () => {
    const rule = ruleOf('linked', {
      *script(script) {
        if (script.value === 'bad')
          yield { at: script, message: '', fix: { title: 't', safe: true, edits: [replace(script, 'worse')] } };
      },
      *uses(uses, { project }) {
        const target = project.target(uses);
        if (target?.kind === 'action' && target.steps.some((step) => step.script?.value === 'worse'))
          yield { at: uses, message: '' };
      },
    });
    const files = {
      [WORKFLOW]: job('      - uses: ./a\n'),
      'a/action.yml': 'runs:\n  using: composite\n  steps:\n    - run: bad\n      shell: bash\n',
    };
    expect(fixOf(files, rule)).toBeNull();
    expect(fixOf({ 'a/action.yml': files['a/action.yml'] }, rule)).not.toBeNull();
  });

  test('one of its places has none', () => {
    let count = 0;
    const rule = ruleOf('some', {
      *script(script) {
        for (const expression of script.expressions) {
          count += 1;
          yield {
            at: expression,
            message: '',
            fix: count % 2 === 1 ? { title: 't', safe: true, edits: [replace(expression, 'x')] } : null,
          };
        }
      },
    });
    expect(fixOf(job('      - run: ${{ a }} ${{ a }}\n'), rule)).toBeNull();
  });
});

test('a file with very many fixes is proved in time, and its fixes hold together', () => {
  const steps = Array.from(
    { length: 1_500 },
    (_, index) =>
      `      - { id: s${index}, run: "echo \${{ a.b }} and some more text to make it longer ${'x'.repeat(180)}" }\n`,
  );
  const started = process.cpuUsage().user;
  const { findings } = analyze(projectOf(job(steps.join(''))), settingsOf(inScripts));
  expect(findings).toHaveLength(1_500);
  expect(findings.every(({ fix }) => fix !== null)).toBe(true);
  // Microseconds of this process: others' load doesn't count. One by one it would be a hundred times as much.
  expect(process.cpuUsage().user - started).toBeLessThan(4_000_000);
});

test('a fix that fails leaves those beside it, in its file and in others', () => {
  const rule = ruleOf('mixed', {
    *script(script) {
      const [expression] = script.expressions;
      const word = expression?.code.includes('bad') ? '${{ c }}' : 'safe';
      if (expression) {
        const edits = [script.text.replace(expression.from, expression.to, word)];
        yield { at: expression, message: '', subject: expression.code, fix: { title: 't', safe: true, edits } };
      }
    },
  });
  const text = (...words: readonly string[]) =>
    job(words.map((word, at) => `      - name: s${at}\n        run: echo \${{ ${word} }}\n`).join(''));
  const files = { [WORKFLOW]: text('a', 'bad', 'b'), '.github/workflows/z.yml': text('a') };
  const { findings } = analyze(projectOf(files), settingsOf(rule));
  expect(findings.map(({ fix }) => fix !== null)).toEqual([true, false, true, true]);
});
