import { describe, expect, test } from '@jest/globals';
import type { Edit, Fix } from '../../src/engine/finding.ts';
import { hunks } from '../../src/report/diff.ts';
import { type KnownThread, type ReviewInput, review } from '../../src/report/review.ts';
import { suggestionOf } from '../../src/report/suggestion.ts';
import { compared, finding, HEAD, recommended, verdict, worsened } from './sample.ts';

const PATH = '.github/workflows/triage.yml';
const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}\n`).join('');
const base = lines(1, 40);
const head = base.replace('line 12\n', 'bad 12\n').replace('line 30\n', 'bad 30\n');

function input(parts: Partial<ReviewInput> = {}): ReviewInput {
  return {
    base: new Map([[PATH, base]]),
    head: new Map([[PATH, head]]),
    isDraft: false,
    isBot: false,
    threads: [],
    reported: new Set(),
    mark: (fingerprint) => `<!-- ${fingerprint.slice(0, 8)} -->`,
    ...parts,
  };
}

function thread(fingerprint: string, parts: Partial<KnownThread> = {}): KnownThread {
  return { fingerprint, commentId: 5, threadId: 'T', isEnded: false, isAnswered: false, ...parts };
}

const edit = (line: number, column: number, endLine: number, endColumn: number, text: string, path = PATH): Edit => ({
  path,
  start: { line, column },
  end: { line: endLine, column: endColumn },
  text,
});
const fixOf = (...edits: Edit[]): Fix => ({ title: 'Pass it through `env:`', safe: true, edits });

describe('which findings get a comment', () => {
  const commentsOf = (...given: Parameters<typeof review>) => review(...given).review?.comments ?? [];

  test('a new one, on its line, at the analysed head', () => {
    const { review: request } = review(verdict({ findings: [compared()] }), input());
    expect(request).toMatchObject({
      commit_id: HEAD,
      event: 'COMMENT',
      comments: [{ path: PATH, line: 12, side: 'RIGHT' }],
    });
    expect(request?.comments[0]).not.toHaveProperty('start_line');
    expect(request?.body).toBe('This change brings 1 finding; it blocks.');
  });

  test.each([
    ['persisting', compared({ status: 'persisting' })],
    ['only observed', compared({ severity: 'info' })],
    ['of low confidence', compared({ confidence: 'low' })],
    ['for another audience', compared({ audience: 'auditor' })],
    ['outside the diff', compared({ line: 20 })],
    ['in a file that we did not read', compared({ path: 'other.yml' })],
  ])('none for one that is %s', (_, one) => {
    expect(review(verdict({ findings: [one] }), input()).review).toBeNull();
  });

  test.each([
    ['a draft', { isDraft: true }],
    ["a bot's pull request", { isBot: true }],
  ])('none on %s', (_, parts) => {
    expect(review(verdict({ findings: [compared()] }), input(parts)).review).toBeNull();
  });

  test('a worsened one whose line is not in the diff stands at the place that made it worse', () => {
    const one = worsened({ line: 20, related: [{ ...finding({ line: 30 }), message: 'the trigger' }] });
    const [comment] = commentsOf(verdict({ findings: [one] }), input());
    expect(comment).toMatchObject({ path: PATH, line: 30 });
    expect(comment?.body).toContain(`at \`${PATH}:20\``);
    expect(comment?.body).toContain('**Why now:** it was there before; anyone who can comment');
  });

  test('of several related places that of a worsened one which rose', () => {
    const related = [30, 12].map((line) => ({ ...finding({ line }), message: `line ${line}` }));
    const linesOf = (one: ReturnType<typeof compared>) =>
      commentsOf(verdict({ findings: [one] }), input()).map(({ line }) => line);
    expect(linesOf(worsened({ line: 20, related }))).toEqual([12]);
    expect(linesOf(compared({ line: 20, related }))).toEqual([30]);
  });

  test('five at most, the worst first, and the body says where the rest is', () => {
    const eight = Array.from({ length: 8 }, (_, index) =>
      compared({
        line: 9 + (index % 7),
        column: index + 1,
        rule: index < 6 ? 'artipacked' : 'template-injection',
        severity: index < 6 ? 'medium' : 'critical',
        identity: { rule: 'r', path: PATH, route: '', subject: String(index) },
      }),
    );
    const { review: request } = review(verdict({ findings: eight }), input());
    expect(request?.comments).toHaveLength(5);
    expect(request?.comments[0]?.body).toContain('template-injection');
    expect(request?.comments[1]?.body).toContain('template-injection');
    expect(request?.body).toBe(
      'This change brings 8 findings; 2 of them block. 5 are commented on here; the check run `gargoyle` has all of them.',
    );
  });

  test('a new file that GitHub may show as renamed: only lines that both readings show', () => {
    const moved = input({
      base: new Map([['.github/workflows/old.yml', base]]),
    });
    expect(commentsOf(verdict({ findings: [compared({ line: 20 })] }), moved)).toEqual([]);
    expect(commentsOf(verdict({ findings: [compared({ line: 12 })] }), moved)).toHaveLength(1);
    expect(commentsOf(verdict({ findings: [compared({ line: 20 })] }), input({ base: new Map() }))).toHaveLength(1);
  });
});

