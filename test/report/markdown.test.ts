import { describe, expect, test } from '@jest/globals';
import { codeLink, codeSpan, cutMarkdown, prose, sentence } from '../../src/report/markdown.ts';

// Names, paths and refs are chosen by whoever opens a pull request, and we post under the App's name: nothing of theirs may
// ping, close, link, hide or format (T5).
describe('untrusted text as code', () => {
  test.each([
    ['plain text', 'build', '`build`'],
    ['mentions and references stay code', '@octo/everyone fixes #1 GH-2', '`@octo/everyone fixes #1 GH-2`'],
    ['an image', '![x](http://evil.example)', '`![x](http://evil.example)`'],
    ['HTML', '<details><script>', '`<details><script>`'],
    ['one backtick', 'a`b', '``a`b``'],
    ['a fence', '```', '```` ``` ````'],
    ['backticks at the end', 'x``', '``` x`` ```'],
    ['runs of several lengths', '` `` ```` x', '````` ` `` ```` x `````'],
    ['nothing', '', '`(empty)`'],
    ['only spaces', '   ', '`(empty)`'],
    ['spaces that Markdown would strip', ' x ', '`  x  `'],
    ['lines become one', 'a\r\nb\nc\td', '`a b c d`'],
    ['an ANSI sequence loses its escape', '\u001b[31mred\u0007', '`[31mred`'],
    ['C1 controls go', 'a\u009bb\u0085c', '`ab c`'],
    ['bidi is written out', 'a\u202Eb', '`a\\u202Eb`'],
    ['zero-width is written out', 'pay\u200bload\ufeff', '`pay\\u200Bload\\uFEFF`'],
    ['a tag character is written out', 'x\u{e0041}', '`x\\u{E0041}`'],
    ['half a surrogate pair is written out', '\ud800x', '`\\uD800x`'],
    ['an unusual space is written out', 'a\u00a0b', '`a\\u00A0b`'],
    ['a Hangul filler is written out', '\u3164', '`\\u3164`'],
    ['a token is masked', `ghp_${'a1'.repeat(18)}`, '`gh…a1`'],
    ['an App token with a JWT is masked', `ghs_12345_eyJ${'a.b-'.repeat(40)}yz`, '`gh…yz`'],
    ['a fine-grained token is masked', `github_pat_${'A'.repeat(40)}9Z`, '`gi…9Z`'],
    ['an AWS key is masked', 'AKIAABCDEFGHIJKLMNOP', '`AK…OP`'],
    ['a PEM is masked', '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', '`-----BEGIN …-----`'],
  ])('%s', (_, text, expected) => {
    expect(codeSpan(text)).toBe(expected);
  });

  test('at most 200 characters are echoed, cut between graphemes', () => {
    const family = 'e\u0301';
    const shown = codeSpan(family.repeat(500)).slice(1, -1);
    expect(shown.length).toBeLessThanOrEqual(200);
    expect(shown).toMatch(/^(?:e\u0301)+…$/);
  });

  test('a pair of surrogates is never halved', () => {
    for (let pad = 190; pad < 202; pad++) {
      expect(codeSpan('x'.repeat(pad) + '𝒳'.repeat(50))).not.toMatch(/\\uD8|[\ud800-\udbff](?![\udc00-\udfff])/);
    }
  });

  test('a token at the end of the echo is masked before it is cut', () => {
    expect(codeSpan(`${'x'.repeat(190)}ghp_${'a'.repeat(36)}`)).not.toContain('ghp_');
  });
});

describe('a message', () => {
  test.each([
    ['quotes keep their code', '`a` may run `b`', '`a` may run `b`'],
    ['a mention outside', 'see @octo/team', 'see @\u200bocto/team'],
    ['references outside', 'fixes #1 and GH-2 and gh-3', 'fixes #\u200b1 and GH\u200b-2 and gh\u200b-3'],
    ['addresses outside', 'https://evil.example www.evil.example', 'https:\u200b//evil.example www\u200b.evil.example'],
    ['HTML outside', '<img src=x> & &#64;', '&lt;img src=x&gt; &amp; &amp;#\u200b64;'],
    ['formatting outside', '*a* _b_ ~c~ [d](e) |', '\\*a\\* \\_b\\_ \\~c\\~ \\[d\\](e) \\|'],
    ['mathematics outside', '$x$', '<span>$</span>x<span>$</span>'],
    ['a list at the start', '- a', '\u200b- a'],
    ['a numbered list at the start', '1. a', '\u200b1. a'],
    ['a name that breaks out of its quotes', '`a` @octo/all `b`', '`a` @\u200bocto/all `b`'],
    ['an unbalanced quote', '`a @octo', '\\`a @\u200bocto'],
    ['a quote of two backticks', '``a`b`` c', '``a`b`` c'],
    ['a backslash does not save a quote', '\\`a\\`', '\\\\`a\\`'],
    ['spaces at the start, which would make a block of code', '     @octo', '@\u200bocto'],
    ['a reference amid a word', 'xGH-3', 'xGH\u200b-3'],
    ['a line break is a space', 'a\n\n# b', 'a  #\u200b b'],
  ])('%s', (_, message, expected) => {
    expect(sentence(message)).toBe(expected);
  });

  test('prose has no code at all', () => {
    expect(prose('`@x`')).toBe('\\`@\u200bx\\`');
  });

  test.each([
    ['backticks of every length', Array.from({ length: 2000 }, (_, n) => '`'.repeat(n % 700)).join(' ')],
    ['half a megabyte of combining marks', '\u0301'.repeat(500_000)],
    ['half a megabyte that begins like signed tokens', 'eyJ'.repeat(170_000)],
    ['half a megabyte of PEM headers', '-----BEGIN A-----'.repeat(30_000)],
  ])('%s is done at once and stays short', (_, text) => {
    const start = performance.now();
    expect(sentence(text).length).toBeLessThan(6000);
    expect(codeSpan(text).length).toBeLessThan(600);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

test('a link leads only to the site, whatever the path', () => {
  expect(codeLink('a](b).yml:3', 'https://github.com/o/r/blob/abc', 'x/a](http://b) ?#.yml', '#L3')).toBe(
    '[`a](b).yml:3`](https://github.com/o/r/blob/abc/x/a%5D%28http%3A//b%29%20%3F%23.yml#L3)',
  );
});

describe('cutting to a limit', () => {
  const notice = '*cut*';
  test('what fits stays', () => expect(cutMarkdown('ab', 2, notice)).toBe('ab'));

  test('whole lines go, and the notice says so', () => {
    const text = Array.from({ length: 100 }, (_, n) => `- line ${n} \`é\``).join('\n');
    const cut = cutMarkdown(text, 300, notice);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(300);
    expect(cut).toMatch(/`é`\n\n\*cut\*$/);
  });

  test('an open fence is closed, whatever its length', () => {
    const text = ['a', '`````suggestion', ...Array.from({ length: 100 }, () => '```'), '`````'].join('\n');
    const cut = cutMarkdown(text, 120, notice);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(120);
    expect(cut).toMatch(/\n```\n`````\n\n\*cut\*$/);
  });

  test('every limit is kept', () => {
    const text = `intro\n~~~\n${'🙂 text\n'.repeat(40)}~~~\nend `.repeat(3);
    for (let limit = 20; limit < 700; limit++) {
      expect(Buffer.byteLength(cutMarkdown(text, limit, notice))).toBeLessThanOrEqual(limit);
    }
  });
});
