import type { Access } from '../expression/parse.ts';
import { nearest } from '../spelling.ts';
import type { Node } from '../yaml/tree.ts';
import { mapOf } from './nodes.ts';

/** A name of an access that is not there, so that the whole is always empty. */
export interface Lack {
  /** Names up to the one that is not there, in lower case: the same for every place that lacks it. */
  readonly subject: string;
  /** A clause; what is probably meant is part of it. */
  readonly message: string;
  /** It can't be there. Else it is not declared, and may be there all the same. */
  readonly isSure: boolean;
}

/** `at`: which name of the path; `known`: the names that are there, of which one is perhaps meant. */
export function lacking(access: Access, at: number, message: string, known: Iterable<string>, isSure = true): Lack {
  const near = nearest(access.written[at] ?? '', known);
  const subject = access.path.slice(0, at + 1).map((segment) => (typeof segment === 'string' ? segment : '*'));
  return {
    // `github.event.inputs.x` and `inputs.x` are one.
    subject: subject.join('.').replace(/^github\.event\.inputs\./, 'inputs.'),
    message: near ? `${message}; \`${near}\` is probably meant` : message,
    isSure: isSure || near !== null,
  };
}

/** A name as it is written. */
export function nameIn({ written }: Access, at: number): string {
  return `\`${(written[at] ?? '').slice(0, 100).replaceAll('`', '´')}\``;
}

/** The keys of a map by their lower case. */
export function namesIn(map: Node | null | undefined): ReadonlyMap<string, string> {
  return new Map((mapOf(map)?.entries ?? []).map(({ key }) => [key.text.toLowerCase(), key.text]));
}