describe('threads', () => {
  const one = compared();
  const { fingerprint } = one;

  test('a finding that has a thread gets no second one', () => {
    expect(review(verdict({ findings: [one] }), input({ threads: [thread(fingerprint)] }))).toEqual({
      review: null,
      ended: [],
      reopened: [],
    });
  });

  test('a push that adds nothing gets no second review, also for what the first left to the check run', () => {
    expect(review(verdict({ findings: [one] }), input({ reported: new Set([fingerprint]) })).review).toBeNull();
  });

  test('gone from the head: ended, with the commit', () => {
    const known = thread(fingerprint);
    const { ended } = review(verdict(), input({ threads: [known] }));
    expect(ended).toEqual([{ thread: known, body: `Fixed in ${HEAD}.\n\n<!-- ${fingerprint.slice(0, 8)} -->` }]);
  });

  test.each([
    ['still there, though nothing gates any more', verdict({ findings: [compared({ status: 'persisting' })] })],
    [
      'a file could not be read: unseen is not fixed',
      verdict({ unverified: [{ path: PATH, rule: null, reason: 'x' }] }),
    ],
    ['a rule did not run', verdict({ notRun: [{ rule: 'template-injection', reason: 'x' }] })],
    [
      'the policy turned the rule off',
      verdict(
        { findings: [one] },
        {},
        { ...recommended, rules: { 'template-injection': { mode: 'off', setBy: 'rule', locked: false } } },
      ),
    ],
  ])('not ended: %s', (_, judged) => {
    expect(review(judged, input({ threads: [thread(fingerprint)] })).ended).toEqual([]);
  });

  test('a rule did not run for want of facts that nobody asked for: ended', () => {
    const judged = verdict({ notRun: [{ rule: 'x', reason: 'x', isUnasked: true }] });
    expect(review(judged, input({ threads: [thread(fingerprint)] })).ended).toHaveLength(1);
  });

  test('known to be fixed against the base: ended whatever else could not be read', () => {
    const judged = verdict({ fixed: [finding()], unverified: [{ path: 'x', rule: null, reason: 'x' }] });
    expect(review(judged, input({ threads: [thread(fingerprint)] })).ended).toHaveLength(1);
  });

  test('ended already: not ended twice', () => {
    expect(review(verdict(), input({ threads: [thread(fingerprint, { isEnded: true })] })).ended).toEqual([]);
  });

  test('back again: re-opened with its text, not repeated', () => {
    const known = thread(fingerprint, { isEnded: true, isAnswered: true });
    const plan = review(verdict({ findings: [one] }), input({ threads: [known] }));
    expect(plan.review).toBeNull();
    expect(plan.reopened).toMatchObject([{ thread: known }]);
    expect(plan.reopened[0]?.body).toContain('is expanded inside a script');
  });

  test('drafts and bots: what is fixed is ended all the same', () => {
    expect(review(verdict(), input({ threads: [thread(fingerprint)], isDraft: true })).ended).toHaveLength(1);
  });
});

