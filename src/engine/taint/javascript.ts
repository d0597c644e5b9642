/** The literal that a place in JavaScript stands in; `code` outside of all. */
export type Literal = { readonly quote: 'code' | '//' | '/*' | "'" | '"' | '`'; readonly start: number };

interface Open {
  readonly quote: Literal['quote'] | '${';
  readonly start: number;
  /** Braces open since. */
  depth: number;
}

/**
 * The innermost literal around each offset, by a scan of strings, templates and comments. Null when the scan does not
 * come out even: a regular expression with quotes, or a script that is broken. Offsets ascending.
 */
export function literalsAt(code: string, offsets: readonly number[]): readonly Literal[] | null {
  const stack: Open[] = [{ quote: 'code', start: 0, depth: 0 }];
  const found: Literal[] = [];
  let next = 0;
  for (let at = 0; at < code.length; at += 1) {
    const top = stack.at(-1);
    if (!top) return null;
    for (; offsets[next] === at; next += 1)
      found.push({ quote: top.quote === '${' ? 'code' : top.quote, start: top.start });
    at += step(code, at, top, stack);
  }
  const last = stack.at(-1);
  const isEven = stack.length === 1 || (stack.length === 2 && last?.quote === '//');
  return isEven && found.length === offsets.length ? found : null;
}

/** Reads one character; answers how many more belong to it. */
function step(code: string, at: number, top: Open, stack: Open[]): number {
  const char = code[at] ?? '';
  const pair = code.slice(at, at + 2);
  if (top.quote === 'code' || top.quote === '${') return inCode(char, pair, at, top, stack);
  if (top.quote === '//') return char === '\n' ? close(stack) : 0;
  if (top.quote === '/*') return pair === '*/' ? close(stack) + 1 : 0;
  if (char === '\\') return 1;
  if (char === top.quote) return close(stack);
  if (top.quote === '`' && pair === '${') return open(stack, '${', at) + 1;
  // A string of one line that goes on is no string: the scan is wrong.
  if (top.quote !== '`' && char === '\n') stack.length = 0;
  return 0;
}

function inCode(char: string, pair: string, at: number, top: Open, stack: Open[]): number {
  if (pair === '//' || pair === '/*') return open(stack, pair, at) + 1;
  if (char === "'" || char === '"' || char === '`') return open(stack, char, at);
  if (char === '{') top.depth += 1;
  if (char === '}' && top.quote === '${' && top.depth === 0) return close(stack);
  if (char === '}') top.depth -= 1;
  return 0;
}

function open(stack: Open[], quote: Open['quote'], start: number): number {
  stack.push({ quote, start, depth: 0 });
  return 0;
}

function close(stack: Open[]): number {
  stack.pop();
  return 0;
}
