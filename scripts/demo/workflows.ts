/** The files of the demo: a shop's repository, and a pull request of the kind that people really open. */

/** What was there before: one old weakness, which the pull request is not held to. */
export const before = {
  '.github/workflows/ci.yml': `name: CI
on: [push, pull_request]
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - uses: pnpm/action-setup@v4
      - run: pnpm install --frozen-lockfile && pnpm test
`,
  'package.json': '{ "name": "storefront", "scripts": { "test": "node --test" } }\n',
};

/** Builds a preview of every pull request with the repository's own token and a deployment key at hand. */
const preview = `name: Preview
on:
  pull_request_target:
    types: [opened, synchronize]
permissions:
  contents: write
  pull-requests: write
jobs:
  preview:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          ref: \${{ github.event.pull_request.head.sha }}
          allow-unsafe-pr-checkout: true
      - run: npm ci && npm run build
        env:
          DEPLOY_KEY: \${{ secrets.DEPLOY_KEY }}
`;

/** Answers new issues; the title ends up in a shell. */
const triage = `name: Triage
on:
  issues:
    types: [opened]
permissions:
  issues: write
jobs:
  greet:
    runs-on: ubuntu-latest
    steps:
      - name: Say hello
        run: |
          echo "New issue: \${{ github.event.issue.title }}" >> "$GITHUB_STEP_SUMMARY"
          gh issue comment \${{ github.event.issue.number }} --body "Thank you!"
        env:
          GH_TOKEN: \${{ github.token }}
`;

const release = `name: Release
on:
  push:
    tags: ['v*']
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - uses: softprops/action-gh-release@v2
        with:
          files: dist/*
`;

export const proposed = {
  '.github/workflows/preview.yml': preview,
  '.github/workflows/triage.yml': triage,
  '.github/workflows/release.yml': release,
};

/** What the author pushes after reading the review: the title through the environment, and the preview without secrets. */
export const mended = {
  '.github/workflows/triage.yml': triage
    .replace('"New issue: ${{ github.event.issue.title }}"', '"New issue: $TITLE"')
    .replace('          GH_TOKEN:', '          TITLE: ${{ github.event.issue.title }}\n          GH_TOKEN:'),
  '.github/workflows/preview.yml': preview
    .replace('pull_request_target:', 'pull_request:')
    .replace('  contents: write\n  pull-requests: write', '  contents: read')
    .replace('          allow-unsafe-pr-checkout: true\n', '')
    .replace('        env:\n          DEPLOY_KEY: ${{ secrets.DEPLOY_KEY }}\n', ''),
};

/** Some months of a repository, so that there is a history to compare with. */
export function history(commits: number): { files: Record<string, string>; message: string }[] {
  return Array.from({ length: commits }, (_, index) => ({
    files: { [`src/module-${index % 12}.js`]: `export const version = ${index};\n` },
    message: `Change ${index + 1}`,
  }));
}
