/** GitHub's published description of its REST API, as far as we use it: which operation a request is, and whether it fits. */
import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: { readonly type?: string; readonly $ref?: string };
}

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly properties?: Readonly<Record<string, unknown>> } | null;
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Contract {
  readonly source: string;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly schemas: Readonly<Record<string, unknown>>;
}

export interface Match {
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
}

export type Parameters = Readonly<Record<string, string | number | boolean>>;

interface Route {
  readonly id: string;
  readonly operation: Operation;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly literal: number;
}

/** Parameters whose value may contain a slash. */
const GREEDY = new Set(['ref', 'basehead']);

let loaded: RestContract | null = null;

/** The contract is read and its routes compiled once a process; validators are compiled when first needed. */
export function restContract(): RestContract {
  loaded ??= new RestContract(
    JSON.parse(readFileSync(new URL('./contract/rest.json', import.meta.url), 'utf8')) as Contract,
  );
  return loaded;
}

export class RestContract {
  readonly #contract: Contract;
  readonly #routes: readonly Route[];
  readonly #ajv: Ajv;

  constructor(contract: Contract) {
    this.#contract = contract;
    this.#routes = Object.entries(contract.operations)
      .map(([id, operation]) => route(id, operation))
      .sort((a, b) => b.literal - a.literal); // the most literal template wins
    this.#ajv = new Ajv({
      strict: false,
      allErrors: true,
      verbose: true,
      validateSchema: false,
      logger: false,
      inlineRefs: false,
      code: { optimize: false },
    });
    addFormats.default(this.#ajv);
    this.#ajv.addSchema({ $id: 'rest', ...contract });
  }

  get operations(): readonly string[] {
    return Object.keys(this.#contract.operations);
  }

  /** `path` without host and query, still percent-encoded. */
  match(method: string, path: string): Match | null {
    for (const { id, operation, pattern, names } of this.#routes) {
      if (operation.method !== method) continue;
      const found = pattern.exec(path);
      if (!found) continue;
      const params = names.map((name, index) => [name, decode(found[index + 1] ?? '')]);
      return { operation: id, params: Object.fromEntries(params) };
    }
    return null;
  }

  /** Path and query values as the description types them; what doesn't fit; and names that GitHub would silently ignore. */
  parameters(match: Match, query: URLSearchParams): { values: Parameters; problems: string[]; unknown: string[] } {
    const operation = this.#operation(match.operation);
    const values: Record<string, string | number | boolean> = {};
    const problems: string[] = [];
    operation.parameters.forEach((parameter, index) => {
      const text = parameter.in === 'path' ? match.params[parameter.name] : query.get(parameter.name);
      if (parameter.in === 'header') return;
      if (text === null || text === undefined) {
        if (parameter.required) problems.push(`${parameter.name} is required`);
        return;
      }
      const value = coerce(text, parameter.schema.type);
      problems.push(...this.#check(`${pointer(match.operation)}/parameters/${index}/schema`, value, parameter.name));
      values[parameter.name] = value;
    });
    const known = new Set(operation.parameters.map((parameter) => parameter.name));
    const unknown = [...query.keys()].filter((name) => !known.has(name));
    return { values, problems, unknown };
  }

  /** What GitHub's description finds wrong with a request's body; empty when it fits. */
  bodyProblems(operation: string, body: unknown): string[] {
    const schema = this.#operation(operation).body;
    if (schema === null) return [];
    const problems = this.#check(`${pointer(operation)}/body`, body ?? {}, 'body');
    const known = schema.properties;
    if (known && body !== null && typeof body === 'object') {
      for (const key of Object.keys(body)) if (!(key in known)) problems.push(`"${key}" is not a permitted key.`);
    }
    return problems;
  }

  /** What is wrong with an answer; a status that the description doesn't name may only be an error. */
  responseProblems(operation: string, status: number, body: unknown): string[] {
    const { responses } = this.#operation(operation);
    const schema = responses[String(status)];
    if (schema === undefined) return status >= 400 ? [] : [`${status} is not an answer of ${operation}`];
    if (schema === null) return [];
    return this.#check(`${pointer(operation)}/responses/${status}`, body, 'response');
  }

  #operation(id: string): Operation {
    const operation = this.#contract.operations[id];
    if (!operation) throw new Error(`no operation ${id} in the contract`);
    return operation;
  }

  #check(at: string, value: unknown, name: string): string[] {
    const validate: ValidateFunction | undefined = this.#ajv.getSchema(`rest#${at}`);
    if (!validate) throw new Error(`no schema at ${at}`);
    if (validate(value) === true) return [];
    return (validate.errors ?? []).map((error) => said(name, error));
  }
}

function route(id: string, operation: Operation): Route {
  const names: string[] = [];
  const integers = new Set(operation.parameters.filter((p) => p.schema.type === 'integer').map((p) => p.name));
  const pattern = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    names.push(name);
    if (integers.has(name)) return '(\\d+)';
    if (name === 'path') return '?(.*)'; // the root folder has no path
    return GREEDY.has(name) ? '(.+)' : '([^/]+)';
  });
  const literal = operation.path.replace(/\{\w+\}/g, '').length;
  return { id, operation, pattern: new RegExp(`^${pattern}$`), names, literal };
}

/** JSON pointer of an operation (its id has a slash). */
function pointer(operation: string): string {
  return `/operations/${operation.replace('/', '~1')}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function coerce(text: string, type: string | undefined): string | number | boolean {
  if (type === 'integer' && /^-?\d+$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** The two limits in GitHub's own words, which our log readers know (github.md C1, C3). */
function said(name: string, error: ErrorObject): string {
  const { data, params } = error as { data?: unknown; params: { limit?: number } };
  if (error.keyword === 'maxItems' && Array.isArray(data))
    return `No more than ${params.limit} items are allowed; ${data.length} were supplied.`;
  if (error.keyword === 'maxLength')
    return `Only ${params.limit} characters are allowed; ${String(data).length} were supplied.`;
  return `${name}${error.instancePath} ${error.message ?? error.keyword}`;
}
