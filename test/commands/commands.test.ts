import { describe, expect, test } from '@jest/globals';
import type { CommandContext } from '../../src/commands/command.ts';
import { commandNamed } from '../../src/commands/commands.ts';
import { catalogue, compared, finding, HEAD, verdict } from '../report/sample.ts';

const one = compared();
const gone = finding({ line: 99 });
const context: CommandContext = {
  catalogue,
  head: HEAD,
  verdict: verdict({ findings: [one], fixed: [gone], unverified: [{ path: 'a.yml', rule: null, reason: 'x' }] }),
};
const answer = (name: string, ...args: string[]) => commandNamed(name).answer(args, context);
const replyOf = (name: string, ...args: string[]) => answer(name, ...args).reply ?? '';

describe('who may give a command', () => {
  test.each([
    ['help', 'read-only'],
    ['rescan', 'read-only'],
    ['explain', 'read-only'],
    ['fix', 'write'],
    ['waive', 'write'],
  ] as const)('%s: %s', (name, authority) => {
    expect(commandNamed(name)).toMatchObject({ name, authority });
  });
});

test('rescan leads to a scan; the fresh check run is the answer', () => {
  expect(answer('rescan')).toEqual({ does: 'rescan', reply: null, ok: true });
});

describe('help', () => {
  test('names every command, and who may give it', () => {
    for (const name of ['help', 'rescan', 'explain', 'fix', 'waive'])
      expect(replyOf('help')).toContain(`\`/gargoyle ${name}`);
    expect(replyOf('help')).toMatch(/waive .*\(needs write permission\)/);
  });

  test('shows the state', () => {
    expect(replyOf('help')).toContain('**`c0ffee0`: fails** (1 blocking, 0 to look at, 1 fixed, 1 not verified)');
  });

  test('without a verdict', () => {
    expect(commandNamed('help').answer([], { ...context, verdict: null }).reply).toContain(
      'not scanned to the end yet',
    );
  });

  test('is what a bare /gargoyle asks for', () => {
    expect(commandNamed('').name).toBe('help');
  });
});

describe('explain', () => {
  test.each([
    ['a rule', 'unpinned-uses'],
    ['in capitals', 'Unpinned-Uses'],
    ['in backticks', '`unpinned-uses`'],
    ['in the angles of the usage', '<unpinned-uses>'],
  ])('%s', (_, what) => {
    expect(answer('explain', what)).toMatchObject({ does: 'nothing', ok: true });
    expect(replyOf('explain', what)).toContain('**Why:** The why of unpinned-uses.');
  });

  test('a rule, and where it is broken here', () => {
    expect(replyOf('explain', 'template-injection')).toContain(`- \`${one.path}:${one.line}\`: `);
  });

  test('a finding by its eight characters', () => {
    const reply = replyOf('explain', one.fingerprint.slice(0, 8));
    expect(reply).toContain('(critical, new, blocks)');
    expect(reply).toContain('**Started by:** anyone who can comment');
  });

  test('a finding that this change fixed', () => {
    expect(replyOf('explain', gone.fingerprint)).toContain('fixed by this change');
  });

  test.each([
    ['nothing', []],
    ['too little of a finding', [one.fingerprint.slice(0, 7)]],
    ['what there is not', ['0'.repeat(64)]],
    ['untrusted text', ['@octo/all<img>']],
  ])('refuses %s in one sentence', (_, args) => {
    const { ok, reply } = answer('explain', ...args);
    expect(ok).toBe(false);
    expect(reply).toMatch(/^[^.]*\.$/);
    expect(reply?.replace(/`[^`]*`/g, '')).not.toMatch(/[@<]/);
  });

  test('a prefix that two findings share', () => {
    const twins = ['a', 'b'].map((end) => compared({ fingerprint: 'ab'.repeat(31) + end.repeat(2) }));
    const { ok, reply } = commandNamed('explain').answer(['abababab'], {
      ...context,
      verdict: verdict({ findings: twins }),
    });
    expect({ ok, reply }).toEqual({
      ok: false,
      reply: 'More than one finding begins with `abababab`: give more of it.',
    });
  });
});

describe('what is not there', () => {
  test.each(['fix', 'waive'])('%s says so in one sentence', (name) => {
    const { ok, does, reply } = answer(name);
    expect({ ok, does }).toEqual({ ok: false, does: 'nothing' });
    expect(reply).toContain('not built yet');
  });

  test('an unknown command is named, as code', () => {
    expect(answer('@octo`x')).toEqual({
      does: 'nothing',
      ok: false,
      reply: "I don't know the command ``@octo`x``; `/gargoyle help` lists those that I do.",
    });
  });

  test('a name that every object has is no command', () => {
    expect(commandNamed('constructor').name).toBe('unknown');
  });
});
