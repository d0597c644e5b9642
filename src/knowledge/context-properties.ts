/**
 * What GitHub's own contexts have, in lower case. Source: the contexts reference on docs.github.com, November 2026. `github` also has
 * what the runner adds for actions.
 */
export const contextProperties: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'github',
    [
      ...['action', 'action_path', 'action_ref', 'action_repository', 'action_status', 'actor', 'actor_id', 'api_url'],
      ...[
        'artifact_cache_size_limit',
        'base_ref',
        'env',
        'event',
        'event_name',
        'event_path',
        'graphql_url',
        'head_ref',
      ],
      ...['job', 'job_workflow_sha', 'output', 'path', 'ref', 'ref_name', 'ref_protected', 'ref_type', 'repository'],
      ...['repository_id', 'repository_owner', 'repository_owner_id', 'repository_visibility', 'repositoryurl'],
      ...['retention_days', 'run_id', 'run_number', 'run_attempt', 'secret_source', 'server_url', 'sha', 'state'],
      ...['step_summary', 'token', 'triggering_actor', 'workflow', 'workflow_ref', 'workflow_sha', 'workspace'],
    ],
  ],
  ['runner', ['arch', 'debug', 'environment', 'name', 'os', 'temp', 'tool_cache', 'workspace']],
  [
    'job',
    [
      ...['check_run_id', 'container', 'services', 'status'],
      ...['workflow_ref', 'workflow_sha', 'workflow_repository', 'workflow_file_path'],
    ],
  ],
  ['strategy', ['fail-fast', 'job-index', 'job-total', 'max-parallel']],
]);
