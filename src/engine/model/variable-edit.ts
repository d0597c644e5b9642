import { removeEntry } from '../yaml/edit.ts';
import type { Element } from './element.ts';
import { mapOf } from './nodes.ts';
import type { SourceEdit } from './source.ts';

/** Takes a variable out of an element's own `env:`, and the `env:` away with the last one; null where that can't be done. */
export function withoutVariable(owner: Element, name: string): SourceEdit | null {
  const env = mapOf(owner.find('env'));
  if (!env?.entry(name)) return null;
  if (env.entries.length === 1) return owner.remove('env');
  return owner.source.edit(removeEntry(owner.source.text, env, name));
}
