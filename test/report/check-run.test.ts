import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { annotationBatches } from '../../src/report/annotation.ts';
import { checkFailed, checkInProgress, checkRun, checkSuperseded } from '../../src/report/check-run.ts';
import { catalogue, compared, comparison, finding, HEAD, recommended, verdict, worsened } from './sample.ts';

const site = { site: 'https://github.example' };
const golden = (name: string) => readFileSync(new URL(`golden/${name}.md`, import.meta.url), 'utf8').trimEnd();

const several = verdict({
  findings: [
    compared({
      related: [{ ...finding(), line: 3, message: 'anyone can start it by `issue_comment`' }],
    }),
    worsened({
      line: 20,
      rule: 'unpinned-uses',
      severity: 'high',
      message: '`octo/deploy@v1` can be moved to other code',
    }),
    compared({ line: 9, rule: 'artipacked', severity: 'medium', message: 'the token stays on disk' }),
    compared({ line: 10, rule: 'artipacked', severity: 'medium', message: 'the token stays on disk here too' }),
    compared({ line: 95, rule: 'artipacked', severity: 'info', message: 'nothing reads the token' }),
    compared({ line: 96, rule: 'artipacked', confidence: 'low', message: 'a guess' }),
    compared({ line: 97, rule: 'artipacked', audience: 'auditor', message: 'for auditors' }),
    compared({ line: 90, status: 'persisting' }),
  ],
  fixed: [finding({ line: 77 })],
  unverified: [{ path: '.github/workflows/b.yml', rule: null, reason: 'line 3: key `run` twice' }],
  notRun: [{ rule: 'impostor-commit', reason: 'GitHub did not answer' }],
  capabilities: [
    {
      path: '.github/workflows/triage.yml',
      job: 'triage',
      gained: ['`issues: write`', 'trigger `issues`'],
      lost: ['secret `A`'],
    },
  ],
});

/** Everything an attacker may name, in every place that echoes it. */
const NASTY = '`</details>![x](http://e.example) @octo/all fixes #1 \u202Egnp.exe\u200b\u001b[31m <!-- gargoyle:1:';
const hostile = verdict(
  {
    findings: [
      compared({
        path: `.github/workflows/${NASTY}.yml`,
        message: `\`${NASTY}\` is expanded`,
        identity: { rule: 'template-injection', path: 'p', route: `jobs.${NASTY}.steps.${NASTY}`, subject: '' },
        exposure: {
          reach: 'outsider-privileged',
          triggers: [NASTY],
          token: { kind: 'declared', scopes: { [NASTY]: 'write' } },
          secrets: [NASTY],
          runner: 'unknown',
        },
        related: [{ ...finding(), path: NASTY, message: `by \`${NASTY}\`` }],
      }),
    ],
    fixed: [finding({ path: NASTY, message: NASTY })],
    unverified: [{ path: NASTY, rule: null, reason: NASTY }],
    notRun: [{ rule: NASTY, reason: NASTY }],
    capabilities: [{ path: NASTY, job: NASTY, gained: [`\`${NASTY}\``], lost: [NASTY] }],
  },
  { base: { ref: NASTY, sha: 'b'.repeat(40) } },
  { ...recommended, notices: [`The policy \`${NASTY}\` is broken.`] },
);

