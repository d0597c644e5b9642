import { expect, test } from '@jest/globals';
import { environmentWrites } from '../../../src/engine/taint/environment-writes.ts';
import { foreignCode } from '../../../src/engine/taint/foreign-code.ts';
import { injections } from '../../../src/engine/taint/injections.ts';
import { javascriptCommands } from '../../../src/engine/taint/javascript-commands.ts';
import { dangerOfWrite } from '../../../src/engine/taint/shell-danger.ts';
import { codeSinks } from '../../../src/engine/taint/sinks.ts';
import { taintedArguments } from '../../../src/engine/taint/tainted-arguments.ts';
import { modelOf } from '../given.ts';

/** Somebody's pull request must not hold the analysis up: what is made to take exponential time takes less than two seconds. */

function look(text: string): number {
  // The processor's time: other programs on the machine don't count.
  const started = process.cpuUsage().user;
  for (const workflow of modelOf(text).workflows) {
    for (const step of workflow.jobs.flatMap((job) => job.steps)) {
      foreignCode(step);
      for (const sink of codeSinks(step)) injections(sink.text.expressions, step);
      for (const write of environmentWrites(step)) dangerOfWrite(write);
      if (step.script) taintedArguments(step.script);
      javascriptCommands(step);
    }
  }
  return (process.cpuUsage().user - started) / 1000;
}

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);
const twice = (name: string) => `\${{ ${name} }}\${{ ${name} }}`;

test.each<[string, () => string]>([
  [
    'outputs of scripts that name each other twice',
    () =>
      `on: issues\njobs:\n  a:\n    runs-on: x\n    steps:\n${numbers(400)
        .map(
          (at) =>
            `      - { id: s${at}, shell: bash, run: 'echo "o=${twice(`steps.s${at - 1}.outputs.o`)}" >> $GITHUB_OUTPUT' }\n`,
        )
        .join('')}`,
  ],
  [
    'outputs of jobs that name each other twice',
    () =>
      `on: issues\njobs:\n${numbers(60)
        .map(
          (at) =>
            `  j${at}: { needs: [j${at + 1}], runs-on: x, outputs: { o: "${twice(`needs.j${at + 1}.outputs.o`)}" }, steps: [{ run: "echo ${twice(`needs.j${at + 1}.outputs.o`)}" }] }\n`,
        )
        .join('')}`,
  ],
  [
    'jobs that all need all jobs before them',
    () =>
      `on: issue_comment\njobs:\n${numbers(60)
        .map(
          (at) =>
            `  j${at}: { needs: [${numbers(at)
              .map((before) => `j${before}`)
              .join()}], runs-on: x, steps: [{ run: "gh pr checkout 1; make; echo \${{ github.event.comment.body }}" }] }\n`,
        )
        .join('')}`,
  ],
  [
    'nearly a thousand jobs that need the twenty before them',
    () =>
      `on: pull_request_target\njobs:\n${numbers(990)
        .map(
          (at) =>
            `  j${at}: { needs: [${numbers(20)
              .map((back) => `j${at - 1 - back}`)
              .filter((id) => !id.includes('-'))
              .join()}], runs-on: x, steps: [{ run: "gh pr checkout 1; make; echo \${{ github.head_ref }}" }] }\n`,
        )
        .join('')}`,
  ],
  [
    'thousands of checkouts in one job',
    () =>
      `on: pull_request_target\njobs:\n  a:\n    runs-on: x\n    steps:\n${numbers(2500)
        .map(
          () => `      - { uses: actions/checkout@v3, with: { ref: "\${{ github.event.pull_request.head.sha }}" } }\n`,
        )
        .join('')}`,
  ],
  [
    'hundreds of checkouts, each into a folder of its own',
    () =>
      `on: pull_request_target\njobs:\n  a:\n    runs-on: x\n    steps:\n${numbers(400)
        .map(
          (at) =>
            `      - { uses: actions/checkout@v3, with: { path: x${at}, ref: "\${{ github.event.pull_request.head.sha }}" } }\n      - run: cd x${at}; npm ci\n`,
        )
        .join('')}`,
  ],
  [
    'as many commands that check out, each before what runs the files',
    () =>
      `on: pull_request_target\njobs:\n  a:\n    runs-on: x\n    steps:\n${numbers(1500)
        .map(() => `      - run: gh pr checkout 1\n      - run: npm ci\n`)
        .join('')}`,
  ],
  [
    'thousands of whole contexts in one script',
    () =>
      `on: issues\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n${numbers(2000)
        .map((at) => `          \${{ format('${at}{0}', toJSON(github)) }}\n`)
        .join('')}`,
  ],
  [
    'a variable that thousands of steps write and read',
    () =>
      `on: pull_request_target\njobs:\n  a:\n    runs-on: x\n    env: { A: b }\n    steps:\n${numbers(2000)
        .map(
          (at) =>
            `      - { id: s${at}, shell: bash, run: 'echo "A=$A $GITHUB_HEAD_REF" >> $GITHUB_ENV; echo "o=\${{ env.A }}" >> $GITHUB_OUTPUT; cat x >> $GITHUB_ENV' }\n`,
        )
        .join('')}`,
  ],
  [
    'variables of a script that hold each other twice',
    () =>
      `on: issues\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          A0=\${{ github.event.issue.title }}\n${numbers(
        500,
      )
        .map((at) => `          A${at + 1}="$A${at}$A${at}$(echo $A${at} | sed s/a/b/)"\n          git grep $A${at}\n`)
        .join('')}`,
  ],
  [
    'outputs that collect all outputs before them',
    () =>
      `on: issues\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${numbers(800)
        .map(
          (at) =>
            `      - { id: s${at}, shell: bash, run: 'cat x${at} >> $GITHUB_OUTPUT; echo "\${{ steps.s${at - 1}.outputs.o${at} }}\${{ steps.s${at - 2}.outputs.p }}" | tee -a $GITHUB_OUTPUT' }\n`,
        )
        .join('')}`,
  ],
  [
    'constants of JavaScript that hold each other twice',
    () =>
      `on: issues\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/github-script@v7\n        with:\n          script: |\n${numbers(
        1000,
      )
        .map((at) => `            const a${at + 1} = a${at} + a${at}; core.setOutput('x${at}', a${at});\n`)
        .join('')}`,
  ],
  [
    'one long path',
    () =>
      `on: issues\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo \${{ github.event${'.a'.repeat(20_000)} }}\n`,
  ],
  [
    'words that nearly match',
    () =>
      `on: issue_comment\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: "${'collaborators/ pull/ steps. '.repeat(8000)}"\n      - run: gh pr checkout 1\n`,
  ],
])('%s', (_, text) => {
  expect(look(text())).toBeLessThan(2000);
});
