import type { Located } from '../engine/model/source.ts';
import type { Step } from '../engine/model/step.ts';
import type { Text } from '../engine/model/text.ts';
import { holdsPersonsToken } from '../engine/model/token-choice.ts';
import { usesTable } from '../engine/model/uses-table.ts';
import { defineRule } from '../engine/rule.ts';
import type { ShellCommand } from '../engine/shell/script.ts';
import { BOT_IDENTITY, IDENTITY_INPUTS, NOBODYS_HOST } from '../knowledge/bot-identities.ts';

export const personAsActor = defineRule({
  id: 'person-as-actor',
  severity: 'low',
  confidence: 'medium',
  section: 'Identity',
  summary: 'Automation commits in a person’s name',
  why: 'A commit that a workflow makes in somebody’s name looks like that person’s own work: nobody looks twice at what was put in there, and the person answers for it.',
  remedy: 'Commit as the App’s or as GitHub’s bot: `41898282+github-actions[bot]@users.noreply.github.com`.',
  visit: {
    *step(step) {
      for (const { at, email } of identities(step)) {
        if (!isPersons(email)) continue;
        yield {
          at,
          message: `What the workflow commits bears a person’s name (\`${email}\`), not a bot’s`,
          subject: email.toLowerCase(),
          route: '' as const,
          // The name follows from the token, which is found as such.
          audience: holdsPersonsToken(step) ? ('pedantic' as const) : ('regular' as const),
        };
      }
    },
  },
});

const rowsOf = usesTable(IDENTITY_INPUTS, ({ action }) => [action]);

/** Subcommands of git that write a name down. */
const MAKES = /^(?:commit|tag|merge|rebase|cherry-pick|am|revert|pull)$/;

interface Written {
  readonly at: Located;
  readonly email: string;
}

/** Addresses that a step's commits are made under. */
function identities(step: Step): readonly Written[] {
  const { script, uses } = step;
  const commits = (script?.commands ?? []).some(
    ({ name, words }) => name === 'git' && words.some(({ text }) => MAKES.test(text)),
  );
  const byScript = (script?.commands ?? []).flatMap((command) => {
    const word = emailOf(command);
    return word && script ? [{ at: script.text.span(word.start, word.end), email: word.text }] : [];
  });
  const row = uses && rowsOf(uses)[0];
  const texts = [
    ...(row?.inputs ?? []).map((input) => step.with(input)),
    ...['GIT_AUTHOR_EMAIL', 'GIT_COMMITTER_EMAIL'].map((name) =>
      commits ? (step.variable(name)?.text ?? null) : null,
    ),
  ];
  return [...byScript, ...texts.flatMap((text) => (text?.isLiteral ? [given(text)] : []))];
}

function given(text: Text): Written {
  return { at: text, email: text.value };
}

/** `git config --global user.email x`, `git -c user.email=x commit`, `git commit --author='A <x>'`: the word with the address. */
function emailOf({ name, words }: ShellCommand) {
  if (name !== 'git') return null;
  const setting = words.findIndex(({ text }) => text === 'user.email');
  const word = setting >= 0 ? words[setting + 1] : words.find(({ text }) => /^(user\.email=|--author=)/.test(text));
  if (!word?.isLiteral) return null;
  return { ...word, text: word.text.replace(/^(user\.email=|--author=)/, '') };
}

/** An address of a person, as far as its words say: made-up ones and those of programs are not. */
function isPersons(value: string): boolean {
  if (!/^[^@\n]{1,80}@[^@\s]{3,80}$/.test(value) || /x{4}|\$|%/.test(value)) return false;
  const [local = ''] = value.split('@');
  return !BOT_IDENTITY.test(local) && !NOBODYS_HOST.test(value);
}
