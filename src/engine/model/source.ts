import type { Place } from '../finding.ts';
import type { FileKind } from '../project.ts';
import type { YamlDocument } from '../yaml/parse.ts';
import type { Range } from '../yaml/tree.ts';

/** A span of a file: UTF-16 offsets, end exclusive. Everything in the model is one. */
export interface Located extends Range {
  readonly source: SourceFile;
}

/** A span and what it says. */
export interface LocatedText extends Located {
  readonly value: string;
}

/** Replaces a span of a file's text. */
export interface SourceEdit extends Located {
  readonly text: string;
}

/** One parsed file. */
export class SourceFile {
  readonly path: string;
  readonly kind: FileKind;
  readonly text: string;
  readonly document: YamlDocument;

  constructor(path: string, kind: FileKind, text: string, document: YamlDocument) {
    this.path = path;
    this.kind = kind;
    this.text = text;
    this.document = document;
  }

  /** A span of this file. */
  at(range: Range): Located {
    return { source: this, start: range.start, end: range.end };
  }

  /** What is written in a span. */
  slice(range: Range): string {
    return this.text.slice(range.start, range.end);
  }

  /** A span as path, lines and columns. */
  place(range: Range): Place {
    const start = this.document.lines.position(range.start);
    const end = this.document.lines.position(range.end);
    return { path: this.path, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
  }

  /** An edit of this file; null stays null (an edit that could not be made). */
  edit(edit: (Range & { readonly text: string }) | null): SourceEdit | null {
    return edit === null ? null : { source: this, start: edit.start, end: edit.end, text: edit.text };
  }
}

/** Writes `text` in the place of a span. */
export function replace(at: Located, text: string): SourceEdit {
  return { source: at.source, start: at.start, end: at.end, text };
}
