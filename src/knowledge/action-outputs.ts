/**
 * Outputs of actions that very many workflows use, `owner/repo` in lower case. An action may set others than it declares, so the list
 * serves to see slips only. Source: the actions' manifests, from general knowledge, November 2026.
 */
export const knownOutputs: ReadonlyMap<string, readonly string[]> = new Map([
  ['actions/cache', ['cache-hit']],
  ['actions/cache/restore', ['cache-hit', 'cache-primary-key', 'cache-matched-key']],
  ['actions/checkout', ['ref', 'commit']],
  ['actions/create-github-app-token', ['token', 'installation-id', 'app-slug']],
  ['actions/create-release', ['id', 'html_url', 'upload_url']],
  ['actions/deploy-pages', ['page_url']],
  ['actions/configure-pages', ['base_url', 'origin', 'host', 'base_path']],
  ['actions/download-artifact', ['download-path']],
  ['actions/github-script', ['result']],
  ['actions/setup-go', ['go-version', 'cache-hit']],
  ['actions/setup-java', ['distribution', 'version', 'path', 'cache-hit', 'cache-primary-key']],
  ['actions/setup-node', ['node-version', 'cache-hit']],
  ['actions/setup-python', ['python-version', 'python-path', 'cache-hit']],
  ['actions/upload-artifact', ['artifact-id', 'artifact-url', 'artifact-digest']],
  ['actions/upload-pages-artifact', ['artifact_id']],
  ['actions/attest-build-provenance', ['bundle-path', 'attestation-id', 'attestation-url']],
  [
    'dependabot/fetch-metadata',
    [
      ...['dependency-names', 'dependency-type', 'update-type', 'directory', 'package-ecosystem', 'target-branch'],
      ...['previous-version', 'new-version', 'alert-state', 'ghsa-id', 'cvss', 'compatibility-score'],
      ...['maintainer-changes', 'dependency-group', 'updated-dependencies-json'],
    ],
  ],
  ['docker/build-push-action', ['imageid', 'digest', 'metadata']],
  [
    'docker/metadata-action',
    [
      'version',
      'tags',
      'labels',
      'annotations',
      'json',
      'bake-file',
      'bake-file-tags',
      'bake-file-labels',
      'bake-file-annotations',
      'tag-names',
    ],
  ],
  [
    'peter-evans/create-pull-request',
    [
      ...['pull-request-number', 'pull-request-url', 'pull-request-operation', 'pull-request-head-sha'],
      ...['pull-request-branch', 'pull-request-commits-verified'],
    ],
  ],
  ['peter-evans/find-comment', ['comment-id', 'comment-body', 'comment-author']],
  ['softprops/action-gh-release', ['url', 'id', 'upload_url', 'assets']],
]);
