import { describe, expect, test } from '@jest/globals';
import { parseCommand } from '../../src/commands/parse.ts';

const rescan = { name: 'rescan', args: [] };

// A bot may echo an attacker's text, and a person may quote or explain a command: neither gives it (T3).
describe('which comments are commands', () => {
  test.each<[string, string, ReturnType<typeof parseCommand>]>([
    ['a command alone', '/gargoyle rescan', rescan],
    [
      'with arguments',
      '/gargoyle waive a1b2c3d4 30d used only in tests',
      { name: 'waive', args: ['a1b2c3d4', '30d', 'used', 'only', 'in', 'tests'] },
    ],
    ['bare', '/gargoyle', { name: '', args: [] }],
    ['bare with spaces', '/gargoyle   ', { name: '', args: [] }],
    ['in capitals, as a telephone writes it', '/Gargoyle Rescan', rescan],
    ['several spaces and tabs', '/gargoyle \t rescan', rescan],
    ['after text', 'Thanks!\n\n/gargoyle rescan', rescan],
    ['on the line behind text', 'Thanks!\n/gargoyle rescan\nBye', rescan],
    ['CRLF', 'Thanks!\r\n/gargoyle rescan\r\nBye', rescan],
    ['up to three spaces are no code', '   /gargoyle rescan', rescan],
    ['an unknown command is named', '/gargoyle frobnicate x', { name: 'frobnicate', args: ['x'] }],
    ['the first wins', '/gargoyle rescan\n/gargoyle help', rescan],
    ['the first outside code wins', '```\n/gargoyle fix all\n```\n/gargoyle rescan', rescan],
    ['behind a closed fence', '```\nx\n```\n/gargoyle rescan', rescan],
    ['behind a closed span', '`x`\n/gargoyle rescan', rescan],
    ['behind a closed comment', '<!-- x -->\n/gargoyle rescan', rescan],
    ['behind a quotation and an empty line', '> x\n\n/gargoyle rescan', rescan],
    ['backticks without a partner are text', 'a ` b\n/gargoyle rescan', rescan],
    ['an escaped backtick opens nothing', 'a \\` b\n/gargoyle rescan\nc ` d', rescan],
    ['a span does not cross an empty line', 'a ` b\n\n/gargoyle rescan\n\nc ` d', rescan],
    ['a comment mark without an end, amid text', 'a <!-- b\n/gargoyle rescan', rescan],
    ['an empty comment', '', null],
    ['no command', 'just text', null],
    ['amid a line', 'please /gargoyle rescan', null],
    ['in a list', '- /gargoyle rescan', null],
    ['another word', '/gargoyles rescan', null],
    ['a path', '/gargoyle/rescan', null],
    ['a mention', '@gargoyle rescan', null],
    ['quoted', '> /gargoyle rescan', null],
    ['quoted without a space', '>/gargoyle rescan', null],
    ['quoted twice', '> > /gargoyle rescan', null],
    ['quoted, with a fence in it', '> ```\n> /gargoyle rescan\n> ```', null],
    ['on the line below a quotation, which goes on with it', '> x\n/gargoyle rescan', null],
    ['on the second line below it', '> x\ny\n/gargoyle rescan', null],
    ['below a fence below a quotation', '> x\n```\n```\n/gargoyle rescan', rescan],
    ['below a quoted fence, which ends with the quotation', '> ```\n> ```\n/gargoyle rescan', rescan],
    ['a backtick in a quotation opens nothing below it', '> `\n\n/gargoyle rescan\nc ` d', rescan],
    ['in a code span', '`/gargoyle rescan`', null],
    ['in a span over several lines', 'a ` b\n/gargoyle rescan\nc ` d', null],
    ['in a span of two backticks', 'a `` b ` c\n/gargoyle rescan\nd `` e', null],
    ['in a fence', '```\n/gargoyle rescan\n```', null],
    ['in a fence with a language', '```sh\n/gargoyle rescan\n```', null],
    ['in a fence of tildes', '~~~\n/gargoyle rescan\n~~~', null],
    ['in a longer fence that a shorter does not close', '````\n```\n/gargoyle rescan\n````', null],
    ['in a fence that the other kind does not close', '~~~\n```\n/gargoyle rescan\n~~~', null],
    ['in a fence that nothing closes', '```\n/gargoyle rescan', null],
    ['a closing fence takes no language', '```\n``` sh\n/gargoyle rescan\n```', null],
    ['in a fence that an indented one does not close', '```\n    ```\n/gargoyle rescan\n```', null],
    ['in a fence of a list’s item', '- ```\n  /gargoyle rescan\n  ```', null],
    ['in a fence of a numbered item', '10. ```\n    x\n   /gargoyle rescan\n    ```', null],
    ['behind the closed fence of an item', '1.  ```\n    x\n    ```\n\n/gargoyle rescan', rescan],
    ['below a quotation in a list', '- > x\n/gargoyle rescan', null],
    ['preformatted in a list', '- <pre>\n/gargoyle rescan\n</pre>', null],
    ['behind a list', '- x\n- y\n\n/gargoyle rescan', rescan],
    ['indented code', 'x\n\n    /gargoyle rescan', null],
    ['indented by a tab', '\t/gargoyle rescan', null],
    ['in a comment', '<!-- /gargoyle rescan -->', null],
    ['in a comment over several lines', '<!--\n/gargoyle rescan\n-->', null],
    ['in a comment with empty lines', '<!--\n\n/gargoyle rescan\n\n-->', null],
    ['in a comment that nothing closes', '<!--\n\n/gargoyle rescan', null],
    ['in a comment amid text', 'a <!-- b\n/gargoyle rescan\n-->', null],
    ['in preformatted HTML', '<pre>\n/gargoyle rescan\n</pre>', null],
    ['in quoted HTML', '<blockquote>\n\n/gargoyle rescan\n\n</blockquote>', null],
  ])('%s', (_, body, expected) => {
    expect(parseCommand(body)).toEqual(expected);
  });

  test('arguments are bounded in number and length', () => {
    const parsed = parseCommand(`/gargoyle waive ${Array.from({ length: 100 }, () => 'x'.repeat(500)).join(' ')}`);
    expect(parsed?.args).toHaveLength(20);
    expect(parsed?.args[0]).toHaveLength(200);
  });

  test.each([
    ['backticks of every length', Array.from({ length: 360 }, (_, n) => '`'.repeat(n)).join(' ')],
    ['comments that nothing closes', 'a<!--'.repeat(13_000)],
    ['fences', '```x\n'.repeat(13_000)],
    ['slashes', '/gargoyle \t'.repeat(6000)],
    ['spaces', `/gargoyle${' '.repeat(65_000)}x`],
  ])('the largest comment of %s is read at once', (_, body) => {
    const start = performance.now();
    parseCommand(`${body}\n/gargoyle rescan`);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
