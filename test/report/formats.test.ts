import { describe, expect, test } from '@jest/globals';
import type { Fix } from '../../src/engine/finding.ts';
import { jsonReport } from '../../src/report/json.ts';
import { sarifReport } from '../../src/report/sarif.ts';
import { inOrder } from '../../src/report/scan.ts';
import { textReport } from '../../src/report/text.ts';
import { workflowCommandReport } from '../../src/report/workflow-commands.ts';
import { catalogue, finding, scanned, scanReport } from './sample.ts';

const PATH = '.github/workflows/triage.yml';
const fix: Fix = {
  title: 'Pass it through `env:`',
  safe: true,
  edits: [{ path: PATH, start: { line: 12, column: 9 }, end: { line: 12, column: 12 }, text: 'env:\n' }],
};
const unverified = [{ path: 'b.yml', rule: null, reason: 'line 3: a tab' }];
const token = `ghp_${'a1'.repeat(18)}`;
/** What a job's runner obeys (T6). */
const COMMANDS = 'x\n::set-output name=a::b\r\n  ::add-mask::c ##[add-matcher]d %0A::error::e';

test('findings are ordered by path, line, column and rule', () => {
  const all = [
    scanned({ path: 'b', line: 1 }),
    scanned({ path: 'a', line: 2, column: 2 }),
    scanned({ path: 'a', line: 2, column: 1, rule: 'z' }),
    scanned({ path: 'a', line: 2, column: 1, rule: 'b' }),
    scanned({ path: 'a', line: 10 }),
    scanned({ path: 'B', line: 1 }),
  ];
  expect(inOrder(all).map(({ path, line, column, rule }) => `${path} ${line} ${column} ${rule}`)).toEqual([
    'B 1 9 template-injection',
    'a 2 1 b',
    'a 2 1 z',
    'a 2 2 template-injection',
    'a 10 9 template-injection',
    'b 1 9 template-injection',
  ]);
});

