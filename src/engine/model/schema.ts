import { githubSchema } from '../../knowledge/github-schema.ts';
import {
  dependabotSchema,
  type SchemaDefinition,
  type SchemaDefinitions,
  schemaAdditions,
} from '../../knowledge/schema-additions.ts';
import type { ScalarNode } from '../yaml/tree.ts';

const DAY = 24 * 60 * 60 * 1000;
/** In days. GitHub learns new keys every few weeks, so an older table proves nothing. */
const TOO_OLD = 90;

const TEXT: SchemaDefinition = { text: {} };
const BUILT_IN: ReadonlyMap<string, SchemaDefinition> = new Map([
  ['string', TEXT],
  ['sequence', { list: 'any' }],
  ['mapping', { keys: {}, others: 'any' }],
  ['any', { oneOf: ['null', 'boolean', 'number', 'string', 'sequence', 'mapping'] }],
]);

/** One of the maps that a value may be. */
export interface MapShape {
  readonly keys: ReadonlyMap<string, string>;
  /** Type of all other keys; null: there are no others. */
  readonly others: string | null;
  /** Keys that must be there. */
  readonly needed: readonly string[];
}

/** The shapes that a value may have where a type is expected: one-ofs taken apart. */
export interface Shapes {
  /** Kinds of scalars that it may be; `string` where any text will do, `filled` where any but the empty one. */
  readonly scalars: ReadonlySet<'null' | 'boolean' | 'number' | 'string' | 'filled'>;
  /** The texts that it may be, where only some will do. */
  readonly values: readonly string[];
  /** Type of a list's items; null: no list. */
  readonly list: string | null;
  readonly maps: readonly MapShape[];
  /** Expressions may stand in it. */
  readonly isOpen: boolean;
  /** What they may name: contexts, and functions with the fewest and most arguments (`hashFiles(1,255)`). */
  readonly context: readonly string[];
}

/** A schema of one kind of file. */
export class Schema {
  readonly #definitions: ReadonlyMap<string, SchemaDefinition>;
  readonly #shapes = new Map<string, Shapes>();

  constructor(definitions: SchemaDefinitions, additions: SchemaDefinitions = {}) {
    const all = new Map(Object.entries(definitions));
    for (const [name, added] of Object.entries(additions)) {
      const known = all.get(name);
      all.set(name, { ...known, ...added, ...(known?.keys ? { keys: { ...known.keys, ...added.keys } } : {}) });
    }
    this.#definitions = all;
  }

  /** Whether a type is a map with that key. */
  hasKey(type: string, key: string): boolean {
    return this.shapes(type).maps.some((shape) => shape.keys.has(key));
  }

  shapes(type: string): Shapes {
    const known = this.#shapes.get(type);
    if (known) return known;
    const shapes = this.#read(type);
    this.#shapes.set(type, shapes);
    return shapes;
  }

  #read(type: string): Shapes {
    if (type === 'null' || type === 'boolean' || type === 'number') {
      return { scalars: new Set([type]), values: [], list: null, maps: [], isOpen: false, context: [] };
    }
    const {
      text,
      list,
      keys,
      others = null,
      values = [],
      oneOf = [],
      context = [],
    } = this.#definitions.get(type) ?? BUILT_IN.get(type) ?? {};
    const parts = oneOf.map((one) => this.shapes(one));
    const scalars = new Set(parts.flatMap((part) => [...part.scalars]));
    if (text && text.is === undefined) scalars.add(text.filled ? 'filled' : 'string');
    return {
      scalars,
      values: [...values, ...(text?.is === undefined ? [] : [text.is]), ...parts.flatMap((part) => part.values)],
      list: list ?? parts.find((part) => part.list !== null)?.list ?? null,
      maps: [...(keys ? [mapShape(keys, others)] : []), ...parts.flatMap((part) => part.maps)],
      isOpen: context.length > 0 || parts.some((part) => part.isOpen),
      context: [...context, ...parts.flatMap((part) => part.context)],
    };
  }
}

function mapShape(keys: Readonly<Record<string, string>>, others: string | null): MapShape {
  const entries = Object.entries(keys);
  return {
    // A Map: a key of the file like `constructor` is no property of it.
    keys: new Map(entries.map(([key, type]) => [key, type.replace(/^!/, '')])),
    others,
    needed: entries.flatMap(([key, type]) => (type.startsWith('!') ? [key] : [])),
  };
}

/** Type of a known key; null where the map does not know it. */
export function typeOfKey({ keys }: MapShape, key: string): string | null {
  return keys.get(key) ?? null;
}

/** Whether a scalar without an expression is one of the shapes, as GitHub compares: what is no string may stand for one. */
export function isScalarOf({ scalars, values }: Shapes, node: ScalarNode): boolean {
  if (scalars.has('string') || values.includes(node.text)) return true;
  const { value } = node;
  if (value === null) return scalars.has('null');
  if (typeof value === 'boolean' && scalars.has('boolean')) return true;
  if (typeof value === 'number' && scalars.has('number')) return true;
  return scalars.has('filled') && node.text !== '';
}

export const workflowSchema = new Schema(githubSchema.workflow, schemaAdditions);
export const actionSchema = new Schema(githubSchema.action);
export const dependabotFileSchema = new Schema(dependabotSchema);

/** GitHub may have learnt what the tables don't know: they are older than 90 days. Without a date they count as current. */
export function isSchemaOld(today: string | null): boolean {
  return today !== null && Date.parse(today) - Date.parse(githubSchema.date) > TOO_OLD * DAY;
}

/** Every event that starts a workflow. */
export const workflowEvents: ReadonlySet<string> = new Set(
  workflowSchema.shapes('on-mapping-strict').maps.flatMap((shape) => [...shape.keys.keys()]),
);