describe('the text of a comment', () => {
  const bodyOf = (parts: Parameters<typeof compared>[0]) =>
    review(verdict({ findings: [compared(parts)] }), input()).review?.comments[0]?.body ?? '';

  test('says what, who, where, what is reached, the way out, and ends with the marker', () => {
    const one = compared();
    expect(bodyOf({})).toBe(
      [
        `**\`template-injection\`, critical**: \`\${{ github.event.comment.body }}\` is expanded inside a script`,
        '',
        '**Started by** anyone who can comment or open an issue (`issue_comment`, `issues`) → **runs in** job `triage`, step `greet`, on a self-hosted runner → **reaches** a token with `issues: write`, `contents: read`; the secret `NPM_TOKEN`.',
        '',
        '**Fix:** Pass the value through `env:` and quote the variable.',
        '',
        `<sub>Finding \`${one.fingerprint.slice(0, 8)}\` · \`/gargoyle explain template-injection\`</sub>`,
        `<!-- ${one.fingerprint.slice(0, 8)} -->`,
      ].join('\n'),
    );
  });

  test('stays short and within the body that GitHub takes, however long the names', () => {
    const body = bodyOf({ message: `\`${'x'.repeat(100_000)}\``, remedy: 'y'.repeat(100_000) });
    expect(body.split('\n').length).toBeLessThanOrEqual(15);
    expect(body.length).toBeLessThan(10_000);
  });

  test('warns of a fix that can change what the job does', () => {
    const fix: Fix = { ...fixOf(edit(12, 1, 12, 4, 'good')), safe: false };
    expect(bodyOf({ fix })).toContain('Look before you commit');
    expect(bodyOf({ fix: { ...fix, safe: true } })).not.toContain('Look before you commit');
  });
});