describe('json, a contract', () => {
  test('exactly these keys, in this order', () => {
    const one = scanned({ status: 'new', fix, related: [{ ...finding({ line: 3 }), message: 'by `issues`' }] });
    const related = { path: PATH, line: 3, column: 9, endLine: 3, endColumn: 40, message: 'by `issues`' };
    const expected = {
      version: 1,
      findings: [
        {
          rule: 'template-injection',
          path: PATH,
          line: 12,
          column: 9,
          endLine: 12,
          endColumn: 40,
          severity: 'critical',
          confidence: 'high',
          audience: 'regular',
          message: one.message,
          why: one.why,
          remedy: one.remedy,
          fingerprint: one.fingerprint,
          status: 'new',
          related: [related],
          fix,
        },
      ],
      unverified,
      stats: { files: 3, rules: 4, milliseconds: 25 },
    };
    expect(jsonReport(scanReport({ findings: [one], unverified }))).toBe(`${JSON.stringify(expected, null, 2)}\n`);
  });

  test('without --base and without a fix both are null', () => {
    expect(JSON.parse(jsonReport(scanReport({ findings: [scanned()] })))).toMatchObject({
      findings: [{ status: null, fix: null, related: [] }],
    });
  });

  test('a secret in a message is masked; an edit stays exact', () => {
    const exact = { ...fix, edits: fix.edits.map((edit) => ({ ...edit, text: token })) };
    const [one] = JSON.parse(jsonReport(scanReport({ findings: [scanned({ message: token, fix: exact })] }))).findings;
    expect(one.message).toBe('gh…a1');
    expect(one.fix.edits[0].text).toBe(token);
  });

  test('in a job log it is no workflow command, and the value is the same', () => {
    const text = jsonReport(scanReport({ findings: [scanned({ message: COMMANDS, path: COMMANDS })] }));
    expect(text).not.toMatch(/##\[|^\s*::/m);
    expect(JSON.parse(text).findings[0]).toMatchObject({ message: COMMANDS, path: COMMANDS });
  });
});

test('json shows what a reader would not see, and means the same', () => {
  const message = 'a\u202eb\u200bc\u009bd\u{e0041}e\ud800f 🙂';
  const text = jsonReport(scanReport({ findings: [scanned({ message })] }));
  expect(text).toContain('a\\u202eb\\u200bc\\u009bd\\udb40\\udc41e\\ud800f 🙂');
  expect(JSON.parse(text).findings[0].message).toBe(message);
});

const UNASKED = ['a x', 'b y', 'c x'].map((one) => {
  const [rule = '', reason = ''] = one.split(' ');
  return { rule, reason, isUnasked: true };
});

describe('sarif 2.1.0', () => {
  const one = scanned({ fix, status: 'worsened', related: [{ ...finding({ line: 3 }), message: 'by `issues`' }] });
  const report = scanReport({
    findings: [one, scanned({ status: 'fixed', line: 2 })],
    unverified,
    notRun: [{ rule: 'r', reason: 'no answer' }],
  });
  const log = JSON.parse(sarifReport(report, catalogue, '0.1.0'));
  const [run] = log.runs;

  test('the rules, and the results that name them', () => {
    expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringContaining('sarif-schema-2.1.0') });
    expect(run.tool.driver).toMatchObject({ name: 'Gargoyle', version: '0.1.0' });
    expect(run.tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual(catalogue.map(({ id }) => id));
    expect(run.tool.driver.rules[run.results[0].ruleIndex].id).toBe(run.results[0].ruleId);
  });

  test('rules that had no facts are one note', () => {
    const [{ invocations }] = JSON.parse(sarifReport(scanReport({ notRun: UNASKED }), catalogue, '0.1.0')).runs;
    expect(invocations[0].toolExecutionNotifications).toEqual([
      { level: 'note', message: { text: 'not run: a, c: x; b: y' } },
    ]);
  });

  test('a result: place, fingerprint, related place, fix, state', () => {
    expect(run.results).toHaveLength(1);
    expect(run.results[0]).toMatchObject({
      level: 'error',
      message: { text: one.message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: PATH },
            region: { startLine: 12, startColumn: 9, endLine: 12, endColumn: 40 },
          },
        },
      ],
      relatedLocations: [{ id: 0, message: { text: 'by `issues`' } }],
      partialFingerprints: { 'gargoyle/v1': one.fingerprint },
      baselineState: 'updated',
      fixes: [
        {
          artifactChanges: [
            {
              artifactLocation: { uri: PATH },
              replacements: [
                {
                  deletedRegion: { startLine: 12, startColumn: 9, endLine: 12, endColumn: 12 },
                  insertedContent: { text: 'env:\n' },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  test('columns are in UTF-16 units, and what could not be read is said', () => {
    expect(run.columnKind).toBe('utf16CodeUnits');
    expect(run.invocations).toMatchObject([{ executionSuccessful: false }]);
    expect(
      run.invocations[0].toolExecutionNotifications.map((each: { message: { text: string } }) => each.message.text),
    ).toEqual(['not analysed: line 3: a tab', 'rule r not run: no answer']);
  });

  test.each([
    ['critical', 'error'],
    ['high', 'error'],
    ['medium', 'warning'],
    ['low', 'note'],
    ['info', 'note'],
  ] as const)('%s is %s', (severity, level) => {
    const [{ results }] = JSON.parse(
      sarifReport(scanReport({ findings: [scanned({ severity })] }), catalogue, '1'),
    ).runs;
    expect(results[0].level).toBe(level);
    expect(results[0]).not.toHaveProperty('baselineState');
  });

  test('a path is a relative URI whatever its name', () => {
    const [{ results }] = JSON.parse(
      sarifReport(scanReport({ findings: [scanned({ path: 'http:a/b c#\ud800' })] }), catalogue, '1'),
    ).runs;
    expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('http%3Aa/b%20c%23%EF%BF%BD');
  });
});

describe('workflow commands', () => {
  test.each([
    ['critical', 'error'],
    ['medium', 'warning'],
    ['info', 'notice'],
  ] as const)('%s is %s', (severity, name) => {
    const report = scanReport({ findings: [scanned({ severity, message: 'bad', remedy: 'Do.' })] });
    expect(workflowCommandReport(report)).toBe(
      `::${name} file=${PATH},line=12,endLine=12,col=9,endColumn=39,title=template-injection (${severity})::bad. Fix: Do.\n`,
    );
  });

  test('what is fixed is no annotation; what could not be read is', () => {
    const report = scanReport({
      findings: [scanned({ status: 'fixed' })],
      unverified,
      notRun: [{ rule: 'r', reason: 'x' }],
    });
    expect(workflowCommandReport(report)).toBe(
      '::error file=b.yml,title=not verified::line 3: a tab\n::warning title=r not run::x\n',
    );
  });

  test('rules that had no facts are one notice', () => {
    const report = scanReport({ notRun: UNASKED });
    expect(workflowCommandReport(report)).toBe('::notice title=not run::a, c: x; b: y\n');
  });

  test('no text of a file adds a command, a property or a line', () => {
    const nasty = `${COMMANDS},title=x:y`;
    const report = scanReport({
      findings: [scanned({ path: nasty, message: nasty })],
      unverified: [{ path: nasty, rule: null, reason: nasty }],
    });
    const lines = workflowCommandReport(report).trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    for (const line of lines)
      expect(line).toMatch(/^::error (?:[a-zA-Z]+=[^,:\r\n]*)(?:,[a-zA-Z]+=[^,:\r\n]*)*::[^\r\n]*$/);
    expect(lines[0]).toContain(
      'file=x%0A%3A%3Aset-output name=a%3A%3Ab%0D%0A  %3A%3Aadd-mask%3A%3Ac ##[add-matcher]d %250A%3A%3Aerror%3A%3Ae%2Ctitle=x%3Ay,line=',
    );
  });

  test('what was there before does not use up the ten errors that a job shows', () => {
    const one = scanned({ status: 'persisting', severity: 'critical' });
    expect(workflowCommandReport(scanReport({ findings: [one] }))).toMatch(/^::notice /);
  });

  test('several lines have no columns', () => {
    expect(workflowCommandReport(scanReport({ findings: [scanned({ endLine: 14, endColumn: 1 })] }))).toMatch(
      /line=12,endLine=13,title/,
    );
  });
});

describe('text', () => {
  const source = (path: string) =>
    path === PATH ? `${'\n'.repeat(11)}        run: echo \u001b[31m\u202e; ${'x'.repeat(30)}\n` : null;
  const text = (parts: Parameters<typeof scanReport>[0], colour = false) =>
    textReport(scanReport(parts), { colour, source });

  test('grouped by file, with the line, a squiggle, the way out, and the summary as the last line', () => {
    const findings = [
      scanned({ message: '`x` is bad', column: 9, endColumn: 12 }),
      scanned({
        line: 13,
        rule: 'artipacked',
        severity: 'medium',
        message: 'worse',
        status: 'worsened',
        fix,
        related: [{ ...finding({ line: 3 }), message: 'here' }],
      }),
      scanned({ path: 'other.yml', line: 1, message: 'gone', status: 'fixed' }),
    ];
    expect(text({ findings, unverified, notRun: [{ rule: 'r', reason: 'no answer' }] })).toBe(
      `${PATH}
  12:9 critical template-injection: \`x\` is bad
   12 |         run: echo \\u001B[31m\\u202E; xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
      |         ~~~
      fix: Pass the value through \`env:\` and quote the variable.
  13:9 medium artipacked (worsened): worse
   13 | 
      |         ~
      line 3: here
      fix: Pass the value through \`env:\` and quote the variable. [safe fix: Pass it through \`env:\`]

not verified b.yml: line 3: a tab
not run r: no answer

2 findings (1 critical, 1 medium); 1 new or worsened; 1 fixed; 1 not verified; 3 files, 4 rules, 25 ms
`.replace('      |         ~\n', '      | ~\n'),
    );
  });

  test('rules that could not judge are one line', () => {
    expect(text({ notRun: UNASKED })).toBe('not run a, c: x; b: y\n\nNo findings; 3 files, 4 rules, 25 ms\n');
  });

  test('nothing found', () => {
    expect(text({})).toBe('No findings; 3 files, 4 rules, 25 ms\n');
  });

  test('the squiggle stands below what is shown, also behind characters that are written out', () => {
    const [, , shown = '', squiggle = ''] = text({ findings: [scanned({ column: 24, endColumn: 54 })] }).split('\n');
    expect(shown.slice(squiggle.indexOf('~'), squiggle.lastIndexOf('~') + 1)).toMatch(/x{20,}/);
  });

  test('a very long line is cut around the finding', () => {
    const long = `${'a'.repeat(300_000)}BAD${'b'.repeat(300_000)}`;
    const report = scanReport({ findings: [scanned({ line: 1, column: 300_001, endLine: 1, endColumn: 300_004 })] });
    const [, , shown = '', squiggle = ''] = textReport(report, { colour: false, source: () => long }).split('\n');
    expect(shown.length).toBeLessThan(130);
    expect(shown.slice(squiggle.indexOf('~'), squiggle.lastIndexOf('~') + 1)).toBe('BAD');
  });

  test('colours only when asked, and no other escape sequence ever', () => {
    const findings = [scanned({ path: `${PATH}\u001b[2J`, message: '\u001b[31mx\u0007' }), scanned()];
    expect(text({ findings })).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text({ findings }, true).replace(/\u001b\[(?:[0-9]|3[0-9])m/g, '')).not.toContain('\u001b');
    expect(text({ findings }, true)).toContain('\u001b[31m');
  });

  test('in a job log no line is a workflow command', () => {
    const report = text({
      findings: [scanned({ path: COMMANDS, message: COMMANDS }), scanned({ path: ' ::error::x' })],
      unverified: [{ path: '::error::x', rule: null, reason: COMMANDS }],
    });
    expect(report).not.toMatch(/^\s*::|##\[/m);
  });

  test('a secret in the line is masked', () => {
    const report = textReport(scanReport({ findings: [scanned({ line: 1, endLine: 1 })] }), {
      colour: false,
      source: () => `      key: ${token}`,
    });
    expect(report).not.toContain(token.slice(0, 10));
    expect(report).toMatch(/key: gh\*{36}a1/);
  });
});
