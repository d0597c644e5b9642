/**
 * A webhook's payload: GitHub's own example of the event, overlaid with what is true here, checked against the published schema.
 * Keys come from the example, so that a payload never has one that GitHub doesn't send.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

type Json = Readonly<Record<string, unknown>>;

interface Example {
  readonly name: string;
  readonly examples: readonly (Json & { readonly action?: string })[];
}

const require = createRequire(import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(require.resolve(path), 'utf8'));

let examples: ReadonlyMap<string, Example['examples']> | null = null;
let schemas: Ajv | null = null;
const chosen = new Map<string, Json>();

/** Definitions are compiled when first met and kept for the process: one takes half a second, all of them nine. */
function validator(): Ajv {
  if (schemas) return schemas;
  const ajv = new Ajv({
    strict: false,
    validateSchema: false,
    logger: false,
    inlineRefs: false,
    code: { optimize: false },
  });
  addFormats.default(ajv);
  ajv.addSchema({ ...(read('@octokit/webhooks-schemas') as Json), $id: 'webhooks' });
  schemas = ajv;
  return ajv;
}

/** What the published schema finds wrong with a payload; null when it is valid. */
export function payloadProblem(event: string, payload: Json): string | null {
  const action = typeof payload.action === 'string' ? payload.action : 'event';
  const validate = validator().getSchema(`webhooks#/definitions/${event}%24${action}`);
  if (!validate) return `no published schema for ${event}.${action}`;
  if (validate(payload) === true) return null;
  const error = validate.errors?.[0];
  return `${error?.instancePath ?? ''} ${error?.message ?? ''} ${JSON.stringify(error?.params ?? {})}`;
}

/** The longest example of an event, one that validates if there is one, its names and addresses replaced. */
export function exampleOf(
  event: string,
  action: string | null,
  site: { url: string; owner: string; name: string },
): Json {
  const key = `${event}.${action}`;
  const best = chosen.get(key) ?? choose(event, action);
  chosen.set(key, best);
  return renamed(best, site);
}

function choose(event: string, action: string | null): Json {
  examples ??= new Map(
    (read('@octokit/webhooks-examples') as readonly Example[]).map((one) => [one.name, one.examples]),
  );
  const all = examples.get(event) ?? [];
  const fitting = all.filter((example) => action === null || example.action === action);
  const valid = fitting.filter((example) => payloadProblem(event, example) === null);
  const [best] = [...(valid.length > 0 ? valid : fitting)].sort(
    (a, b) => JSON.stringify(b).length - JSON.stringify(a).length,
  );
  if (!best) throw new Error(`no example of ${event}.${action}`);
  return best;
}

function renamed(example: Json, site: { url: string; owner: string; name: string }): Json {
  const repository = example.repository as { full_name?: string; owner?: { login?: string } } | undefined;
  let text = JSON.stringify(example)
    .replaceAll('https://api.github.com', `${site.url}/api/v3`)
    .replaceAll('https://github.com', site.url);
  if (repository?.full_name) text = text.replaceAll(repository.full_name, `${site.owner}/${site.name}`);
  if (repository?.owner?.login) text = text.replaceAll(repository.owner.login, site.owner);
  return JSON.parse(text) as Json;
}

/** The example with every value that is known here; objects key by key, arrays and the rest as they are. */
export function overlay(example: unknown, real: unknown): unknown {
  if (real === undefined) return example;
  if (!isObject(example) || !isObject(real)) return sameTime(example, real);
  return Object.fromEntries(Object.entries(example).map(([key, value]) => [key, overlay(value, real[key])]));
}

/** Some times are seconds in webhooks (`push`) and text in REST. */
function sameTime(example: unknown, real: unknown): unknown {
  const isTime = typeof example === 'number' && typeof real === 'string' && /^\d{4}-\d\d-\d\dT/.test(real);
  return isTime ? Math.floor(Date.parse(real) / 1000) : real;
}

function isObject(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
