import { afterAll, describe, expect, test } from '@jest/globals';
import { AnalysisFailed, type Analyzer, startAnalyzer } from '../../src/analyzer/analyzer.ts';
import { fileKind, type Project, type ProjectFile } from '../../src/engine/project.ts';

const WORKER = new URL('./dying-worker.mjs', import.meta.url);

const nothing = async () => ({ base: new Map(), head: new Map() });

function project(files: Record<string, string>): Project {
  const entry = ([path, text]: [string, string]): [string, ProjectFile] => [
    path,
    { kind: fileKind(path), oid: path, mode: 0o100644, text },
  ];
  return { files: new Map(Object.entries(files).map(entry)) };
}

/** Protects: one file of an attacker can neither stop the analysis nor hide what is in the others. */
describe('a file that kills the worker', () => {
  const analyzer = startAnalyzer({
    workerFile: WORKER,
    deadlineMs: 200,
    memoryMb: 64,
  });
  afterAll(() => analyzer.close());

  test.each([
    ['loop.yml', /longer than 200 ms/],
    ['regexp.yml', /longer than 200 ms/],
    ['throw.yml', /thrown/],
  ])('%s is unverified, the others are analysed', async (name, reason) => {
    const analysis = await analyzer.analyze(
      { head: project({ 'a.yml': '', [name]: '', 'z.yml': '' }), options: {} },
      nothing,
    );
    expect(analysis.unverified).toEqual([{ path: name, rule: null, reason: expect.stringMatching(reason) }]);
  });

  test('memory.yml is unverified for its memory, long before its time is up', async () => {
    const patient = startAnalyzer({ workerFile: WORKER, deadlineMs: 20_000, memoryMb: 64 });
    const analysis = await patient.analyze({ head: project({ 'memory.yml': '' }), options: {} }, nothing);
    expect(analysis.unverified).toEqual([
      { path: 'memory.yml', rule: null, reason: expect.stringMatching(/too much memory/) },
    ]);
    await patient.close();
  });

  test('six of them are too many: the whole analysis fails, which is no pass', async () => {
    const six = project(Object.fromEntries(['1', '2', '3', '4', '5', '6'].map((each) => [`throw${each}.yml`, ''])));
    await expect(analyzer.analyze({ head: six, options: {} }, nothing)).rejects.toThrow(AnalysisFailed);
    const after = await analyzer.analyze({ head: project({ 'a.yml': '' }), options: {} }, nothing);
    expect(after.unverified).toEqual([]);
  });

  test('a worker that no longer trusts its memory is used no more', async () => {
    // This worker says as `files` how many requests it has had.
    const ask = async (name: string) =>
      (await analyzer.analyze({ head: project({ [name]: '' }), options: {} }, nothing)).files;
    const first = await ask('a.yml');
    expect(await ask('last.yml')).toBe(first + 1);
    expect(await ask('a.yml')).toBe(1);
  });

  test('requests wait for each other, so that a deadline counts only the time of its own', async () => {
    const slow = analyzer.analyze({ head: project({ 'loop.yml': '' }), options: {} }, nothing);
    const quick = analyzer.analyze({ head: project({ 'a.yml': '' }), options: {} }, nothing);
    expect((await quick).unverified).toEqual([]);
    expect((await slow).unverified).toHaveLength(1);
  });

  test('a main thread that is busy longer than a file may take is no file’s fault', async () => {
    const asked = analyzer.analyze({ head: project({ 'a.yml': '' }), options: {} }, nothing);
    // The warm worker gets the request, and answers while nobody listens.
    await new Promise((resolve) => setImmediate(resolve));
    const began = performance.now();
    while (performance.now() - began < 400);
    expect((await asked).unverified).toEqual([]);
  });

  test('asking for more and more local actions ends, and is no pass', async () => {
    let rounds = 0;
    const analysis = await analyzer.analyze({ head: project({ asks: '' }), options: {} }, async () => {
      rounds += 1;
      return { base: new Map(), head: new Map() };
    });
    expect(rounds).toBe(10);
    expect(analysis.unverified).toEqual([{ path: 'deep/10', rule: null, reason: expect.stringMatching(/nested/) }]);
  });
});

/** Protects: hostile YAML ends in a clear "unverified" within two seconds, on the bundle that runs in production. */
describe('hostile input', () => {
  let analyzer: Analyzer;
  const started = () => {
    analyzer ??= startAnalyzer({ workerFile: new URL('../../dist/cli.js', import.meta.url) });
    return analyzer;
  };
  afterAll(() => analyzer?.close());

  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefghij'
      .split('')
      .map((letter, index) => `${letter}: &${letter} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(',')}]`),
  ];
  const valid = 'on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ';
  test.each([
    ['an alias bomb', `${bomb.join('\n')}\non: push\njobs: *j\n`],
    ['a line of a megabyte', `${valid}${'x'.repeat(1 << 20)}\n`],
    ['flow sequences nested 50,000 deep', `on: push\njobs: ${'['.repeat(50_000)}`],
    [
      'maps nested 5,000 deep',
      Array.from({ length: 5000 }, (_, depth) => `${' '.repeat(depth)}a:`)
        .join('\n')
        .slice(0, 500_000),
    ],
    ['NUL', `${valid}"a\0b"\n`],
    ['an anchor that contains itself', 'on: push\njobs: &j\n  a: *j\n'],
    ['a merge key', 'x: &x { a: 1 }\non: push\njobs:\n  <<: *x\n'],
    ['two documents', `${valid}true\n---\n${valid}true\n`],
    ['no YAML at all', '\t{]'],
  ])('%s', async (_what, text) => {
    const began = performance.now();
    const analysis = await started().analyze(
      { head: project({ '.github/workflows/x.yml': text }), options: {} },
      nothing,
    );
    expect(analysis.unverified).toEqual([
      { path: '.github/workflows/x.yml', rule: null, reason: expect.stringMatching(/\S/) },
    ]);
    expect(performance.now() - began).toBeLessThan(2000);
  });

  test('text that reads differently than it looks is still analysed', async () => {
    const text = `${valid}echo "\u202E$\{{ github.head_ref }}"\n`.replace('on: push', 'on: pull_request');
    const analysis = await started().analyze(
      { head: project({ '.github/workflows/x.yml': text }), options: {} },
      nothing,
    );
    expect(analysis.unverified).toEqual([]);
    expect(analysis.findings.map((finding) => finding.rule)).toContain('template-injection');
  });
});
