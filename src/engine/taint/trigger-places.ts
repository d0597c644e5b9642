import type { Start } from '../model/reach.ts';
import type { Located } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import { allowance } from './checkouts.ts';

/** Where the events are written that start a step, for a finding's related places; at most four. */
export function triggerPlaces(
  starts: readonly Start[],
  step: Step,
): readonly { readonly at: Located; readonly message: string }[] {
  const triggers = [...new Set(starts.map(({ trigger }) => trigger))].filter((trigger) => trigger !== null);
  return triggers.slice(0, 4).map((trigger) => {
    const where = trigger.source === step.source ? '' : ' through this workflow';
    return { at: trigger, message: `\`${trigger.event}\` lets anyone start it${where}` };
  });
}

/** That a checkout's own safeguard is off, for a finding's related places. */
export function allowancePlaces(checkout: Step): ReturnType<typeof triggerPlaces> {
  const at = allowance(checkout);
  const message = '`allow-unsafe-pr-checkout` takes away the safeguard of the action, which refuses a fork’s commits';
  return at ? [{ at, message }] : [];
}
