import { mergeActions, mergeCalls } from '../../knowledge/auto-merge.ts';
import type { Located } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import { commandsOf } from './script-commands.ts';

/** Where a step approves or merges a pull request, or says that it is to be merged; null where it doesn't. */
export function mergePlace(step: Step): Located | null {
  if (step.isNever) return null;
  if (step.uses?.matches(mergeActions)) return step.uses;
  const code = step.with('script');
  if (code && mergeCalls.test(code.value)) return step.uses;
  const { script } = step;
  if (!script || !/\bgh\b/.test(script.value)) return script && mergeCalls.test(script.value) ? script : null;
  const command = commandsOf(script).find(({ name, words }) => {
    const texts = words.map(({ text }) => text);
    if (name !== 'gh') return false;
    const verbs = texts.filter((text) => !text.startsWith('-'));
    if (verbs[1] === 'api') return mergeCalls.test(texts.join(' '));
    if (verbs[1] !== 'pr') return false;
    return (
      verbs[2] === 'merge' || (verbs[2] === 'review' && texts.some((text) => text === '--approve' || text === '-a'))
    );
  });
  return command ? script.text.span(command.start, command.end) : null;
}
