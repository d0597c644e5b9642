import type { Script } from '../model/script.ts';
import { parseBash } from '../shell/bash.ts';
import type { ShellCommand, ShellWord } from '../shell/script.ts';
import type { Range } from '../yaml/tree.ts';

/** More are not looked into: each is a parse of its own. */
const MAX_INNER = 16;

/** The commands of a script, with those of `bash -c '…'` behind their own; the ranges are of such text. */
export function withInner(
  script: Script,
  commands: readonly ShellCommand[],
): { readonly commands: readonly ShellCommand[]; readonly ranges: readonly Range[] } {
  const words = commands.flatMap((command) => innerWord(command) ?? []).slice(0, MAX_INNER);
  if (words.length === 0) return { commands, ranges: [] };
  const { value } = script;
  const masked = script.expressions.map(({ from, to }) => ({ start: from, end: to }));
  const inner = words.map(({ start, end }, at) => {
    // Blanks around it keep the offsets.
    const text = `${' '.repeat(start + 1)}${value.slice(start + 1, end - 1)}`;
    const found = parseBash(text, masked)?.commands ?? [];
    return found.map((one) => ({ ...one, pipeline: { ...one.pipeline, id: one.pipeline.id + (at + 1) * 100_000 } }));
  });
  const all = commands.flatMap((command) => {
    const word = innerWord(command);
    const at = word ? words.findIndex(({ start }) => start === word.start) : -1;
    return [command, ...(inner[at] ?? []).map((one) => ({ ...one, isCaptured: one.isCaptured || command.isCaptured }))];
  });
  return { commands: all, ranges: words };
}

/** The script behind `-c`, where it is one string in quotes. */
function innerWord({ words }: ShellCommand): ShellWord | null {
  const at = words.findIndex(({ text }) => /^(?:\/(?:usr\/)?bin\/)?(?:ba|da|z|k)?sh$/.test(text));
  const option = at < 0 ? -1 : words.findIndex(({ text }, index) => index > at && /^-[a-z]*c$/.test(text));
  const word = option < 0 ? undefined : words[option + 1];
  return word?.quoted && word.end - word.start > 2 ? word : null;
}
