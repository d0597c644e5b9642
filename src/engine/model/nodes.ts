import { type MapNode, type Node, resolve, type ScalarNode, type SequenceNode } from '../yaml/tree.ts';

/** The map behind a node, through aliases; null for everything else. */
export function mapOf(node: Node | null | undefined): MapNode | null {
  const found = node && resolve(node);
  return found?.kind === 'map' ? found : null;
}

/** The sequence behind a node, through aliases; null for everything else. */
export function sequenceOf(node: Node | null | undefined): SequenceNode | null {
  const found = node && resolve(node);
  return found?.kind === 'sequence' ? found : null;
}

/** The scalar behind a node, through aliases; null for everything else and where nothing is written (`key:`). */
export function scalarOf(node: Node | null | undefined): ScalarNode | null {
  const found = node && resolve(node);
  return found?.kind === 'scalar' && !found.isEmpty ? found : null;
}

/** The scalars of a node that GitHub lets be one string or a list of strings. */
export function scalarsOf(node: Node | null | undefined): readonly ScalarNode[] {
  const one = scalarOf(node);
  if (one) return [one];
  return (sequenceOf(node)?.items ?? []).map(scalarOf).filter((scalar) => scalar !== null);
}
