/** Workflows of the kind that people write, for the stories. */

const CHECKOUT = 'actions/checkout@08eba0b27e820071cde6df949e0beb9ba4906955 # v4.3.0';

/** Nothing that an enforced rule finds. */
export const sound = `name: CI
on:
  pull_request:
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - run: npm ci && npm test
`;

/** An outsider's text in a script, with the repository's token. */
export const injectable = `name: Greet
on:
  pull_request_target:
    types: [opened]
permissions:
  contents: write
jobs:
  greet:
    runs-on: ubuntu-latest
    steps:
      - name: Say hello
        run: echo "Thank you for \${{ github.event.pull_request.title }}" >> thanks.md && git push
`;

const inScript = `run: echo "Thank you for \${{ github.event.pull_request.title }}" >>`;
const inEnvironment = `env:
          TITLE: \${{ github.event.pull_request.title }}
        run: echo "Thank you for $TITLE" >>`;

/** The same without the hole. */
export const mended = injectable.replace(inScript, inEnvironment);
