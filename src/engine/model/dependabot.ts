import type { MapNode } from '../yaml/tree.ts';
import type { Located, SourceFile } from './source.ts';

/** `.github/dependabot.yml`. */
export class Dependabot implements Located {
  readonly kind = 'dependabot';
  readonly source: SourceFile;
  readonly node: MapNode;
  /** The file as a whole has no names on the way. */
  readonly route = '';

  constructor(source: SourceFile, node: MapNode) {
    this.source = source;
    this.node = node;
  }

  get start(): number {
    return this.node.start;
  }

  get end(): number {
    return this.node.end;
  }
}
