import type { Job } from './job.ts';
import type { Located, SourceFile } from './source.ts';
import type { Text } from './text.ts';
import { Token } from './token.ts';
import type { Workflow } from './workflow.ts';

/** `empty` is `{}`; `unknown`: an expression, nothing written, or a word that GitHub refuses. */
export type PermissionsKind = 'read-all' | 'write-all' | 'empty' | 'map' | 'unknown';

/** One line of a permissions map. */
export interface PermissionEntry {
  /** As written. */
  readonly scope: string;
  /** As written: `read`, `write`, `none`, or what GitHub refuses. */
  readonly level: string;
  /** The key's span, the value's, and both together. */
  readonly key: Located;
  readonly value: Text;
  readonly at: Located;
}

/** A declared `permissions:` of a workflow or a job. Its span is its value. */
export class Permissions implements Located {
  readonly owner: Workflow | Job;
  /** The span of the word `permissions`. */
  readonly key: Located;
  readonly start: number;
  readonly end: number;
  readonly kind: PermissionsKind;
  readonly entries: readonly PermissionEntry[];
  /** What a job gets by it, before a caller or an event takes away. */
  readonly token: Token;

  constructor(owner: Workflow | Job, key: Located) {
    const node = owner.find('permissions') ?? owner.node;
    this.owner = owner;
    this.key = key;
    this.start = node.start;
    this.end = node.end;
    this.entries = node.kind === 'map' && node !== owner.node ? entriesOf(owner) : [];
    const word = owner.text('permissions')?.value.trim();
    if (word === 'read-all' || word === 'write-all') this.kind = word;
    else if (node.kind === 'map') this.kind = node.entries.length > 0 ? 'map' : 'empty';
    else this.kind = 'unknown';
    this.token = tokenOf(this.kind, this.entries);
  }

  get source(): SourceFile {
    return this.owner.source;
  }

  get job(): Job | null {
    return this.owner.kind === 'job' ? this.owner : null;
  }

  get workflow(): Workflow {
    return this.owner.kind === 'job' ? this.owner.workflow : this.owner;
  }
}

function entriesOf(owner: Workflow | Job): readonly PermissionEntry[] {
  const map = owner.find('permissions');
  if (map?.kind !== 'map') return [];
  return map.entries.flatMap(({ key }) => {
    const text = owner.text('permissions', key.text);
    if (!text) return [];
    // An aliased level stands elsewhere.
    const at = owner.source.at({ start: key.start, end: text.start > key.start ? text.end : key.end });
    return [{ scope: key.text, level: text.value, key: owner.source.at(key), value: text, at }];
  });
}

function tokenOf(kind: PermissionsKind, entries: readonly PermissionEntry[]): Token {
  if (kind === 'read-all') return Token.all('read');
  if (kind === 'write-all') return Token.all('write');
  if (kind === 'unknown') return Token.unknown;
  return Token.of(entries.map((entry) => [entry.scope, entry.level] as const));
}
