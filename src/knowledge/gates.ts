/**
 * Steps and conditions that stop an outsider. Sources: the actions' own documentation; GitHub's events and payloads.
 * November 2026.
 */

/** Actions that fail, or set an output, when the person who started the run may not. They are approvals: still racy. */
export const gateActions = [
  'actions-cool/check-user-permission',
  'prince-chrismc/check-actor-permissions-action',
  'sushichop/action-repository-permission',
  'themoddinginquisition/actions-team-membership',
  'lannonbr/repo-permission-check-action',
  'skjnldsv/check-actor-permission',
  'github/command',
  'peter-evans/slash-command-dispatch',
  'shopify/snapit',
  'anthropics/claude-code-action',
] as const;

/** API calls in a script that ask what the person may do. */
export const gateCalls =
  /getCollaboratorPermissionLevel|checkCollaborator|listCollaborators|getMembershipForUser(?:InOrg)?|checkMembershipForUser|collaborators\/[^\s'"`]{1,100}|(?:memberships|members)\/[^\s'"`]{1,100}|isCrossRepository|viewerPermission/;

/** Calls that throw for somebody who is none of the asked. */
export const throwingCalls =
  /checkCollaborator|getMembershipForUser(?:InOrg)?|checkMembershipForUser|\bgh\s+api\b[^\n|]{0,200}\/(?:collaborators|members|memberships)\/[^\s/]{1,100}(?:\s|$)/;

/** Of the actions above, those that only set an output; `failsBy`: an input that makes them fail. */
export const outputGates = [
  { action: 'actions-cool/check-user-permission', failsBy: 'error-if-missing' },
  { action: 'themoddinginquisition/actions-team-membership', failsBy: 'exit' },
  { action: 'github/command', failsBy: null },
] as const;

/** Proves that the commits are Dependabot's, unless one of these inputs takes the proof away. */
export const dependabotGate = {
  action: 'dependabot/fetch-metadata',
  unless: ['skip-verification', 'skip-commit-verification'],
} as const;
