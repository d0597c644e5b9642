import { describe, expect, test } from '@jest/globals';
import type { Comment } from '../../src/github/comments.ts';
import type { AnswerComment } from '../../src/queue/tasks.ts';
import { answerComment } from '../../src/tasks/answer-comment.ts';
import { context, givenTools, NOW, place, pullOf } from './given.ts';

const WRITER = 1;
const AUTHOR = 2;
const STRANGER = 3;
const LOGINS: Record<number, string> = { [WRITER]: 'hubot', [AUTHOR]: 'Mona', [STRANGER]: 'mallory' };

function comment(author: number, parts: Partial<Comment> = {}): Comment {
  return {
    id: 50,
    body: '/gargoyle rescan',
    createdAt: NOW,
    author: { id: author, isBot: false },
    isMember: false,
    isOwn: false,
    ...parts,
  };
}

function task(author: number, name = 'rescan'): AnswerComment {
  return {
    kind: 'answer-comment',
    ...place,
    pull: 12,
    deliveryId: 'd',
    commentId: 50,
    author: { id: author, login: LOGINS[author] ?? '' },
    command: { name, args: [] },
  };
}

function given(author: number, parts: Partial<Comment> = {}) {
  const all = givenTools();
  all.github.writers.add(WRITER);
  all.github.comment = comment(author, parts);
  all.github.recent = [all.github.comment];
  return all;
}

/** Protects: who may, asked of GitHub at that moment; and that strangers cannot make the App write (T3). */
describe('who may', () => {
  test.each([
    ['somebody with write access', WRITER, {}, true],
    ['the pull request’s author, for what only reads', AUTHOR, {}, true],
  ])('%s: 👀, and a fresh scan that brings the 🚀', async (_, author, parts) => {
    const { tools, github, queued } = given(author, parts);
    await answerComment(task(author), tools, context());
    expect(github.reactions).toEqual(['eyes']);
    expect(queued).toMatchObject([{ kind: 'scan-pull-request', reason: 'rescan', commentId: 50, pull: 12 }]);
    expect(github.said).toEqual([]);
  });

  test('a member who may not: 😕 and one sentence', async () => {
    const { tools, github, queued } = given(STRANGER, { isMember: true });
    await answerComment(task(STRANGER), tools, context());
    expect(github.reactions).toEqual(['confused']);
    expect(github.said).toHaveLength(1);
    expect(queued).toEqual([]);
  });

  test.each([
    ['a stranger', STRANGER, {}],
    ['a bot', WRITER, { author: { id: WRITER, isBot: true } }],
    ['a delivery that names another author than GitHub does', WRITER, { author: { id: STRANGER, isBot: false } }],
    ['a comment whose account is gone', WRITER, { author: null }],
  ])('%s: silence', async (_, author, parts) => {
    const { tools, github, queued } = given(author, parts);
    await answerComment(task(author), tools, context());
    expect([github.reactions, github.said, queued]).toEqual([[], [], []]);
  });

  test('a comment that was deleted: silence', async () => {
    const { tools, github, queued } = given(WRITER);
    github.comment = null;
    await answerComment(task(WRITER), tools, context());
    expect([github.reactions, queued]).toEqual([[], []]);
  });

  test('the eleventh command of an hour is not done', async () => {
    const { tools, github, queued } = given(WRITER);
    github.recent = Array.from({ length: 11 }, (_, index) => comment(WRITER, { id: 40 + index }));
    await answerComment(task(WRITER), tools, context());
    expect([github.reactions, queued]).toEqual([['confused'], []]);
  });

  test('what strangers write does not use the hour up', async () => {
    const { tools, github, queued } = given(WRITER);
    github.recent = Array.from({ length: 40 }, (_, index) => comment(STRANGER, { id: index + 1 }));
    await answerComment(task(WRITER), tools, context());
    expect(queued).toHaveLength(1);
  });

  test('a person with the login of the bot that opened it is a stranger', async () => {
    const { tools, github, queued } = given(AUTHOR);
    github.pull = pullOf({ isBot: true, authorId: null });
    await answerComment(task(AUTHOR), tools, context());
    expect([github.reactions, queued]).toEqual([[], []]);
  });

  test('the tenth is', async () => {
    const { tools, github, queued } = given(WRITER);
    github.recent = Array.from({ length: 10 }, (_, index) => comment(WRITER, { id: 41 + index }));
    await answerComment(task(WRITER), tools, context());
    expect(queued).toHaveLength(1);
    expect(github.reactions).toEqual(['eyes']);
  });
});

describe('what is answered', () => {
  test('help is said, and 🚀', async () => {
    const { tools, github } = given(WRITER);
    await answerComment(task(WRITER, 'help'), tools, context());
    expect(github.reactions).toEqual(['eyes', 'rocket']);
    expect(github.said[0]).toContain('/gargoyle rescan');
  });

  test('a command that is not built yet says so in one answer', async () => {
    const { tools, github, queued } = given(WRITER);
    await answerComment(task(WRITER, 'fix'), tools, context());
    expect(github.reactions).toEqual(['eyes', 'confused']);
    expect(github.said).toHaveLength(1);
    expect(queued).toEqual([]);
  });

  test('a retry does not say it twice', async () => {
    const { tools, github } = given(WRITER);
    github.recent.push(comment(9, { id: 51, isOwn: true, body: 'Help\n\n<!-- gargoyle:answer:50 -->' }));
    await answerComment(task(WRITER, 'help'), tools, context({ attempt: 2 }));
    expect(github.said).toEqual([]);
  });

  test('a closed pull request has nothing to scan', async () => {
    const { tools, github, queued } = given(WRITER);
    github.pull = pullOf({ isOpen: false });
    await answerComment(task(WRITER), tools, context());
    expect(queued).toEqual([]);
    expect(github.said[0]).toContain('closed');
  });
});
