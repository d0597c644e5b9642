import { unsafeInputs, unsafeOptions } from '../../knowledge/ai-agents.ts';
import type { Located } from '../model/source.ts';
import type { Text } from '../model/text.ts';
import type { Agent } from './agent.ts';

/** A setting that takes an agent's sandbox, or its questions, away. */
export interface UnsafeSetting {
  readonly at: Located;
  /** As written. */
  readonly what: string;
  /** The input and what to put there; null where it is no input of its own. */
  readonly repair: { readonly text: Text; readonly value: string } | null;
}

/** The first setting of an agent that takes its sandbox away; null: none is written. */
export function unsafeSetting({ step, action, args }: Agent): UnsafeSetting | null {
  for (const { inputs, value, safe } of unsafeInputs) {
    for (const name of action ? inputs : []) {
      const text = step.with(name);
      // On Windows the action knows no other value.
      if (text?.value.trim().toLowerCase() !== value.toLowerCase() || step.os === 'windows') continue;
      return { at: text, what: `${name}: ${text.value.trim()}`, repair: { text, value: safe } };
    }
  }
  for (const one of args) {
    const [option] = unsafeOptions.exec(one.value) ?? [];
    if (option) return { at: one, what: option, repair: null };
  }
  const settings = (action?.settings ?? []).flatMap((name) => step.with(name) ?? []);
  const open = settings.find(({ value }) => UNSAFE_JSON.test(value));
  return open ? { at: open, what: UNSAFE_JSON.exec(open.value)?.[0] ?? '', repair: null } : null;
}

const UNSAFE_JSON =
  /"(?:defaultMode|permissionMode)"\s*:\s*"bypassPermissions"|"(?:yolo|autoAccept|dangerouslySkipPermissions)"\s*:\s*true|"sandbox(?:_mode)?"\s*:\s*"danger-full-access"/;
