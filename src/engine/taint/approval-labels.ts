import type { Step } from '../model/step.ts';
import { commandsOf } from './script-commands.ts';

/** Whether a step puts a label on a pull request whose name reads as a person's yes: others, and other workflows, go by it. */
export function setsApproval(step: Step): boolean {
  if (step.isNever) return false;
  const { script, uses } = step;
  if (script) return /label/i.test(script.value) && commandsOf(script).some(({ name, words }) => isYes(name, words));
  if (uses?.matches(LABEL_ACTIONS)) return (step.with('labels')?.value ?? '').split(/[,\n]/).some(readsAsYes);
  const code = uses ? (step.with('script')?.value ?? '') : '';
  const [, list = ''] = /\.addLabels\([\s\S]{0,300}?\blabels\s*:\s*\[([^\]]{0,300})\]/.exec(code) ?? [];
  return list.split(',').some(readsAsYes);
}

/** `gh pr edit 1 --add-label approved`; `gh issue edit` takes issues only, unless its number is a pull request's. */
function isYes(name: string, words: readonly { readonly text: string }[]): boolean {
  const texts = words.map(({ text }) => text);
  if (name !== 'gh') return false;
  if (texts[1] === 'api') return /\/labels\b/.test(texts.join(' ')) && texts.some((text) => readsAsYes(labelOf(text)));
  if (texts[1] !== 'pr' || texts[2] !== 'edit') return false;
  return texts.some((text, index) => {
    if (text.startsWith('--add-label=')) return text.slice('--add-label='.length).split(',').some(readsAsYes);
    return text === '--add-label' && (texts[index + 1] ?? '').split(',').some(readsAsYes);
  });
}

/** `labels[]=approved`. */
function labelOf(text: string): string {
  return /^labels(?:\[\])?=(.*)$/.exec(text)?.[1] ?? '';
}

function readsAsYes(label: string): boolean {
  const text = label.trim().replace(/^['"`]|['"`]$/g, '');
  return YES.test(text) && !NOT_YET.test(text);
}

const LABEL_ACTIONS = ['actions-ecosystem/action-add-labels', 'andymckay/labeler', 'buildsville/add-remove-label'];

const YES =
  /\bapproved?\b|\breviewed\b|\bverified\b|\btrusted\b|\bsafe\b|\blgtm\b|\bok[-_ ]?to[-_ ]?(?:test|merge)\b|\brun[-_ ]?(?:ci|tests?)\b|\breview[-_ :]?(?:ok|done|passed|complete)/i;

/** It asks for a yes, or says that there is none. */
const NOT_YET =
  /need|await|wait|request|pending|missing|ready|\bto[-_ ]?be\b|\bnot\b|\bno\b|\bun|\bin[-_ ]?review|\bre[-_ ]?review|wanted|please/i;
