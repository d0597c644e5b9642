import type { Access } from '../expression/parse.ts';
import { type Node, resolve } from '../yaml/tree.ts';
import type { Job } from './job.ts';
import { type Lack, lacking, nameIn, namesIn } from './lack.ts';
import type { MatrixValue } from './matrix.ts';
import { mapOf, sequenceOf } from './nodes.ts';
import { once } from './once.ts';

/** Names by their lower case. */
type Names = ReadonlyMap<string, string>;

/** `matrix.x` that no combination has, and `matrix.x.y` where no value of x has y. */
export function matrixLack(access: Access, job: Job): Lack | null {
  const [, key, inner] = access.path;
  const keys = keysOf(job);
  if (typeof key !== 'string' || keys === null) return null;
  if (keys.size === 0) {
    const lack = lacking(access, 1, `job \`${job.id}\` has no matrix, so there is no ${nameIn(access, 1)} in it`, []);
    return { ...lack, subject: `matrix of ${job.id}` };
  }
  if (!keys.has(key)) {
    return lacking(access, 1, `the matrix of job \`${job.id}\` has no ${nameIn(access, 1)}`, keys.values());
  }
  if (typeof inner !== 'string' || inner === '*') return null;
  const names = innerNames(job, key);
  if (names === null || names.has(inner)) return null;
  // A value may have what others lack, and a job be ready for values to come: only a slip is sure.
  const message = `no value of \`matrix.${access.written[1]}\` has ${nameIn(access, 2)}`;
  return lacking(access, 2, message, names.values(), false);
}

/** All keys of a job's matrix, none where it has no matrix; null where they are made at run time. */
const keysOf = once((job: Job): Names | null => {
  const node = job.find('strategy', 'matrix');
  if (!node) return job.text('strategy') ? null : new Map();
  const map = mapOf(node);
  const includes = map?.get('include');
  const include = includes ? sequenceOf(includes) : null;
  if (!map || (includes && !include)) return null;
  const items = include?.items.map(mapOf) ?? [];
  if (items.includes(null)) return null;
  const keys = new Map([map, ...items].flatMap((one) => [...namesIn(one)]));
  if ([...keys.keys()].some((key) => key.includes('${{'))) return null;
  keys.delete('include');
  keys.delete('exclude');
  return keys.size === 0 ? null : keys;
});

const inner = once((_job: Job) => new Map<string, Names | null>());

/** What the values of a key have, none for texts; null where some are made at run time. */
function innerNames(job: Job, key: string): Names | null {
  const known = inner(job);
  const before = known.get(key);
  if (before !== undefined) return before;
  const names = readNames(job, key);
  known.set(key, names);
  return names;
}

function readNames(job: Job, key: string): Names | null {
  const found = job.matrix?.values([key]);
  if (!found?.isComplete || found.values.length === 0) return null;
  const all = found.values.map((value) => namesOf(job, value));
  if (all.includes(null)) return null;
  return new Map(all.flatMap((names) => [...(names ?? [])]));
}

function namesOf(job: Job, { text, value, items, start, end }: MatrixValue): Names | null {
  if (text) return text.isLiteral ? new Map() : null;
  if (value !== null) return new Map();
  const names = items.length > 0 ? null : (mapsOf(job).get(`${start}:${end}`) ?? null);
  return names && [...names.keys()].some((name) => name.includes('${{')) ? null : names;
}

/** The maps of a matrix by where they stand. */
const mapsOf = once((job: Job): ReadonlyMap<string, Names> => {
  const maps = new Map<string, Names>();
  const seen = new Set<Node>();
  const open = [job.find('strategy', 'matrix')];
  for (let node = open.pop(); node; node = open.pop()) {
    const found = resolve(node);
    // An alias may lead to the same place a thousand times.
    if (seen.has(found)) continue;
    seen.add(found);
    if (found.kind === 'sequence') open.push(...found.items);
    if (found.kind !== 'map') continue;
    maps.set(`${found.start}:${found.end}`, namesIn(found));
    open.push(...found.entries.map(({ value }) => value));
  }
  return maps;
});
