import { TextCache } from '../text-cache.ts';
import type { Owner } from './element.ts';
import { actionSchema, type Schema, typeOfKey, workflowSchema } from './schema.ts';
import type { Text } from './text.ts';

/** What expressions may name at a place. */
export interface Available {
  /** Contexts, in lower case. */
  readonly contexts: ReadonlySet<string>;
  /** Functions that exist only in some places, in lower case → the fewest and most arguments. */
  readonly functions: ReadonlyMap<string, Arity>;
}

interface Arity {
  readonly min: number;
  readonly max: number;
}

/** The runner's schema of actions has no root. */
const ACTION_KEYS: ReadonlyMap<string, string> = new Map([
  ['runs', 'runs-strict'],
  ['inputs', 'inputs'],
  ['outputs', 'outputs'],
]);

const known = new Map<string, Available>();
/** The same by where a text stands: the same keys and names come again in every file. */
const places = new TextCache<Available | null>(100_000);

/** What the expressions of a text may name; null where none may stand, and where GitHub does not know the key. */
export function availableAt(text: Text): Available | null {
  const { owner, key, name } = text.site;
  const isStep = owner.kind === 'step';
  return places.of(`${owner.kind} ${isStep && owner.action !== null} ${key} ${name}`, () => readAt(text));
}

function readAt(text: Text): Available | null {
  const { schema, chain } = typesOf(text);
  if (chain === null) return null;
  const id = `${schema === actionSchema} ${chain.join()}`;
  const available = known.get(id) ?? read(chain.flatMap((type) => schema.shapes(type).context));
  known.set(id, available);
  return available.contexts.size === 0 ? null : available;
}

/** Whether the place of a text can hold a list or a map too, so that an expression may give one. */
export function takesObjects(text: Text): boolean {
  const { schema, chain } = typesOf(text);
  const shapes = chain?.at(-1);
  if (shapes === undefined) return true;
  const { list, maps, scalars } = schema.shapes(shapes);
  return list !== null || maps.length > 0 || !scalars.has('string');
}

function typesOf({ site: { owner, key, name } }: Text): { schema: Schema; chain: readonly string[] | null } {
  const [first = '', ...rest] = [...pathTo(owner), key, ...(name === '' ? [] : name.split('.'))];
  const isAction = owner.kind === 'action' || (owner.kind === 'step' && owner.action !== null);
  return isAction
    ? { schema: actionSchema, chain: typesAt(actionSchema, ACTION_KEYS.get(first) ?? 'any', rest) }
    : { schema: workflowSchema, chain: typesAt(workflowSchema, 'workflow-root-strict', [first, ...rest]) };
}

/** Keys from the root of the file to an element; of ids and indices any will do. */
function pathTo(owner: Owner): readonly string[] {
  switch (owner.kind) {
    case 'workflow':
    case 'action':
      return [];
    case 'job':
      return ['jobs', 'x'];
    case 'step':
      return owner.action ? ['runs', 'steps', '0'] : ['jobs', 'x', 'steps', '0'];
  }
}

/** The types on the way to a path: what one allows, all below it may name. */
function typesAt(schema: Schema, root: string, path: readonly string[]): readonly string[] | null {
  const chain = [root];
  let types: readonly string[] = [root];
  for (const key of path) {
    const shapes = types.map((type) => schema.shapes(type));
    const isEnd = shapes.every(({ maps, list }) => maps.length === 0 && list === null);
    // The name of a variable may have a dot.
    if (isEnd) break;
    const next = shapes.flatMap(({ maps, list }) => [
      ...(list !== null && /^\d+$/.test(key) ? [list] : []),
      ...maps.flatMap((shape) => typeOfKey(shape, key) ?? shape.others ?? []),
    ]);
    types = [...new Set(next)];
    if (types.length === 0) return null;
    chain.push(...types);
  }
  return chain;
}

function read(context: readonly string[]): Available {
  const functions = new Map<string, Arity>();
  const contexts = new Set<string>();
  for (const one of context) {
    const [, name, min, max] = /^(\w+)\((\d+),(\w+)\)$/.exec(one) ?? [];
    if (name === undefined) contexts.add(one.toLowerCase());
    else {
      const most = max === 'MAX' ? Number.POSITIVE_INFINITY : Number(max);
      functions.set(name.toLowerCase(), { min: Number(min), max: most });
    }
  }
  return { contexts, functions };
}
