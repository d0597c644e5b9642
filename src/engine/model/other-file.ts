import { Lines } from '../yaml/lines.ts';
import { parseYaml } from '../yaml/parse.ts';
import type { Node } from '../yaml/tree.ts';
import { type Located, SourceFile } from './source.ts';

/** A file that is neither a workflow nor an action nor Dependabot's: text, until somebody asks for more. */
export class OtherFile {
  readonly kind = 'other';
  readonly source: SourceFile;
  #root: Node | null | undefined;

  constructor(path: string, text: string) {
    this.source = new SourceFile(path, 'other', text, { root: null, comments: [], lines: new Lines(text) });
  }

  get path(): string {
    return this.source.path;
  }

  get text(): string {
    return this.source.text;
  }

  /** A span of its text. */
  span(start: number, end: number): Located {
    return this.source.at({ start, end });
  }

  /** Its tree where it is YAML or JSON, with spans of this file; null where it is empty. Throws `Unreadable`. */
  get yaml(): Node | null {
    if (this.#root === undefined) this.#root = parseYaml(this.text).root;
    return this.#root;
  }
}
