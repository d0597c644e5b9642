import { triggerFacts } from '../../knowledge/triggers.ts';
import type { Reach } from '../finding.ts';
import { assumeEvent } from './assume.ts';
import type { Condition } from './condition.ts';
import type { Trigger } from './triggers.ts';

/** One way in which a job is started. */
export interface Start {
  /** The event that starts it: its workflow's own, or that of the workflow which calls it. `workflow_call` when no caller is in the repository. */
  readonly event: string;
  /** Where the event is written, maybe in a caller's file; null for an action that nothing in the repository uses. */
  readonly trigger: Trigger | null;
  /** Whether an outsider can cause it; `indirect`: an outsider's act makes another program cause it. */
  readonly outsider: 'yes' | 'indirect' | 'no';
  /** The run holds a token that can (or may) write, or secrets, when an outsider caused it. */
  readonly isPrivileged: boolean;
  /** The run is one of the repository itself (`pull_request_target`, `issue_comment`, …): its token and secrets are not taken away as a fork's are. */
  readonly holdsAll: boolean;
}

/** All ways in which a job (or step) is started, narrowed by the conditions on the way. */
export class JobReach {
  readonly starts: readonly Start[];
  /** False when it can be called from outside the repository only: nothing is known of its callers. */
  readonly isKnown: boolean;

  constructor(starts: readonly Start[], isKnown: boolean) {
    this.starts = starts;
    this.isKnown = isKnown;
  }

  get level(): Reach {
    const outsiders = this.outsiders;
    if (outsiders.some((start) => start.isPrivileged)) return 'outsider-privileged';
    return outsiders.length > 0 ? 'outsider-unprivileged' : 'insider';
  }

  /** The starts that an outsider can cause. */
  get outsiders(): readonly Start[] {
    return this.starts.filter((start) => start.outsider !== 'no');
  }

  /** The starts that an outsider can cause and in which the repository's own token and secrets are at hand, whatever the job declares. */
  get dangerous(): readonly Start[] {
    return this.outsiders.filter((start) => start.holdsAll);
  }

  /** Event names, sorted, each once. */
  get events(): readonly string[] {
    return [...new Set(this.starts.map((start) => start.event))].sort();
  }

  /** Whether one of these events can start it. */
  startsBy(...events: readonly string[]): boolean {
    return this.starts.some((start) => events.includes(start.event));
  }
}

/** The start that a workflow's own event gives to a job which holds something (`power`: a token that may write, or secrets). */
export function startOf(trigger: Trigger, power: boolean): Start {
  const facts = triggerFacts(trigger.event);
  const outsider = facts.startedBy === 'writer' ? 'no' : facts.startedBy === 'indirect' ? 'indirect' : 'yes';
  const holdsAll = facts.holds === 'full';
  return { event: trigger.event, trigger, outsider, holdsAll, isPrivileged: holdsAll && power };
}

/** Called from outside the repository, or too deep: anyone may cause it, and nothing is known of what it holds. */
export function unknownStart(trigger: Trigger | null): Start {
  return { event: 'workflow_call', trigger, outsider: 'yes', holdsAll: false, isPrivileged: false };
}

/** What is left of a reach behind an `if`. */
export function narrowed(reach: JobReach, condition: Condition | null): JobReach {
  if (!condition) return reach;
  const starts = reach.starts.flatMap((start) => {
    const event = start.event === 'workflow_call' ? null : start.event;
    if (condition.decide(assumeEvent(event, 'anyone')) === false) return [];
    if (start.outsider === 'no' || condition.decide(assumeEvent(event, 'outsider')) !== false) return [start];
    return [insiderOnly(start)];
  });
  return new JobReach(starts, reach.isKnown);
}

/** What is left of a reach behind another job which must succeed before. */
export function behind(reach: JobReach, needed: JobReach): JobReach {
  const starts = reach.starts.flatMap((start) => {
    const same = needed.starts.filter((other) => other.trigger === start.trigger);
    if (same.length === 0) return [];
    return same.every((other) => other.outsider === 'no') ? [insiderOnly(start)] : [start];
  });
  return new JobReach(starts, reach.isKnown);
}

function insiderOnly(start: Start): Start {
  return { ...start, outsider: 'no', isPrivileged: false };
}

/** Starts that differ in nothing that matters are one. */
export function keyOf({ event, trigger, outsider, holdsAll, isPrivileged }: Start): string {
  return `${event} ${outsider} ${holdsAll} ${isPrivileged} ${trigger?.start ?? ''} ${trigger?.source.path ?? ''}`;
}
