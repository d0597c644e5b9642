import type { Element } from './element.ts';
import { mapOf } from './nodes.ts';
import type { Located } from './source.ts';
import type { Text } from './text.ts';

/** One entry of an `env:`. */
export interface Variable {
  readonly name: string;
  readonly key: Located;
  readonly text: Text;
}

/** An `env:` of a workflow, job, step or container. */
export class Variables {
  /** By name as written: runners on Linux and macOS know case. */
  readonly byName: ReadonlyMap<string, Variable>;
  /** `env: ${{ … }}`: nothing can be said of its names. */
  readonly isDynamic: boolean;
  /** The first of each name in lower case. */
  #byLower: ReadonlyMap<string, Variable> | undefined;

  constructor(owner: Element, path: readonly string[]) {
    const node = owner.find(...path);
    const byName = new Map<string, Variable>();
    for (const { key } of mapOf(node)?.entries ?? []) {
      const text = owner.text(...path, key.text);
      if (text) byName.set(key.text, { name: key.text, key: owner.source.at(key), text });
    }
    this.byName = byName;
    this.isDynamic = node?.kind === 'scalar' && !node.isEmpty;
  }

  /** A variable by name; case counts only for the first choice. */
  get(name: string): Variable | null {
    const exact = this.byName.get(name);
    if (exact || this.byName.size === 0) return exact ?? null;
    // Built from the end: the first of several stays.
    this.#byLower ??= new Map([...this.byName.values()].reverse().map((one) => [one.name.toLowerCase(), one]));
    return this.#byLower.get(name.toLowerCase()) ?? null;
  }
}
