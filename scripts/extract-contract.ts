/**
 * Cuts GitHub's published OpenAPI description down to the operations that the simulator answers.
 *
 * Usage: `tsx scripts/extract-contract.ts PATH/@octokit/openapi` — the package is 385 MB and therefore never a
 * dependency: unpack it anywhere, run this, commit `simulator/contract/rest.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const OPERATIONS = [
  'GET /app',
  'GET /app/hook/deliveries',
  'GET /app/hook/deliveries/{delivery_id}',
  'POST /app/hook/deliveries/{delivery_id}/attempts',
  'GET /app/installations',
  'GET /app/installations/{installation_id}',
  'POST /app/installations/{installation_id}/access_tokens',
  'GET /installation/repositories',
  'GET /orgs/{org}',
  'GET /orgs/{org}/installation',
  'GET /rate_limit',
  'GET /repos/{owner}/{repo}',
  'GET /repos/{owner}/{repo}/installation',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}',
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}',
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations',
  'POST /repos/{owner}/{repo}/check-runs',
  'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
  'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
  'GET /repos/{owner}/{repo}/commits/{ref}',
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls',
  'GET /repos/{owner}/{repo}/compare/{basehead}',
  'GET /repos/{owner}/{repo}/contents/{path}',
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}',
  'GET /repos/{owner}/{repo}/git/trees/{tree_sha}',
  'GET /repos/{owner}/{repo}/git/ref/{ref}',
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'GET /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
  'GET /repos/{owner}/{repo}/pulls',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments',
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/comments',
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/files',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
  'GET /repos/{owner}/{repo}/pulls/comments/{comment_id}',
  'PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}',
  'DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}',
  'GET /users/{username}',
] as const;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const DROPPED = new Set(['description', 'example', 'examples', 'x-github', 'externalDocs', 'title', 'deprecated']);

function object(value: Json | undefined): JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}

/** OpenAPI 3.0 → JSON Schema: `nullable` becomes a type, references point into our own file, prose goes. */
function convert(value: Json, wanted: Set<string>, isPropertyTable = false): Json {
  if (Array.isArray(value)) return value.map((item) => convert(item, wanted));
  if (value === null || typeof value !== 'object') return value;
  if (typeof value.$ref === 'string') {
    const name = value.$ref.split('/').at(-1) ?? '';
    wanted.add(name);
    return { $ref: `#/schemas/${name}` };
  }
  const out: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) {
    if (!isPropertyTable && (DROPPED.has(key) || key === 'nullable')) continue;
    out[key] =
      key === 'enum' && !isPropertyTable ? inner : convert(inner, wanted, key === 'properties' && !isPropertyTable);
  }
  return isPropertyTable || value.nullable !== true ? out : nullable(out);
}

function nullable(schema: JsonObject): Json {
  if (typeof schema.type !== 'string') return { anyOf: [schema, { type: 'null' }] };
  const values = schema.enum;
  return { ...schema, type: [schema.type, 'null'], ...(Array.isArray(values) ? { enum: [...values, null] } : {}) };
}

function extract(document: JsonObject): { operations: JsonObject; schemas: JsonObject } {
  const components = object(document.components);
  const wanted = new Set<string>();
  const follow = (value: Json | undefined, kind: string): JsonObject => {
    const reference = object(value).$ref;
    return typeof reference === 'string'
      ? object(object(components[kind])[reference.split('/').at(-1) ?? ''])
      : object(value);
  };
  const schemaOf = (content: Json | undefined): Json =>
    convert(object(object(content)['application/json']).schema ?? null, wanted);
  const operations: JsonObject = {};
  for (const name of OPERATIONS) {
    const [method = '', path = ''] = name.split(' ');
    const operation = object(object(object(document.paths)[path])[method.toLowerCase()]);
    if (typeof operation.operationId !== 'string') throw new Error(`${name} is not in the description`);
    const parameters = (Array.isArray(operation.parameters) ? operation.parameters : []).map((p) =>
      follow(p, 'parameters'),
    );
    const responses = Object.entries(object(operation.responses)).map(([status, response]) => [
      status,
      schemaOf(follow(response, 'responses').content),
    ]);
    operations[operation.operationId] = {
      method,
      path,
      parameters: parameters.map((p) => ({
        name: p.name ?? '',
        in: p.in ?? '',
        required: p.required ?? false,
        schema: convert(p.schema ?? {}, wanted),
      })),
      body: schemaOf(object(operation.requestBody).content),
      responses: Object.fromEntries(responses),
    };
  }
  const schemas: JsonObject = {};
  for (const name of wanted) schemas[name] = convert(object(components.schemas)[name] ?? {}, wanted); // grows while it is read
  return { operations, schemas };
}

/** Where GitHub's answers are known to differ from its own description, so that the simulator can answer as GitHub does. */
function correct({ operations, schemas }: { operations: JsonObject; schemas: JsonObject }): void {
  const property = (schema: string, ...path: string[]): JsonObject =>
    path.reduce((inner, name) => object(object(inner.properties)[name]), object(schemas[schema]));
  const allowNull = (holder: JsonObject, name: string): void => {
    const properties = object(holder.properties);
    properties[name] = nullable(object(properties[name]));
  };
  for (const pull of ['pull-request', 'pull-request-simple']) allowNull(property(pull, 'head'), 'repo'); // the fork was deleted
  for (const line of ['line', 'position']) allowNull(property('pull-request-review-comment'), line); // outdated
  const installations = object(object(object(operations['apps/list-installations']).responses)['200']);
  installations.items = { $ref: '#/schemas/installation' }; // asks an account to be a user and an enterprise at once
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: tsx scripts/extract-contract.ts PATH/@octokit/openapi');
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
const document = JSON.parse(readFileSync(join(folder, 'generated/api.github.com.json'), 'utf8')) as JsonObject;
const extracted = extract(document);
correct(extracted);
const contract = {
  source: `@octokit/openapi ${version}`,
  extracted: new Date().toISOString().slice(0, 10),
  ...extracted,
};
writeFileSync(new URL('../simulator/contract/rest.json', import.meta.url), `${JSON.stringify(contract)}\n`);
