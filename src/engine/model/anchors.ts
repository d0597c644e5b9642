import type { Node, Range } from '../yaml/tree.ts';
import type { Located, SourceFile } from './source.ts';

/** An anchor that no alias names. Its span is `&name`; `edit` is what goes with it when it is taken away. */
export interface UnusedAnchor extends Located {
  readonly name: string;
  readonly edit: Located;
}

/** Anchors without an alias. One that is set anew before it was used is unused as well. */
export function unusedAnchors(source: SourceFile): readonly UnusedAnchor[] {
  const anchored: Exclude<Node, { kind: 'alias' }>[] = [];
  const used = new Set<Node>();
  const visit = (node: Node): void => {
    if (node.kind === 'alias') {
      used.add(node.target);
      return;
    }
    if (node.anchor !== null) anchored.push(node);
    if (node.kind === 'sequence') for (const item of node.items) visit(item);
    if (node.kind === 'map') {
      for (const { key, value } of node.entries) {
        visit(key);
        visit(value);
      }
    }
  };
  const { root } = source.document;
  if (root) visit(root);
  return anchored.flatMap((node) => (used.has(node) ? [] : (placed(source, node) ?? [])));
}

/** The anchor stands before its node, maybe on the line before, with a tag or a comment between. */
function placed(source: SourceFile, node: Exclude<Node, { kind: 'alias' }>): UnusedAnchor | null {
  const name = node.anchor ?? '';
  const written = `&${name}`;
  const { text } = source;
  for (let start = text.lastIndexOf(written, node.start); start >= 0; start = text.lastIndexOf(written, start - 1)) {
    const end = start + written.length;
    const isWhole = !/[^\s,\]}]/.test(text[end] ?? ' ') && !/[^\s:[{,-]/.test(text[start - 1] ?? ' ');
    if (isWhole && !isInComment(source, start))
      return { ...source.at({ start, end }), name, edit: source.at(withBlank(text, start, end)) };
    if (start === 0) break;
  }
  return null;
}

function isInComment(source: SourceFile, at: number): boolean {
  const { comments } = source.document;
  let [low, high] = [0, comments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.end ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return (comments[low]?.start ?? at + 1) <= at;
}

/** With the blank behind it; before the end of its line, with the one before it. */
function withBlank(text: string, start: number, end: number): Range {
  // `- &a` on a line of its own: the item moves up, where it stands below the anchor exactly.
  const [gap] = /^[ \t]*\r?\n *(?=[^\s#])/.exec(text.slice(end, end + 200)) ?? [];
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  if (gap && text.slice(start - 2, start) === '- ' && gap.length - gap.indexOf('\n') - 1 === column) {
    return { start, end: end + gap.length };
  }
  if (/[ \t]/.test(text[end] ?? '')) return { start, end: end + 1 };
  return /[ \t]/.test(text[start - 1] ?? '') ? { start: start - 1, end } : { start, end };
}
