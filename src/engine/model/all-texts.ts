import type { Action } from './action.ts';
import type { Text } from './text.ts';
import type { Workflow } from './workflow.ts';

/** Every text of a file, of jobs and steps that never run too: GitHub reads the file as a whole before it runs anything of it. */
export function* allTexts(file: Workflow | Action): Iterable<Text> {
  yield* file.texts;
  if (file.kind === 'action') {
    for (const step of file.steps) yield* step.texts;
    return;
  }
  for (const job of file.jobs) {
    yield* job.texts;
    for (const step of job.steps) yield* step.texts;
  }
}