describe('suggestions', () => {
  const commentOf = (fix: Fix, parts: Partial<ReviewInput> = {}) =>
    review(verdict({ findings: [compared({ fix })] }), input(parts)).review?.comments[0];

  test('one line: no start_line', () => {
    const comment = commentOf(fixOf(edit(12, 1, 12, 4, 'good')));
    expect(comment).toMatchObject({ line: 12 });
    expect(comment).not.toHaveProperty('start_line');
    expect(comment?.body).toContain('**Fix:** Pass it through `env:`\n```suggestion\ngood 12\n```\n');
  });

  test('several lines: from the first to the last, within one hunk', () => {
    const comment = commentOf(fixOf(edit(12, 1, 12, 4, 'good'), edit(14, 1, 14, 1, 'new\n')));
    expect(comment).toMatchObject({ start_line: 12, start_side: 'RIGHT', line: 14, side: 'RIGHT' });
    expect(comment?.body).toContain('```suggestion\ngood 12\nline 13\nnew\nline 14\n```\n');
  });

  test('away from the finding: the comment says where that is', () => {
    expect(commentOf(fixOf(edit(10, 1, 10, 5, 'LINE')))?.body).toContain(
      `**\`template-injection\`, critical** at \`${PATH}:12\``,
    );
  });

  test.each<[string, string, Edit[], { first: number; last: number; text: string } | null]>([
    ['within a line', 'a\nb c\nd\n', [edit(2, 1, 2, 2, 'x')], { first: 2, last: 2, text: 'x c\n' }],
    ['to the very end of a line', 'a\nb\nd\n', [edit(2, 2, 2, 2, '!')], { first: 2, last: 2, text: 'b!\n' }],
    ['a line before', 'a\nb\n', [edit(2, 1, 2, 1, 'x\n')], { first: 2, last: 2, text: 'x\nb\n' }],
    ['a line before the first', 'a\nb\n', [edit(1, 1, 1, 1, 'x\n')], { first: 1, last: 1, text: 'x\na\n' }],
    [
      'before the first of a file that begins with an empty line',
      '\nb\n',
      [edit(1, 1, 1, 1, 'x')],
      { first: 1, last: 1, text: 'x\n' },
    ],
    ['a line behind the last', 'a\nb\n', [edit(3, 1, 3, 1, 'x\n')], { first: 2, last: 2, text: 'b\nx\n' }],
    ['a line goes away', 'a\nb\nc\n', [edit(2, 1, 3, 1, '')], { first: 2, last: 2, text: '' }],
    [
      'a line is replaced with its break',
      'a\nb\nc\n',
      [edit(2, 1, 3, 1, 'x\ny\n')],
      { first: 2, last: 2, text: 'x\ny\n' },
    ],
    [
      'a break goes away: the next line is part of it',
      'a\nb\nc\n',
      [edit(2, 2, 3, 1, '')],
      { first: 2, last: 3, text: 'bc\n' },
    ],
    [
      'two edits of one line, in any order',
      'a b c\n',
      [edit(1, 5, 1, 6, 'z'), edit(1, 1, 1, 2, 'x')],
      { first: 1, last: 1, text: 'x b z\n' },
    ],
    [
      'CRLF and tabs stay as they are',
      'a\r\n\tb\r\nc\r\n',
      [edit(2, 2, 2, 3, 'x')],
      { first: 2, last: 2, text: '\tx\r\n' },
    ],
    ['a last line without a break would gain one', 'a\nb', [edit(2, 1, 2, 2, 'x')], null],
    ['a last line gains its break', 'a\nb', [edit(2, 1, 2, 2, 'x\n')], null],
    ['the last break goes away', 'a\nb\n', [edit(2, 2, 3, 1, '')], null],
    ['nothing changes', 'a\nb\n', [edit(2, 1, 2, 2, 'b')], null],
    ['no edits', 'a\n', [], null],
    ['two files', 'a\nb\n', [edit(1, 1, 1, 2, 'x'), edit(1, 1, 1, 2, 'x', 'other.yml')], null],
    ['overlapping edits', 'abc\n', [edit(1, 1, 1, 3, 'x'), edit(1, 2, 1, 4, 'y')], null],
    ['a bare carriage return, which Markdown takes for a break', 'a\nb\n', [edit(2, 1, 2, 2, 'x\ry')], null],
    ['text that a reader would not see', 'a\nb\n', [edit(2, 1, 2, 2, 'x\u202ey')], null],
    ['a neighbour that looks like a secret', `a\nkey: ghp_${'a'.repeat(36)} b\n`, [edit(2, 1, 2, 4, 'KEY')], null],
    ['a line for which GitHub would refuse the review', `${'a'.repeat(65_000)}\n`, [edit(1, 1, 1, 2, 'x')], null],
    ['more than a person reviews', 'a\n'.repeat(40), [edit(1, 1, 30, 2, 'x')], null],
    ['more than a person reviews, coming', 'a\n', [edit(1, 1, 1, 2, 'x\n'.repeat(30))], null],
  ])('%s', (_, text, edits, expected) => {
    expect(suggestionOf(fixOf(...edits), PATH, text, [{ first: 1, last: 100 }])).toEqual(expected);
  });

  test('from one hunk to the next: none', () => {
    const fix = fixOf(edit(12, 1, 12, 4, 'x'), edit(30, 1, 30, 4, 'x'));
    expect(suggestionOf(fix, PATH, head, hunks(base, head))).toBeNull();
    expect(commentOf(fix)?.body).not.toContain('suggestion');
  });

  test('backticks in the text do not end it', () => {
    const text = 'a\n```\n````\nb\n';
    const comment = review(
      verdict({ findings: [compared({ line: 4, fix: fixOf(edit(1, 1, 4, 2, 'x\n```\n````\ny')) })] }),
      input({ base: new Map(), head: new Map([[PATH, text]]) }),
    ).review?.comments[0];
    expect(comment?.body).toContain('\n`````suggestion\nx\n```\n````\ny\n`````\n');
  });
});
