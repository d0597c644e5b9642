/** The page shows what an attacker wrote: none of it may become markup, and nothing may be loaded from elsewhere. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { markdown } from '../../simulator/page/markdown.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { installationClient } from './client.ts';

jest.setTimeout(30_000); // compiling the published schemas takes long on a busy machine

const shown = (text: string): string => markdown(text).text.replace(/^<div class="markdown">|<\/div>$/g, '');

describe('Markdown', () => {
  test.each([
    [
      'a paragraph with **bold**, *em*, `code` and ~~old~~',
      '<p>a paragraph with <strong>bold</strong>, <em>em</em>, <code>code</code> and <del>old</del></p>',
    ],
    ['## Title', '<h2>Title</h2>'],
    ['- a\n  - b\n- c', '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>'],
    ['1. a\n2. b', '<ol><li>a</li><li>b</li></ol>'],
    [
      '| a | b |\n| --- | --- |\n| `x\\|y` | 2 |',
      '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td><code>x|y</code></td><td>2</td></tr></tbody></table>',
    ],
    ['````\n```\n````', '<pre class="lang-"><code>```</code></pre>'],
    ['<details><summary>More</summary>\n\ntext\n\n</details>', '<details><summary>More</summary><p>text</p></details>'],
    [
      '[ok](https://example.org/a?b=1&c)',
      '<p><a href="https://example.org/a?b=1&amp;c" rel="nofollow noopener">ok</a></p>',
    ],
    ['snake_case_name and 2 * 3 * 4', '<p>snake_case_name and 2 * 3 * 4</p>'],
    ['&lt;b&gt; &amp;lt;', '<p>&lt;b&gt; &amp;lt;</p>'],
    ['seen <!-- gargoyle:mark --> here', '<p>seen  here</p>'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](data:text/html,<script>)',
    '![x](https://evil/x.png)',
    '`<script>`',
    '```"><script>\n<script>\n```',
    '<details open onclick=alert(1)>',
    '# <svg/onload=alert(1)>',
    '| <script> | b |\n|--|--|\n| <img> | c |',
    '[<script>](https://a"onmouseover=alert(1))',
    '&#60;script&#62;',
    '<b onclick=alert(1)>x</b>',
    '<summary><script></summary>',
    '> <iframe>',
    'https://a/"><script>',
    '@<script>',
    '<sub><script></sub>',
    '\\<script>',
  ])('stays text: %s', (text) => {
    const tags = [...shown(text).matchAll(/<\/?([a-z0-9]+)([^>]*)>/gi)];
    for (const [, name, attributes] of tags) {
      expect([
        'p',
        'h1',
        'code',
        'pre',
        'details',
        'summary',
        'a',
        'span',
        'sub',
        'b',
        'blockquote',
        'table',
        'thead',
        'tbody',
        'tr',
        'th',
        'td',
      ]).toContain(name);
      expect(attributes).toMatch(
        /^( (open|rel="nofollow noopener"|class="(mention|image|lang-\w*)"|href="(https?:\/\/|#)[^"]*"))*$/,
      );
    }
  });

  test('end tags of an attacker close nothing, and what is left open is closed', () => {
    expect(shown('</details></details>\n<details>')).toBe('<details></details>');
  });

  test.each([
    ['*'.repeat(60_000)],
    ['['.repeat(60_000)],
    ['`a'.repeat(30_000)],
    ['<!--'.repeat(15_000)],
    ['> '.repeat(2000)],
    [`${'| '.repeat(30_000)}\n|--|`],
  ])('hostile lengths end in less than two seconds', (text) => {
    const started = Date.now();
    shown(text);
    expect(Date.now() - started).toBeLessThan(2000);
  });
});

describe('a pull request', () => {
  let simulator: Simulator;
  let page: string;
  let response: Response;
  const EVIL = '"><script>alert(1)</script><img src=https://evil/x>';

  beforeAll(async () => {
    simulator = await startSimulator();
    const repository = await simulator.repository('octo', 'app');
    await repository.commit(
      'change',
      { [`evil${EVIL.replaceAll('/', '')}.yml`]: `${EVIL}\n`, 'ci.yml': 'run: a\n' },
      EVIL,
    );
    const pull = await repository.openPull({ head: 'change', title: EVIL, body: EVIL });
    const client = await installationClient(simulator, await simulator.install('octo'));
    const annotations = [
      {
        path: 'ci.yml',
        start_line: 1,
        end_line: 1,
        annotation_level: 'failure',
        message: EVIL,
        title: EVIL,
        raw_details: EVIL,
      },
    ];
    await client.rest('POST', '/repos/octo/app/check-runs', {
      name: EVIL,
      head_sha: pull.head,
      external_id: EVIL,
      conclusion: 'failure',
      output: { title: EVIL, summary: EVIL, text: EVIL, annotations },
      actions: [{ label: '"><script>', description: '"><script>', identifier: 'x' }],
    });
    const comments = [{ path: 'ci.yml', line: 1, side: 'RIGHT', body: `${EVIL}\n\`\`\`suggestion\n${EVIL}\n\`\`\`` }];
    await client.rest('POST', '/repos/octo/app/pulls/1/reviews', {
      commit_id: pull.head,
      event: 'COMMENT',
      body: EVIL,
      comments,
    });
    const comment = await pull.comment('dev', EVIL);
    await client.rest('POST', `/repos/octo/app/issues/comments/${comment.id}/reactions`, { content: 'eyes' });
    expect(simulator.problems()).toEqual([]);
    response = await fetch(pull.url);
    page = await response.text();
  });
  afterAll(() => simulator.close());

  test('shows check, annotation, suggestion as a diff, comment and reaction', () => {
    for (const part of ['icon failure', 'class="annotation failure"', 'Suggested change', '👀', '1 of 1 check failing'])
      expect(page).toContain(part);
  });

  test('has no script and no image of anybody', () => {
    expect(page.replace(/<\/?(svg|rect|text)\b[^>]*>/g, '')).not.toMatch(/<(script|img|iframe|object|style|form)\b/i);
    expect(page).not.toMatch(/<[^>]*\son\w+=/i);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('is listed', async () => {
    expect(await (await fetch(simulator.url)).text()).toContain('href="/octo/app/pull/1"');
  });
});
