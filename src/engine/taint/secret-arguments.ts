import { IDENTIFIER_NAME, type SecretArgument, secretArguments } from '../../knowledge/secret-arguments.ts';
import type { Script } from '../model/script.ts';
import type { Located } from '../model/source.ts';
import { secretsOfText } from './secret-values.ts';
import { expansionsOf } from './secret-words.ts';

/** A secret in a variable that a program is given as an argument. */
export interface SecretInArgument {
  readonly at: Located;
  readonly names: readonly string[];
  readonly program: string;
  readonly row: SecretArgument;
}

const rows: readonly SecretArgument[] = secretArguments;

/** Arguments that are secrets, of programs that take them by their input or a variable too. */
export function secretsInArguments(script: Script): readonly SecretInArgument[] {
  const isPowerShell = script.shell === 'pwsh' || script.shell === 'powershell';
  return script.commands.flatMap(({ name, words }): readonly SecretInArgument[] => {
    const row = rows.find(
      (one) => one.names.includes(name) && (!one.verb || words.some(({ text }) => text === one.verb)),
    );
    const at = row ? words.findIndex(({ text }) => row.option.test(text)) : -1;
    if (!row || at < 1) return [];
    return words.slice(at, at + 2).flatMap((word) => {
      const variables = expansionsOf(word.text, isPowerShell).map((one) => one.name.replace(/^env:/, ''));
      const names = variables.flatMap((variable) => {
        const given = script.step.variable(variable);
        return given ? secretsOfText(given.text) : [];
      });
      const own = names.filter((one) => !IDENTIFIER_NAME.test(one));
      return own.length > 0 ? [{ at: script.text.span(word.start, word.end), names: own, program: name, row }] : [];
    });
  });
}
