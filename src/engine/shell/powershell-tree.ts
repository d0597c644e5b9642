import type { TreeCursor } from 'web-tree-sitter';

/** A node of the grammar of tree-sitter-powershell 0.26; offsets are UTF-16 indices. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly children: readonly SyntaxNode[];
}

/** Levels of precedence, of which each expression has a dozen; their children are given to the node around. */
const PRECEDENCE =
  /^(?:logical|bitwise|comparison|additive|multiplicative|format|range|array_literal|unary)(?:_argument)?_expression$/;

/** Copies the named nodes and the pipes out of a tree. Iterative: parentheses nest as deep as the text is long. Null beyond the budget. */
export function flatten(cursor: TreeCursor, budget: number): SyntaxNode | null {
  const top: SyntaxNode[] = [];
  const root = { type: cursor.nodeType, start: cursor.startIndex, end: cursor.endIndex, children: top };
  // The lists that the nodes on the way down put their children in.
  const lists: SyntaxNode[][] = [top];
  let left = budget;
  let isDown = cursor.gotoFirstChild();
  while (isDown) {
    if (--left < 0) return null;
    const list = lists.at(-1) ?? top;
    const type = cursor.nodeType;
    const children: SyntaxNode[] = PRECEDENCE.test(type) ? list : [];
    const isKept = children !== list && (cursor.nodeIsNamed || type === '|');
    if (isKept) list.push({ type, start: cursor.startIndex, end: cursor.endIndex, children });
    if (cursor.gotoFirstChild()) {
      lists.push(children);
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      isDown = lists.length > 1 && cursor.gotoParent();
      if (!isDown) break;
      lists.pop();
    }
  }
  return root;
}

/** All nodes in the order of the source, each before its children. */
export function* nodesOf(root: SyntaxNode): Generator<SyntaxNode> {
  const stack = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    for (let i = node.children.length - 1; i >= 0; i--) {
      const child = node.children[i];
      if (child !== undefined) stack.push(child);
    }
  }
}
