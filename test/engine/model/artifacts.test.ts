import { expect, test } from '@jest/globals';
import { downloads } from '../../../src/engine/model/artifacts.ts';
import { jobOf } from '../given.ts';

/** Protects what is said of other runs' files: whose they are, and where they come to lie. */

function download(lines: string) {
  const [step] = jobOf(`on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - ${lines}\n`).steps;
  return step ? (downloads(step)[0] ?? null) : null;
}

const OTHER = "run-id: '${{ github.event.workflow_run.id }}'";

test.each([
  [`{ uses: actions/download-artifact@v6, with: { ${OTHER} } }`, true, ''],
  [`{ uses: actions/download-artifact@v6, with: { ${OTHER}, path: ./out/ } }`, true, 'out'],
  [`{ uses: actions/download-artifact@v6, with: { ${OTHER}, path: '\${{ github.workspace }}/a/../b' } }`, true, 'b'],
  [`{ uses: actions/download-artifact@v6, with: { ${OTHER}, path: '\${{ inputs.x }}' } }`, true, null],
  ['uses: actions/download-artifact@v6', false, ''],
  ["{ uses: actions/download-artifact@v6, with: { run-id: '${{ github.run_id }}' } }", false, ''],
  ['uses: dawidd6/action-download-artifact@v11', true, ''],
  ['run: gh run download "$RUN" --dir=out', true, 'out'],
  ['run: gh run download "$GITHUB_RUN_ID"', false, ''],
])('%s', (lines, isOtherRun, folder) => {
  expect(download(lines)).toMatchObject({ isOtherRun, folder });
});

test.each(["'${{ runner.temp }}/a'", '/tmp/a', '~/a', '../a'])('outside the workspace: %s', (path) => {
  expect(download(`{ uses: actions/download-artifact@v6, with: { ${OTHER}, path: ${path} } }`)?.folder).toEqual({
    outside: path.replace(/'/g, ''),
  });
});

test.each([
  ['{ uses: dawidd6/action-download-artifact@v11, with: { event: push } }', true],
  ['uses: dawidd6/action-download-artifact@v11', true],
  ['uses: dawidd6/action-download-artifact@v5', false],
  ['{ uses: dawidd6/action-download-artifact@v11, with: { allow_forks: true } }', false],
  ["{ uses: dawidd6/action-download-artifact@v11, with: { run_id: '${{ github.event.workflow_run.id }}' } }", false],
])('leaves outsiders out: %s', (lines, isFiltered) => {
  expect(download(lines)?.isFiltered).toBe(isFiltered);
});

test.each(['run: echo artifact download', 'uses: actions/upload-artifact@v6'])('none: %s', (lines) => {
  expect(download(lines)).toBeNull();
});
