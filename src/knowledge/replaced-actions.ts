/**
 * Third-party actions that do what GitHub's runner images bring with them. `isPlain`: one command does it; the others
 * save some lines, and people have reasons to keep them.
 *
 * Source: the actions' own READMEs and the list of tools of the runner images (actions/runner-images), 2026-11.
 */
export const superfluousActions: readonly {
  readonly action: string;
  readonly instead: string;
  readonly isPlain: boolean;
}[] = [
  { action: 'ncipollo/release-action', instead: 'gh release create', isPlain: true },
  { action: 'softprops/action-gh-release', instead: 'gh release create', isPlain: true },
  { action: 'elgohr/github-release-action', instead: 'gh release create', isPlain: true },
  { action: 'svenstaro/upload-release-action', instead: 'gh release upload', isPlain: true },
  { action: 'dacbd/create-issue-action', instead: 'gh issue create', isPlain: true },
  { action: 'actions-ecosystem/action-add-labels', instead: 'gh issue edit --add-label', isPlain: true },
  { action: 'actions-ecosystem/action-remove-labels', instead: 'gh issue edit --remove-label', isPlain: true },
  { action: 'addnab/docker-run-action', instead: 'docker run', isPlain: true },
  { action: 'sergeysova/jq-action', instead: 'jq', isPlain: true },
  { action: 'peter-evans/create-pull-request', instead: 'git push and gh pr create', isPlain: false },
  { action: 'peter-evans/create-or-update-comment', instead: 'gh pr comment --edit-last', isPlain: false },
  { action: 'peter-evans/create-issue-from-file', instead: 'gh issue create --body-file', isPlain: false },
  { action: 'peter-evans/close-issue', instead: 'gh issue close', isPlain: false },
  { action: 'peter-evans/repository-dispatch', instead: 'gh api repos/OWNER/REPO/dispatches', isPlain: false },
  { action: 'dtolnay/rust-toolchain', instead: 'rustup toolchain install', isPlain: false },
  { action: 'stefanzweifel/git-auto-commit-action', instead: 'git commit and git push', isPlain: false },
  { action: 'endbug/add-and-commit', instead: 'git commit and git push', isPlain: false },
];
