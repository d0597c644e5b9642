import { type Parse, rememberingParser } from '../engine/model/project.ts';
import { isReadable } from '../engine/project.ts';
import type { AnalysisQuestion } from './protocol.ts';

/**
 * A parser for each request, which knows what the last one read: the rounds of one analysis, and the scans of one repository, share
 * most of their texts. Holds no more than one request's texts, so that nothing grows, and an attacker's texts, which may need much
 * memory, are gone before another repository is read.
 */
export function parserWithMemory(): (question: Pick<AnalysisQuestion, 'base' | 'head'>) => Parse {
  let known = new Map<string, ReturnType<Parse>>();
  return ({ base, head }) => {
    const files = [...head.files.values(), ...(base?.files.values() ?? [])];
    const texts = new Set(files.flatMap((file) => (isReadable(file) ? [file.text] : [])));
    known = new Map([...known].filter(([text]) => texts.has(text)));
    const own = known;
    // What a proof reads is remembered too, but not beyond the request.
    const others = rememberingParser();
    return (text) => {
      const document = own.get(text) ?? others(text);
      if (texts.has(text)) own.set(text, document);
      return document;
    };
  };
}
