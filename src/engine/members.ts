import {
  type Audience,
  type Confidence,
  type Exposure,
  type Finding,
  isShown,
  SEVERITIES,
  type Severity,
} from './finding.ts';
import { unionOf } from './model/exposure.ts';
import type { Located } from './model/source.ts';

/** What one cause is made of, place by place (`Problem.member`): a third-party action among all that are not pinned. */
export interface Member {
  readonly name: string;
  /** Its first place. */
  readonly at: Located;
  /** What the rule said of it alone. */
  readonly message: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly audience: Audience;
  readonly exposure: Exposure;
}

/** More names say nothing that the related places don't. */
const MOST_NAMES = 5;
const MAX_NAME = 100;

/** How much a member weighs: what is shown before what is not, then by severity. The heaviest speaks for the finding. */
export function weightOf(member: Pick<Member, 'severity' | 'confidence' | 'audience'>): number {
  return SEVERITIES.indexOf(member.severity) + (isShown(member, 'regular') ? SEVERITIES.length : 0);
}

/** The one that speaks for all: of equals the first. */
export function heaviest(members: readonly Member[]): Member | null {
  return members.reduce<Member | null>((a, b) => (a && weightOf(a) >= weightOf(b) ? a : b), null);
}

/** The message of a finding with several members: what is said of one, and the names of the others. */
export function messageOf({ name, message }: Member, members: readonly Member[]): string {
  const others = members.filter((member) => member.name !== name).map((member) => quoted(member.name));
  if (others.length === 0) return message;
  const shown = others.slice(0, MOST_NAMES).join(', ');
  return `${message}; the same goes for ${shown}${others.length > MOST_NAMES ? ` and ${others.length - MOST_NAMES} more` : ''}`;
}

/** Those of the head that the base does not have, the heaviest last. */
export function newMembers(members: readonly Member[], before: readonly Member[]): readonly Member[] {
  const known = new Set(before.map(({ name }) => name));
  return members.filter(({ name }) => !known.has(name)).toSorted((a, b) => weightOf(a) - weightOf(b));
}

/** What those that the base has as well expose; null where none of them is left. */
export function exposureOfKnown(members: readonly Member[], before: readonly Member[]): Exposure | null {
  const known = new Set(before.map(({ name }) => name));
  const kept = members.filter(({ name }) => known.has(name));
  return kept.length === 0 ? null : unionOf(kept.map(({ exposure }) => exposure));
}

/** The finding with another of its members in front: where it stands, and what it says. */
export function ledBy(finding: Finding, lead: Member, members: readonly Member[]): Finding {
  const { line, column, endLine, endColumn, path } = finding;
  const at = lead.at.source.place(lead.at);
  if (at.path === path && at.line === line && at.column === column) return finding;
  return {
    ...finding,
    ...at,
    message: messageOf(lead, members),
    related: [{ path, line, column, endLine, endColumn, message: 'also here' }, ...finding.related].filter(
      (one) => one.path !== at.path || one.line !== at.line || one.column !== at.column,
    ),
  };
}

/** One that the change adds, as what rose. */
export function asRise({ name, at }: Member): { readonly message: string; readonly at: Located } {
  return { message: `${quoted(name)} is new here`, at };
}

/** Untrusted text in backticks. */
function quoted(text: string): string {
  return `\`${text.slice(0, MAX_NAME).replaceAll('`', "'")}\``;
}
