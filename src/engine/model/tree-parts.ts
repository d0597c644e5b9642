import type { Access, Binary, Call, Expr } from '../expression/parse.ts';
import { parts } from './visit-expression.ts';

/** The parts of an expression by what they are. */
export interface TreeParts {
  readonly accesses: readonly Access[];
  readonly calls: readonly Call[];
  readonly comparisons: readonly Binary[];
}

const known = new WeakMap<Expr, TreeParts>();

/** Worked out once for a tree, and equal texts have the same one: most expressions stand in many places. */
export function partsOf(tree: Expr): TreeParts {
  const before = known.get(tree);
  if (before) return before;
  const all =
    tree.kind === 'access' && tree.path.every((segment) => typeof segment === 'string') ? [tree] : parts(tree);
  const found = {
    accesses: all.filter((part) => part.kind === 'access'),
    calls: all.filter((part) => part.kind === 'call'),
    comparisons: all.filter((part) => part.kind === 'binary'),
  };
  known.set(tree, found);
  return found;
}
