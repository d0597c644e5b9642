/**
 * Which events carry an object that conditions ask for (`github.event.pull_request`). Source: GitHub's webhook payload
 * documentation, November 2026. Only objects whose events are a closed list.
 */
const OBJECTS: Readonly<Record<string, readonly string[]>> = {
  pull_request: [
    'pull_request',
    'pull_request_target',
    'pull_request_review',
    'pull_request_review_comment',
    'pull_request_review_thread',
  ],
  issue: ['issues', 'issue_comment'],
  comment: ['issue_comment', 'pull_request_review_comment', 'discussion_comment', 'commit_comment'],
  review: ['pull_request_review'],
  discussion: ['discussion', 'discussion_comment'],
  workflow_run: ['workflow_run'],
};

/** Events whose payload is known; of others nothing is taken for granted. */
const EVENTS: readonly string[] = [
  'discussion',
  'discussion_comment',
  'issue_comment',
  'issues',
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'pull_request_target',
  'workflow_run',
];

/** The objects that a run by an event does not have under `github.event`. */
export function objectsOfEvent(event: string): { readonly absent: readonly string[] } {
  if (!EVENTS.includes(event)) return { absent: [] };
  return { absent: Object.keys(OBJECTS).filter((name) => !OBJECTS[name]?.includes(event)) };
}