describe('what a reader sees', () => {
  test.each([
    ['everything at once', 'everything', [several]],
    ['nothing of ours changed', 'nothing', [verdict({ changed: [] })]],
    ['a change without findings', 'clean', [verdict({ fixed: [finding()] })]],
    [
      'only what the policy leaves to comment',
      'comments',
      [verdict({ findings: [compared({ rule: 'artipacked', severity: 'medium' })] })],
    ],
    [
      'only what could not be read',
      'unverified',
      [verdict({ unverified: [{ path: 'a.yml', rule: null, reason: 'larger than 512 KB' }] })],
    ],
    [
      'another pull request on the same commit fails',
      'shared',
      [verdict({}, { pull: 15, base: { ref: 'copy', sha: 'd'.repeat(40) } }), verdict({ findings: [compared()] })],
    ],
    ['names made to mislead', 'hostile', [hostile]],
  ])('%s', (_, name, verdicts) => {
    const { conclusion, output } = checkRun(verdicts, site);
    expect(`${conclusion}: ${output.title}\n\n${output.summary}`).toBe(golden(name));
  });

  test('nothing of a nasty name is outside code: no mention, reference, HTML, image or control', () => {
    const { summary } = checkRun([hostile], site).output;
    const bare = summary
      .replace(/(`+) ?[^\n]*?[^`]\1(?!`)/g, 'code')
      .replace(/\]\(https:\/\/github\.example\/octo\/site\/blob\/[^)\s]*\)/g, ']');
    expect(bare).not.toMatch(/@(?!\u200b)|#(?=\d)|!\[|<(?!span>\$<\/span>)(?!\/?sub>)|https?:\/\/|\u202e|\u001b/);
  });
});

describe('the conclusion is that of the worst verdict', () => {
  const failing = verdict({ findings: [compared()] });
  const neutral = verdict({ findings: [compared({ rule: 'artipacked', severity: 'medium' })] });
  const passing = verdict();
  test.each([
    ['alone', [passing], 'success'],
    ['a failure first', [failing, passing], 'failure'],
    ['a failure last', [passing, neutral, failing], 'failure'],
    ['neutral over success', [passing, neutral], 'neutral'],
  ])('%s', (_, verdicts, expected) => {
    expect(checkRun(verdicts, site).conclusion).toBe(expected);
  });

  test('another pull request on the commit has no verdict yet: nothing looks green', () => {
    const { conclusion, output } = checkRun([passing], { ...site, unjudged: [15, 16] });
    expect(conclusion).toBe('failure');
    expect(output.title).toBe('Waits for the scan of #15, #16');
    expect(output.summary).toMatch(/^\*\*Waits for the scan of #15, #16\.\*\* [\s\S]*\*\*Passes\.\*\*/);
    expect(checkRun([failing], { ...site, unjudged: [15] }).output.title).toBe('1 finding to fix: template-injection');
  });

  test('without a verdict there is no check', () => {
    expect(() => checkRun([], site)).toThrow(RangeError);
  });
});

describe('annotations', () => {
  const of = (parts: Parameters<typeof compared>[0]) =>
    checkRun([verdict({ findings: [compared(parts)] })], site).annotations;

  test.each([
    ['what blocks fails', {}, 'failure'],
    ['what comments warns', { rule: 'artipacked', severity: 'medium' }, 'warning'],
    ['what is only observed is a notice', { severity: 'info' }, 'notice'],
  ] as const)('%s', (_, parts, level) => {
    expect(of(parts)).toMatchObject([{ annotation_level: level }]);
  });

  test.each([
    ['persisting', { status: 'persisting' }],
    ['of another audience', { audience: 'pedantic' }],
    ['of low confidence', { confidence: 'low' }],
  ] as const)('none for what is %s', (_, parts) => {
    expect(of(parts)).toEqual([]);
  });

  test.each([
    [
      'one line has columns, the end inclusive',
      { line: 4, column: 9, endLine: 4, endColumn: 12 },
      { start_line: 4, end_line: 4, start_column: 9, end_column: 11 },
    ],
    [
      'an empty span is one column',
      { line: 4, column: 9, endLine: 4, endColumn: 9 },
      { start_line: 4, end_line: 4, start_column: 9, end_column: 9 },
    ],
    [
      'several lines have none: GitHub refuses them',
      { line: 4, column: 9, endLine: 6, endColumn: 2 },
      { start_line: 4, end_line: 6 },
    ],
    [
      'an end before the first column belongs to the line above',
      { line: 4, column: 9, endLine: 6, endColumn: 1 },
      { start_line: 4, end_line: 5 },
    ],
    ['a line and its break', { line: 4, column: 1, endLine: 5, endColumn: 1 }, { start_line: 4, end_line: 4 }],
  ])('%s', (_, place, expected) => {
    const [
      { path: _path, annotation_level: _level, title: _title, message: _message, ...lines } = {
        path: '',
        annotation_level: '',
        title: '',
        message: '',
      },
    ] = of(place);
    expect(lines).toEqual(expected);
  });

  test('what made untouched findings worse is shown too, once a line', () => {
    const trigger = {
      ...finding({ line: 3, column: 3, endLine: 3, endColumn: 22 }),
      message: 'an outsider can start it by `issues` now',
    };
    const elsewhere = { ...finding({ line: 40 }), message: 'and here' };
    const worse = [12, 20, 30].map((line) => worsened({ line, related: [elsewhere, trigger] }));
    const { annotations } = checkRun([verdict({ findings: worse })], site);
    expect(annotations.map(({ start_line }) => start_line)).toEqual([12, 20, 30, 3]);
    expect(annotations[3]).toEqual({
      path: '.github/workflows/triage.yml',
      start_line: 3,
      end_line: 3,
      start_column: 3,
      end_column: 21,
      annotation_level: 'failure',
      title: 'worsened: template-injection and 2 more findings',
      message:
        'an outsider can start it by `issues` now. Part of what makes template-injection at .github/workflows/triage.yml:12 and 2 more findings worse.',
    });
    expect(annotations[0]?.message).toContain('See .github/workflows/triage.yml:3: an outsider can start it');
  });

  test('say who, where, what is reached and the way out, without control characters', () => {
    const [annotation] = checkRun([hostile], site).annotations;
    expect(annotation?.message).toContain('Started by: anyone outside');
    expect(annotation?.message).toContain('\\u202E');
    expect(annotation?.message).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e\u200b]/);
  });

  test.each([
    [0, [0]],
    [1, [1]],
    [50, [50]],
    [51, [50, 1]],
    [101, [50, 50, 1]],
  ])('%i make batches of %j', (number, sizes) => {
    const all = of({}).flatMap((one) => Array.from({ length: number }, () => one));
    expect(annotationBatches(all).map((batch) => batch.length)).toEqual(sizes);
  });

  test('a change made to have very many costs ten requests, and the summary says what is missing', () => {
    const many = verdict({ findings: Array.from({ length: 1200 }, (_, line) => compared({ line: line + 1 })) });
    const { annotations, output, conclusion } = checkRun([many], site);
    expect(annotations).toHaveLength(500);
    expect(output.summary).toContain('700 more findings');
    expect(conclusion).toBe('failure');
  });
});

describe("GitHub's limits", () => {
  const long = 'x\u0301é🙂'.repeat(300);
  const huge = verdict({
    findings: Array.from({ length: 400 }, (_, line) =>
      compared({
        line: line + 1,
        message: long,
        path: `${line}${long}`,
        remedy: long,
        related: [{ ...finding(), message: long }],
      }),
    ),
    unverified: Array.from({ length: 400 }, (_, line) => ({ path: `${line}${long}`, rule: null, reason: long })),
    capabilities: Array.from({ length: 400 }, (_, line) => ({
      path: long,
      job: `${line}`,
      gained: Array.from({ length: 50 }, () => long),
      lost: [],
    })),
  });

  test('the summary is cut at a line and says so', () => {
    const { output, annotations } = checkRun([huge], site);
    expect(Buffer.byteLength(output.summary)).toBeLessThanOrEqual(65_535);
    expect(output.summary).toMatch(/cut here: GitHub takes no more\..*$/);
    expect(output.title.length).toBeLessThanOrEqual(255);
    for (const each of annotations) expect(Buffer.byteLength(each.message)).toBeLessThan(64 * 1024);
  });

  test('a title holds rule ids and numbers only, however many', () => {
    const rules = Array.from({ length: 60 }, (_, index) => `rule-with-a-long-name-${index}`);
    const policy = {
      ...recommended,
      rules: Object.fromEntries(
        rules.map((rule) => [rule, { mode: 'enforce', setBy: 'rule', locked: false } as const]),
      ),
    };
    const findings = rules.map((rule) => compared({ rule }));
    expect(checkRun([verdict({ findings }, {}, policy)], site).output.title.length).toBeLessThanOrEqual(255);
  });
});

describe('checks that never got a verdict', () => {
  test('in progress', () => expect(checkInProgress().title).toBe('Reading the workflows'));

  test('superseded: cancelled, and by what', () => {
    expect(checkSuperseded(HEAD)).toMatchObject({
      conclusion: 'cancelled',
      output: { title: 'Superseded by c0ffee0' },
    });
  });

  test('could not run: a failure, with the reason escaped and what to do', () => {
    const { conclusion, output } = checkFailed('GitHub answered 502 @octo', 'delivery-1');
    expect(conclusion).toBe('failure');
    expect(output.summary).toContain('GitHub answered 502 @\u200bocto.');
    expect(output.summary).toContain('`/gargoyle rescan`');
    expect(output.summary).toContain('`delivery-1`');
  });
});

test('the catalogue of these tests is judged as the real one is', () => {
  expect(Object.keys(recommended.rules)).toEqual(catalogue.map(({ id }) => id));
  expect(comparison().findings).toEqual([]);
});
