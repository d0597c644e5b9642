import { checkoutVersionOf } from '../../knowledge/checkout-versions.ts';
import { headOutputName, refOutputName, type UntrustedRef, untrustedRefs } from '../../knowledge/untrusted-refs.ts';
import type { Confidence } from '../finding.ts';
import type { Located } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import type { Text } from '../model/text.ts';
import { checkoutCommands } from './checkout-commands.ts';
import { localCheckouts, scriptCheckouts } from './local-checkouts.ts';
import { type Source, textSources } from './sources.ts';

/** A step that puts commits of somebody else into the workspace. */
export interface ForeignCheckout {
  readonly step: Step;
  /** The ref, the repository or the command that does it. */
  readonly at: Located;
  /** What leads to those commits: `github.event.pull_request.head.sha`. */
  readonly source: string;
  /** Where the files lie: '' for the workspace itself, null where only the run knows. */
  readonly folder: string | null;
  /** `branch` can be moved by its owner; a `commit` can't. */
  readonly kind: 'commit' | 'branch';
  /** A branch's name without its repository: it names one of this repository, or none. */
  readonly isOwnBranch: boolean;
  /** Events on which it is an outsider's; null: any. */
  readonly events: readonly string[] | null;
  readonly confidence: Confidence;
  /** This version of the action refuses a fork's commits on the events where it knows them. */
  readonly isRefused: boolean;
}

/** A commit, branch or repository of somebody else that a text leads to. */
export interface ForeignRef {
  readonly source: string;
  readonly kind: UntrustedRef['kind'];
  readonly events: readonly string[] | null;
  readonly confidence: Confidence;
}

