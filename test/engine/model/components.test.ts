import { expect, test } from '@jest/globals';
import { componentsOf, linesOf } from '../../../src/engine/model/components.ts';
import { modelOf } from '../given.ts';

const folder = '.github/workflows';
const calls = (...names: readonly string[]) =>
  `on: push\njobs:\n${names.map((name) => `  ${name}:\n    uses: ./${folder}/${name}.yml\n`).join('')}`;
const model = modelOf({
  [`${folder}/top.yml`]: calls('left', 'right'),
  [`${folder}/left.yml`]: `${calls('low').replace('push', 'workflow_call')}`,
  [`${folder}/right.yml`]: 'on: workflow_call\njobs: { a: { runs-on: x, steps: [] } }\n',
  [`${folder}/low.yml`]: 'on: workflow_call\njobs: { a: { runs-on: x, steps: [] } }\n',
  [`${folder}/after.yml`]: `on: { workflow_run: { workflows: ['${folder}/top.yml'] } }\njobs: {}\n`,
  [`${folder}/alone.yml`]: 'on: push\njobs: {}\n',
});
const names = (paths: readonly string[]) => paths.map((path) => path.slice(folder.length + 1, -4)).sort();

test.each([
  ['top', ['after', 'left', 'low', 'right', 'top']],
  ['left', ['after', 'left', 'low', 'top']],
  ['right', ['after', 'right', 'top']],
  ['low', ['after', 'left', 'low', 'top']],
  ['alone', ['alone']],
])('what leads to %s, and what it leads to', (name, expected) => {
  expect(names(linesOf(model)(`${folder}/${name}.yml`))).toEqual(expected);
});

test('all that hang together', () => {
  expect(names(componentsOf(model)(`${folder}/low.yml`))).toEqual(['after', 'left', 'low', 'right', 'top']);
});
