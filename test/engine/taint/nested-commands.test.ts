import { expect, test } from '@jest/globals';
import { nestedCommands } from '../../../src/engine/taint/nested-commands.ts';

/** What runs inside another command runs as well: an attacker's build is one whatever starts it. */
test.each<[readonly string[], readonly string[]]>([
  [['bash', '-c', 'npm test'], ['npm test']],
  [
    ['sh', '-e', '-c', 'cd x && make'],
    ['cd x', 'make'],
  ],
  [['bash', 'build.sh', '-c', 'npm test'], []],
  [['eval', 'npm', 'ci'], ['npm ci']],
  [['xargs', '-n', '1', 'bash'], ['bash ./{}']],
  [['find', '.', '-exec', 'sh', '{}', ';'], ['sh ./{}']],
  [['docker', 'run', '--rm', '-v', '$PWD:/w', '-w', '/w', 'node', 'npm', 'ci'], ['npm ci']],
  [['docker', 'run', '--volume=.:/w', 'alpine', 'sh', '/w/x.sh'], ['sh ./x.sh']],
  [['docker', 'run', '--mount', 'type=bind,source=$GITHUB_WORKSPACE,target=/w', 'alpine', '/w/x'], ['./x']],
  [['docker', 'run', '-v', '/var:/w', 'alpine', 'sh', '/w/x.sh'], []],
  [['docker', 'build', '.'], []],
  [
    ['bash', '-c', "sh -c 'make'"],
    ['sh -c make', 'make'],
  ],
])('%j starts %j', (words, expected) => {
  expect(nestedCommands(words).map((one) => one.join(' '))).toEqual(expected);
});