/** The pull request's or its merge's ref, by whatever number. */
const PULL_REF = /(?:^|[/:+\s'"])pull\/(?:\$|\d|%|\{|x{5})/;

/** Commits of somebody else that a step checks out, whoever may start it. */
export function foreignCheckouts(step: Step): readonly ForeignCheckout[] {
  if (step.isNever) return [];
  if (step.script) return checkoutCommands(step.script);
  if (step.uses?.kind === 'local') return localCheckouts(step);
  return isCheckout(step) ? byAction(step) : scriptCheckouts(step);
}

/** `actions/checkout`, or an action that is called after it. */
export function isCheckout({ uses }: Step): boolean {
  return uses?.kind === 'repository' && /(?:^|[-_/])checkout$/i.test(uses.slug);
}

/** The folder that a checkout fills, '' for the workspace; null where only the run knows. */
export function checkoutFolder(step: Step): string | null {
  const path = step.with('path');
  if (!path) return '';
  return path.isLiteral ? path.value.replace(/^(?:\.\/)+|\/+$|^\.$/g, '') : null;
}

function byAction(step: Step): readonly ForeignCheckout[] {
  const [ref, repository] = [step.with('ref'), step.with('repository')];
  const refs = ref ? foreignRefs(ref) : [];
  const repositories = repository ? foreignRefs(repository) : [];
  const isForeignRepository = repositories.some(({ kind }) => kind === 'repository');
  const found = refs.filter(({ kind }) => kind !== 'repository');
  if (!ref && !repository) return byDeployment(step);
  const at = found.length > 0 ? ref : repository;
  if (!at || (found.length === 0 && !isForeignRepository)) return [];
  // A fork without a ref: its default branch, which its owner moves.
  const [worst] = [...found].sort((a, b) => rank(b) - rank(a));
  const chosen = worst ?? repositories[0];
  if (!chosen) return [];
  const kind = chosen.kind === 'commit' ? 'commit' : 'branch';
  return [
    {
      step,
      at,
      kind,
      source: chosen.source,
      folder: checkoutFolder(step),
      isOwnBranch: kind === 'branch' && !isForeignRepository && (repository?.isLiteral ?? true) && !isPullRef(at),
      events: chosen.events,
      confidence: chosen.confidence,
      isRefused: refuses(step),
    },
  ];
}

/** On a deployment the commit that is checked out by itself is the deployed one, maybe a fork's (corrections 17). */
function byDeployment(step: Step): readonly ForeignCheckout[] {
  const events = ['deployment', 'deployment_status'];
  // Somebody has let the commit be deployed: without anything to take it is a build like any other.
  const isDeployed = step.reach.starts.some(({ event, isPrivileged }) => events.includes(event) && isPrivileged);
  if (!step.uses || !isDeployed) return [];
  const parts = { kind: 'commit', isOwnBranch: false, isRefused: false, confidence: 'medium' } as const;
  return [{ step, at: step.uses, source: 'github.sha', folder: checkoutFolder(step), events, ...parts }];
}

function rank({ confidence, kind }: ForeignRef): number {
  return ['low', 'medium', 'high'].indexOf(confidence) * 2 + (kind === 'commit' ? 1 : 0);
}

function isPullRef(text: Text): boolean {
  return PULL_REF.test(text.value);
}

/** What a text may lead to. */
export function foreignRefs(text: Text): readonly ForeignRef[] {
  if (isPullRef(text)) return [{ source: 'refs/pull/…', kind: 'commit', events: null, confidence: 'high' }];
  if (text.isLiteral) return [];
  const refs = textSources(text, [])
    .flatMap(foreignRef)
    .map((ref) => (isLookedUp(ref, text) ? sure(ref) : ref));
  // `fromJSON(steps.pull.outputs.result).head.sha`: what a step asked GitHub for.
  const asked = text.expression?.value ?? '';
  const isHead = /\b(?:steps|needs)\./i.test(asked) && /\.head\.(?:sha|ref)$/i.test(asked);
  const isAsked = refs.length === 0 && (isHead || asksForHead(asked, text));
  return isAsked ? [{ source: asked, kind: 'commit', events: null, confidence: 'medium' }] : refs;
}

/** `steps.head.outputs.sha`, where that step asks GitHub for the head of a pull request. */
function isLookedUp({ source, confidence }: ForeignRef, text: Text): boolean {
  return confidence === 'low' && asksForHead(source, text);
}

function asksForHead(source: string, { site: { owner } }: Text): boolean {
  const id = /^steps\.([\w-]+)\.outputs\./i.exec(source)?.[1]?.toLowerCase();
  if (id === undefined || owner.kind !== 'step') return false;
  const from = owner.parent.steps.find((step) => step.id?.value.toLowerCase() === id);
  const code = from?.script?.value ?? from?.with('script')?.value ?? '';
  return /headRef(?:Oid|Name)|\bhead\.(?:sha|ref)\b|\bhead_sha\b/.test(code);
}

function sure(ref: ForeignRef): ForeignRef {
  return { ...ref, confidence: 'medium' };
}

/** Events about a pull request, or about a commit that may be one's: an issue's `head_sha` is what the workflow itself made. */
const PULL_EVENTS = [
  'pull_request_target',
  'issue_comment',
  'workflow_run',
  'check_run',
  'check_suite',
  'status',
  'deployment',
  'deployment_status',
  'workflow_call',
];

/** What a source leads to, by its name. */
export function foreignRef({ name, kind, events }: Source): readonly ForeignRef[] {
  const row = untrustedRefs.find(({ path }) => matches(name, path));
  if (row) return [{ source: name, kind: row.kind, events: row.events ?? events, confidence: 'high' }];
  if (kind === 'plain' || !/^(?:steps|needs)\./.test(name)) return [];
  const output = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const confidence = headOutputName.test(output) ? 'medium' : refOutputName.test(output) ? 'low' : null;
  if (confidence === null) return [];
  return [{ source: name, kind: /ref|branch/.test(output) ? 'branch' : 'commit', events: PULL_EVENTS, confidence }];
}

function matches(name: string, path: string): boolean {
  const [head = '', tail] = path.split('.*.');
  if (tail === undefined) return name === path;
  return name.startsWith(`${head}.`) && name.endsWith(`.${tail}`);
}

/** Versions from which actions/checkout refuses forks on `pull_request_target` and `workflow_run` (corrections 1). */
const REFUSING: readonly (readonly [major: number, minor: number])[] = [
  [2, 8],
  [3, 7],
  [4, 4],
  [5, 1],
  [6, 1],
];

/** A constant, since lists are prepared once. */
const CHECKOUT = ['actions/checkout'];

/** Where a checkout is told to let a fork's commits in; null where it isn't. */
export function allowance(step: Step): Text | null {
  const allowed = step.with('allow-unsafe-pr-checkout');
  return allowed && allowed.value.trim().toLowerCase() !== 'false' ? allowed : null;
}

function refuses(step: Step): boolean {
  const { uses } = step;
  if (!uses?.matches(CHECKOUT) || step.hasDynamicInputs) return false;
  if (allowance(step)) return false;
  const version = checkoutVersionOf(uses.ref?.value ?? '');
  const [major = 0, minor] = (version ?? '').split('.').map(Number);
  if (version === null || major < 2) return false;
  // `v4` alone moves with the newest 4.x.
  return major > 6 || minor === undefined || REFUSING.some(([of, from]) => of === major && minor >= from);
}

/** Whether a checkout fails for a fork's commits in a run by an event, since the action knows them there. */
export function isRefusedOn({ isRefused }: ForeignCheckout, event: string): boolean {
  return isRefused && (event === 'pull_request_target' || event === 'workflow_run');
}
