import type { Located, SourceFile } from './source.ts';
import type { Text } from './text.ts';

/** Something that is written as one text, whose span is its own. */
export abstract class OfText implements Located {
  readonly text: Text;

  constructor(text: Text) {
    this.text = text;
  }

  get source(): SourceFile {
    return this.text.source;
  }

  get start(): number {
    return this.text.start;
  }

  get end(): number {
    return this.text.end;
  }

  get value(): string {
    return this.text.value;
  }
}
