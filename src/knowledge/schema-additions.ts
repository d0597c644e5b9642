/**
 * One definition of GitHub's schema. Exactly one of the first five tells its kind: a text (`is`: only this one; `filled`:
 * not empty), a list of items of a type, a map with known keys (`!type`: the key must be there) and perhaps others, one of
 * several types, one of several texts. `context`: what an expression there, and below it, may name.
 */
export interface SchemaDefinition {
  readonly text?: { readonly is?: string; readonly filled?: boolean };
  readonly list?: string;
  readonly keys?: Readonly<Record<string, string>>;
  readonly others?: string;
  readonly oneOf?: readonly string[];
  readonly values?: readonly string[];
  readonly context?: readonly string[];
}

/** Definitions by name. `string`, `boolean`, `number`, `null`, `sequence`, `mapping` and `any` go without saying. */
export type SchemaDefinitions = Readonly<Record<string, SchemaDefinition>>;

/** GitHub's schema of workflows and actions. `date`: when it was the newest, ISO. */
export interface GithubSchema {
  readonly source: string;
  readonly date: string;
  readonly workflow: SchemaDefinitions;
  readonly action: SchemaDefinitions;
}

/**
 * What GitHub reads and its published schema does not have yet. Definition → keys that it has as well, or a new definition.
 * Sources: `cache-mode` at workflow and job: GitHub's changelog of 2026-09-10. The other keys of 2026 (`background`, `wait`,
 * `parallel`, `environment.deployment`, `snapshot`, `queue`, the events of 2026 and all scopes of permissions) are in the
 * published schema by now. November 2026.
 */
export const schemaAdditions: SchemaDefinitions = {
  'workflow-root-strict': { keys: { 'cache-mode': 'cache-mode' } },
  'job-factory': { keys: { 'cache-mode': 'cache-mode' } },
  'workflow-job': { keys: { 'cache-mode': 'cache-mode' } },
  // GitHub's own parser asks for the image behind its schema.
  'container-mapping': { keys: { image: '!non-empty-string' } },
  'service-container-mapping': { keys: { image: '!non-empty-string' } },
  // The published schema has another event's name here: `on: repository_dispatch` is legal.
  'repository-dispatch-string': { text: { is: 'repository_dispatch' } },
  'cache-mode': { values: ['read', 'write', 'write-only', 'none'], context: ['github', 'inputs', 'vars'] },
};

/**
 * `.github/dependabot.yml`, of which GitHub publishes no schema: the keys of the options reference on docs.github.com. What
 * is below `registries` and in lists of rules is not judged. November 2026.
 */
export const dependabotSchema: SchemaDefinitions = {
  root: {
    keys: {
      version: '!number',
      updates: '!updates',
      registries: 'mapping',
      'enable-beta-ecosystems': 'boolean',
      'multi-ecosystem-groups': 'mapping',
    },
    context: ['secrets'],
  },
  updates: { list: 'update' },
  update: {
    keys: {
      'package-ecosystem': '!string',
      directory: 'string',
      directories: 'strings',
      schedule: 'any',
      allow: 'sequence',
      assignees: 'any',
      'commit-message': 'mapping',
      cooldown: 'mapping',
      'enable-beta-ecosystems': 'boolean',
      'exclude-paths': 'any',
      groups: 'mapping',
      ignore: 'sequence',
      'insecure-external-code-execution': 'any',
      labels: 'any',
      milestone: 'any',
      'multi-ecosystem-group': 'string',
      name: 'any',
      'open-pull-requests-limit': 'number',
      patterns: 'any',
      'pull-request-branch-name': 'mapping',
      'rebase-strategy': 'rebase-strategy',
      registries: 'any',
      reviewers: 'any',
      'target-branch': 'string',
      vendor: 'boolean',
      'versioning-strategy': 'string',
    },
  },
  strings: { list: 'string' },
  'rebase-strategy': { values: ['auto', 'disabled'] },
};
