/**
 * Contexts that have one of a few words, and what each ref begins with: comparing them with anything else never holds. Paths in lower
 * case, `*` for any name. Source: the contexts reference on docs.github.com, November 2026.
 */
export const contextValues: ReadonlyMap<string, readonly string[]> = new Map([
  ['github.ref_type', ['branch', 'tag']],
  ['job.status', ['success', 'failure', 'cancelled']],
  ['needs.*.result', ['success', 'failure', 'cancelled', 'skipped']],
  ['runner.arch', ['X86', 'X64', 'ARM', 'ARM64']],
  ['runner.environment', ['github-hosted', 'self-hosted']],
  ['runner.os', ['Linux', 'Windows', 'macOS']],
  ['steps.*.conclusion', ['success', 'failure', 'cancelled', 'skipped']],
  ['steps.*.outcome', ['success', 'failure', 'cancelled', 'skipped']],
]);

/** Objects in the payload of events, below `github.event`. Source: GitHub's webhook payloads, November 2026. */
export const EVENT_OBJECTS =
  /^github\.event(?:\.(?:pull_request(?:\.(?:head|base)(?:\.repo)?|\.user|\.milestone)?|issue(?:\.user|\.milestone)?|comment(?:\.user)?|review(?:\.user)?|label|milestone|release(?:\.author)?|repository(?:\.owner)?|organization|sender|head_commit(?:\.author|\.committer)?|workflow_run(?:\.head_repository|\.head_commit|\.actor)?|discussion(?:\.category|\.user)?|deployment|deployment_status|check_run|check_suite|client_payload|inputs|installation))?$/;

/** Lists in the payload of events. */
export const EVENT_LISTS =
  /^github\.event\.(?:commits|pull_request\.(?:labels|assignees|requested_reviewers|requested_teams)|issue\.(?:labels|assignees)|workflow_run\.pull_requests|release\.assets)$/;
