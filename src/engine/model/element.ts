import { ensureEntry, insertEntry, insertEntryBefore, removeEntry } from '../yaml/edit.ts';
import { type MapNode, type Node, resolve, type ScalarNode } from '../yaml/tree.ts';
import type { Action } from './action.ts';
import type { Expression } from './expression.ts';
import type { Job } from './job.ts';
import type { Located, SourceEdit, SourceFile } from './source.ts';
import type { Step } from './step.ts';
import { Text } from './text.ts';
import type { Workflow } from './workflow.ts';

/** What texts and expressions belong to. */
export type Owner = Workflow | Action | Job | Step;

/** A map of a file that GitHub gives a meaning: a workflow, a job, a step, an action. */
export abstract class Element implements Located {
  readonly source: SourceFile;
  readonly node: MapNode;
  #texts: Texts | undefined;
  #expressions: readonly Expression[] | undefined;

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

  /** Where it stands by names, not lines: `jobs.build.steps.test`; '' for a workflow or action. */
  abstract get route(): string;

  /** Its own kind, for texts made below it. */
  protected abstract get owner(): Owner;

  /** Dotted paths of keys whose values are elements of their own. */
  protected abstract get inner(): readonly string[];

  /** The scalar at a path of keys, as a text. */
  text(...path: readonly string[]): Text | null {
    const [key = ''] = path;
    return this.#own.byPath.get(path.length === 1 ? key : path.join('\0')) ?? null;
  }

  /** The text of a scalar that stands in this element; where aliases give it several places, the first. */
  textOf(scalar: ScalarNode): Text | null {
    return this.#own.byNode.get(scalar) ?? null;
  }

  /** The node at a path of keys, aliases resolved on the way. */
  find(...path: readonly string[]): Node | null {
    let node: Node = this.node;
    for (const key of path) {
      const found: Node | undefined = node.kind === 'map' ? node.get(key) : undefined;
      if (!found) return null;
      node = resolve(found);
    }
    return node;
  }

  /** The key itself, as a span; null when it is absent. */
  key(name: string): Located | null {
    const entry = this.node.entry(name);
    return entry ? this.source.at(entry.key) : null;
  }

  /** All its texts in the order of the source, those of inner elements left out. A scalar that is aliased has one for each place. */
  get texts(): Iterable<Text> {
    return this.#own.byPath.values();
  }

  /** All its expressions, those of inner elements left out. */
  get expressions(): readonly Expression[] {
    this.#expressions ??= [...this.texts].flatMap((text) => text.expressions);
    return this.#expressions;
  }

  /** Makes a path of keys hold a value, creating maps on the way: `step.ensure(['with', 'persist-credentials'], 'false')`. */
  ensure(path: readonly string[], value: string): SourceEdit | null {
    return this.source.edit(ensureEntry(this.source.text, this.node, path, value));
  }

  /** Adds `key: value` behind its last entry; `value` is YAML as written, further lines indented from column 0. */
  insert(key: string, value: string): SourceEdit | null {
    return this.source.edit(insertEntry(this.source.text, this.node, key, value));
  }

  /** Adds `key: value` before the entry `before`. */
  insertBefore(before: string, key: string, value: string): SourceEdit | null {
    return this.source.edit(insertEntryBefore(this.source.text, this.node, before, key, value));
  }

  /** Takes an entry away. */
  remove(key: string): SourceEdit | null {
    return this.source.edit(removeEntry(this.source.text, this.node, key));
  }

  get #own(): Texts {
    this.#texts ??= this.#collect();
    return this.#texts;
  }

  #collect(): Texts {
    const byPath = new Map<string, Text>();
    const byNode = new Map<ScalarNode, Text>();
    const { owner, inner } = this;
    // `name`: the keys behind the first; `path`: all of them. The element itself has none.
    const visit = (node: Node, key: string | null, name: string | null, path: string): void => {
      const found = resolve(node);
      if (key !== null && inner.length > 0 && inner.includes(name ? `${key}.${name}` : key)) return;
      if (found.kind === 'scalar') {
        if (found.isEmpty) return;
        const text = new Text(found, { owner, key: key ?? '', name: name ?? '' });
        byPath.set(path, text);
        if (!byNode.has(found)) byNode.set(found, text);
        return;
      }
      const below = (one: Node, next: string) => {
        if (key === null) visit(one, next, null, next);
        else visit(one, key, name === null ? next : `${name}.${next}`, `${path}\0${next}`);
      };
      if (found.kind === 'map') for (const entry of found.entries) below(entry.value, entry.key.text);
      else for (const [index, item] of found.items.entries()) below(item, String(index));
    };
    visit(this.node, null, null, '');
    return { byPath, byNode };
  }
}

interface Texts {
  /** Keys on the way, joined by NUL, which no file holds. */
  readonly byPath: ReadonlyMap<string, Text>;
  readonly byNode: ReadonlyMap<ScalarNode, Text>;
}
