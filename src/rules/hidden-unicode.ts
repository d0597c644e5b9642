import { type HiddenCharacter, hiddenCharacters } from '../engine/model/hidden-characters.ts';
import { replace, type SourceFile } from '../engine/model/source.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

export const hiddenUnicode = defineRule({
  id: 'hidden-unicode',
  severity: 'high',
  section: 'Hygiene',
  summary: 'Characters that nobody sees',
  why: 'Text that is shown in another order than it is read, characters without width, and letters of another alphabet that look the same make a reviewer approve other code than what runs.',
  remedy: 'Write the text anew without them; where one is meant, write it as an escape.',
  peers: [],
  visit: {
    *workflow({ source }) {
      yield* problems(source);
    },
    *action({ source }) {
      yield* problems(source);
    },
    *dependabot({ source }) {
      yield* problems(source);
    },
  },
});

function* problems(source: SourceFile): Generator<Problem> {
  for (const found of hiddenCharacters(source.text)) {
    const at = source.at(found);
    yield {
      at,
      message: `${what(found)}: what a reviewer sees is not what GitHub reads`,
      subject: 'characters',
      route: '',
      member: found.name,
      fix:
        found.kind === 'look-alike'
          ? null
          : { title: 'Take the hidden characters away', safe: false, edits: [replace(at, '')] },
    };
  }
}

function what({ kind, name, word }: HiddenCharacter): string {
  switch (kind) {
    case 'order':
      return `\`${name}\` turns the order in which the text around it is shown`;
    case 'invisible':
      return `\`${name}\` stands here and takes no room`;
    case 'look-alike':
      return `\`${word}\` mixes alphabets (\`${name}\` looks like a Latin letter)`;
  }
}
