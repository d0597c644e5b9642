/** Why a filter's pattern is refused or never matches; the span is in the decoded text. `remedy`: a text for the span that cures it. */
export interface GlobFault {
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly remedy?: string;
  readonly isSure: boolean;
}

/** Characters that git has in no branch or tag (git-check-ref-format), so a pattern with one never matches. */
const NOT_IN_REFS = /[ ~^:\t\n]|\.\.|@\{|\/\//;

/** What is wrong with a pattern of `branches`, `tags` or `paths`; null when nothing is. */
export function globFault(pattern: string, of: 'ref' | 'path'): GlobFault | null {
  if (pattern.includes('${{')) return null;
  const from = pattern.startsWith('!') ? 1 : 0;
  const body = pattern.slice(from);
  if (body === '') return { from: 0, to: pattern.length, message: 'the pattern is empty', isSure: true };
  return (
    spaceFault(pattern) ??
    structureFault(pattern, from) ??
    (of === 'ref' ? refFault(pattern, from) : pathFault(pattern, from))
  );
}

function spaceFault(pattern: string): GlobFault | null {
  const trimmed = pattern.trim();
  if (trimmed === pattern) return null;
  return {
    from: 0,
    to: pattern.length,
    message: 'the blanks at its ends are compared too, so it never matches',
    remedy: trimmed,
    isSure: true,
  };
}

function structureFault(pattern: string, start: number): GlobFault | null {
  for (let at = start; at < pattern.length; at += 1) {
    const char = pattern[at];
    if (char === '\\') at += 1;
    else if ((char === '?' || char === '+') && at === start) {
      return {
        from: at,
        to: at + 1,
        message: `nothing stands before the \`${char}\`, which repeats the character before it`,
        isSure: true,
      };
    } else if (char === '[') {
      const end = pattern.indexOf(']', at + 1);
      if (end < 0) return { from: at, to: pattern.length, message: 'the `[` is never closed', isSure: true };
      const message = classFault(pattern.slice(at + 1, end));
      if (message) return { from: at, to: end + 1, message, isSure: true };
      at = end;
    }
  }
  return null;
}

/** GitHub knows ranges of letters and digits. */
function classFault(inner: string): string | null {
  if (inner === '') return 'the brackets are empty';
  for (const [, first = '', last = ''] of inner.matchAll(/([A-Za-z0-9])-([A-Za-z0-9])/g)) {
    const isOneKind = [/[a-z]/, /[A-Z]/, /[0-9]/].some((kind) => kind.test(first) && kind.test(last));
    if (!isOneKind || first > last) return `\`${first}-${last}\` is no range`;
  }
  return null;
}

function refFault(pattern: string, start: number): GlobFault | null {
  const full = /^refs\/(heads|tags)\//.exec(pattern.slice(start));
  if (full) {
    const to = start + full[0].length;
    return {
      from: start,
      to,
      message: `names are compared without \`${full[0]}\`, so it never matches`,
      remedy: '',
      isSure: true,
    };
  }
  const illegal = NOT_IN_REFS.exec(pattern);
  if (illegal) {
    const to = illegal.index + illegal[0].length;
    return {
      from: illegal.index,
      to,
      message: `no name has ${/\s/.test(illegal[0]) ? 'a blank' : `\`${illegal[0]}\``}, so it never matches`,
      isSure: true,
    };
  }
  const isEdge = pattern[start] === '/' || pattern.endsWith('/');
  return isEdge
    ? { from: 0, to: pattern.length, message: 'no name begins or ends with `/`, so it never matches', isSure: true }
    : null;
}

function pathFault(pattern: string, start: number): GlobFault | null {
  const dots = /^(\.\.?\/)+/.exec(pattern.slice(start));
  if (dots) {
    const isInside = !dots[0].includes('..');
    return {
      from: start,
      to: start + dots[0].length,
      message: `paths are compared from the root of the repository, without \`${dots[0]}\`, so it never matches`,
      ...(isInside ? { remedy: '' } : {}),
      isSure: true,
    };
  }
  // Both are compared with whole paths of files; what GitHub makes of the slash is written nowhere.
  if (pattern[start] === '/')
    return {
      from: start,
      to: start + 1,
      message: 'paths have no `/` at their beginning, so it never matches',
      remedy: '',
      isSure: false,
    };
  if (pattern.endsWith('/'))
    return {
      from: pattern.length - 1,
      to: pattern.length,
      message: 'no file ends with `/`, so it never matches',
      remedy: '/**',
      isSure: false,
    };
  return null;
}
