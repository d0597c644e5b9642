import { contextValues, EVENT_LISTS, EVENT_OBJECTS } from '../../knowledge/context-values.ts';
import type { Access, Expr } from '../expression/parse.ts';
import type { Owner } from './element.ts';
import type { Job } from './job.ts';
import { once } from './once.ts';
import { pathOf } from './visit-expression.ts';
import type { Workflow } from './workflow.ts';

/** What is known of a value: its kind, and where they are few, all texts that it can be. */
export interface ValueType {
  readonly kind: 'object' | 'list' | 'text' | 'boolean' | 'number' | 'unknown';
  /** Null: any. The empty text, where it can be that too, is not among them. */
  readonly words: readonly string[] | null;
}

/** As many as a matrix may have; every comparison looks at all of them. */
const MAX_WORDS = 256;

const UNKNOWN: ValueType = { kind: 'unknown', words: null };
const OBJECT: ValueType = { kind: 'object', words: null };
const LIST: ValueType = { kind: 'list', words: null };
const TEXT: ValueType = { kind: 'text', words: null };
const BOOLEAN: ValueType = { kind: 'boolean', words: null };

const RETURNS: Readonly<Record<string, ValueType>> = {
  format: TEXT,
  join: TEXT,
  tojson: TEXT,
  hashfiles: TEXT,
  contains: BOOLEAN,
  startswith: BOOLEAN,
  endswith: BOOLEAN,
  success: BOOLEAN,
  failure: BOOLEAN,
  always: BOOLEAN,
  cancelled: BOOLEAN,
};

/** What an expression gives, as far as its text tells. */
export function typeOf(expr: Expr, owner: Owner): ValueType {
  switch (expr.kind) {
    case 'group':
      return typeOf(expr.inner, owner);
    case 'literal':
      return literalType(expr.value);
    case 'unary':
    case 'binary':
      return BOOLEAN;
    case 'call':
      return RETURNS[expr.name] ?? UNKNOWN;
    case 'access':
      return accessType(expr, owner);
    default:
      return UNKNOWN;
  }
}

function literalType(value: string | number | boolean | null): ValueType {
  if (typeof value === 'string') return { kind: 'text', words: [value] };
  if (typeof value === 'boolean') return BOOLEAN;
  return typeof value === 'number' ? { kind: 'number', words: null } : UNKNOWN;
}

/** Contexts and what is directly below them is an object; outputs and variables are texts. */
const OBJECTS =
  /^(?:github|env|vars|job|jobs|steps|runner|secrets|strategy|matrix|needs|inputs|(?:steps|needs|jobs)\.[^.*]+(?:\.outputs)?|job\.(?:container|services)|job\.services\.[^.*]+(?:\.ports)?)$/;
const TEXTS =
  /^(?:(?:steps|needs|jobs)\.[^.*]+\.outputs\.[^.*]+|(?:env|secrets|vars)\.[^.*]+|github\.(?:actor|base_ref|event_name|head_ref|job|ref|ref_name|repository|repository_owner|sha|token|triggering_actor|workflow|workspace)|runner\.(?:name|temp|tool_cache))$/;

function accessType(access: Access, owner: Owner): ValueType {
  const [context, name] = access.path;
  const job = owner.kind === 'job' ? owner : owner.kind === 'step' ? owner.job : null;
  if (typeof name === 'string' && name !== '*') {
    if (context === 'matrix' && job) return matrixType(job, access);
    if (context === 'inputs' && access.path.length === 2) return inputType(name, owner);
  }
  const before = known.get(access);
  if (before) return before;
  const type = contextType(access);
  known.set(access, type);
  return type;
}

/** Of what is the same in every file. */
const known = new WeakMap<Access, ValueType>();

function contextType(access: Access): ValueType {
  const path = pathOf(access);
  if (path.includes('*')) return access.path.includes('*') ? LIST : UNKNOWN;
  const words = contextValues.get(path.replace(/^(needs|steps)\.[^.]+\./, '$1.*.'));
  if (words) return { kind: 'text', words };
  if (OBJECTS.test(path) || EVENT_OBJECTS.test(path)) return OBJECT;
  if (EVENT_LISTS.test(path)) return LIST;
  return TEXTS.test(path) ? TEXT : UNKNOWN;
}

const matrixTypes = once((_job: Job) => new Map<string, ValueType>());

function matrixType(job: Job, access: Access): ValueType {
  const path = access.path.slice(1).map((segment) => (typeof segment === 'string' ? segment : '*'));
  const before = matrixTypes(job).get(path.join('.'));
  if (before) return before;
  const type = readMatrixType(job, path);
  matrixTypes(job).set(path.join('.'), type);
  return type;
}

function readMatrixType(job: Job, path: readonly string[]): ValueType {
  const found = job.matrix?.values(path);
  if (!found?.isComplete || found.values.length === 0 || found.values.length > MAX_WORDS) return UNKNOWN;
  const words: string[] = [];
  for (const { text, value } of found.values) {
    // A number or a truth in YAML is none of a text's words.
    if (value === null || (text && (!text.isLiteral || typeof text.node.value !== 'string'))) return UNKNOWN;
    words.push(value);
  }
  return { kind: 'text', words };
}

const inputTypes = once((_file: Workflow) => new Map<string, ValueType>());

function inputType(name: string, owner: Owner): ValueType {
  const workflow = owner.kind === 'workflow' ? owner : owner.kind === 'action' ? null : owner.workflow;
  // An action's are texts.
  if (!workflow) return TEXT;
  const before = inputTypes(workflow).get(name);
  if (before) return before;
  const type = declaredType(name, workflow);
  inputTypes(workflow).set(name, type);
  return type;
}

function declaredType(name: string, { triggers }: Workflow): ValueType {
  const declared = triggers.all.flatMap(({ inputs }) => inputs.get(name) ?? []);
  const [first] = declared;
  if (!first || declared.some(({ type }) => type !== first.type)) return UNKNOWN;
  if (first.type === 'boolean' || first.type === 'number') return { kind: first.type, words: null };
  if (first.type !== 'choice') return TEXT;
  const words = declared.flatMap(({ options }) => options);
  return { kind: 'text', words: words.length > MAX_WORDS ? null : words };
}
