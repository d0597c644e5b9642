import { type TriggerFacts, triggerFacts } from '../../knowledge/triggers.ts';
import type { MapNode, Node, Range, ScalarNode } from '../yaml/tree.ts';
import { resolve } from '../yaml/tree.ts';
import { mapOf, scalarOf, scalarsOf } from './nodes.ts';
import type { Located, SourceFile } from './source.ts';
import type { Text } from './text.ts';
import type { Workflow } from './workflow.ts';

/** The filters that narrow an event by name. */
export type TriggerFilter =
  | 'branches'
  | 'branches-ignore'
  | 'tags'
  | 'tags-ignore'
  | 'paths'
  | 'paths-ignore'
  | 'workflows';

/** An input that `workflow_dispatch`, `workflow_call` or an action declares. */
export interface InputDeclaration extends Located {
  readonly name: string;
  /** `string` where none is written (`workflow_call` without a type is refused by GitHub); actions' inputs are all strings. */
  readonly type: 'string' | 'boolean' | 'number' | 'choice' | 'environment';
  readonly options: readonly string[];
  readonly isRequired: boolean;
  readonly default: Text | null;
  readonly description: string;
}

/** One event of `on:`. Its span is the event's name where it is written. */
export class Trigger implements Located {
  readonly workflow: Workflow;
  readonly event: string;
  readonly start: number;
  readonly end: number;
  /** What stands below the event; null in the string and list forms. */
  readonly node: MapNode | null;
  #inputs: ReadonlyMap<string, InputDeclaration> | undefined;

  constructor(workflow: Workflow, event: string, at: Range, node: MapNode | null) {
    this.workflow = workflow;
    this.event = event;
    this.start = at.start;
    this.end = at.end;
    this.node = node;
  }

  get source(): SourceFile {
    return this.workflow.source;
  }

  /** Who can cause it, and what the run holds. */
  get facts(): TriggerFacts {
    return triggerFacts(this.event);
  }

  /** Activity types; null where none are named and GitHub's default holds. */
  get types(): readonly string[] | null {
    const node = this.node?.get('types');
    return node ? scalarsOf(node).map((scalar) => scalar.text) : null;
  }

  /** A filter's patterns; null where the filter is absent. */
  filter(name: TriggerFilter): readonly Text[] | null {
    const node = this.node?.get(name);
    return node ? scalarsOf(node).flatMap((scalar) => this.workflow.textOf(scalar) ?? []) : null;
  }

  /** Declared inputs by name, lower case. */
  get inputs(): ReadonlyMap<string, InputDeclaration> {
    this.#inputs ??= inputsOf(this.workflow, mapOf(this.node?.get('inputs')));
    return this.#inputs;
  }

  /** Names of declared secrets (`workflow_call`), upper case. */
  get secrets(): readonly string[] {
    return (mapOf(this.node?.get('secrets'))?.entries ?? []).map(({ key }) => key.text.toUpperCase());
  }
}

/** The declarations of an `inputs:` map, by name in lower case (GitHub ignores case). */
export function inputsOf(
  owner: { readonly source: SourceFile; textOf(scalar: ScalarNode): Text | null },
  map: MapNode | null,
): ReadonlyMap<string, InputDeclaration> {
  const inputs = new Map<string, InputDeclaration>();
  for (const { key, value } of map?.entries ?? []) {
    const node = mapOf(value);
    const type = scalarOf(node?.get('type'))?.text;
    const fallback = scalarOf(node?.get('default'));
    inputs.set(key.text.toLowerCase(), {
      ...owner.source.at(key),
      name: key.text,
      type: type === 'boolean' || type === 'number' || type === 'choice' || type === 'environment' ? type : 'string',
      options: scalarsOf(node?.get('options')).map((scalar) => scalar.text),
      isRequired: scalarOf(node?.get('required'))?.value === true,
      default: fallback && owner.textOf(fallback),
      description: scalarOf(node?.get('description'))?.text ?? '',
    });
  }
  return inputs;
}

/** `on:` in its three forms. */
export class Triggers {
  readonly all: readonly Trigger[];
  /** The span of the word `on`; null where it is missing. */
  readonly key: Located | null;

  constructor(workflow: Workflow) {
    this.key = workflow.key('on');
    const node = workflow.find('on');
    this.all = node ? triggersOf(workflow, node) : [];
  }

  get(event: string): Trigger | null {
    return this.all.find((trigger) => trigger.event === event) ?? null;
  }

  has(...events: readonly string[]): boolean {
    return events.some((event) => this.get(event) !== null);
  }

  /** Event names, sorted, each once. */
  get events(): readonly string[] {
    return [...new Set(this.all.map((trigger) => trigger.event))].sort();
  }
}

function triggersOf(workflow: Workflow, on: Node): readonly Trigger[] {
  const node = resolve(on);
  if (node.kind === 'map') {
    return node.entries.map(({ key, value }) => new Trigger(workflow, key.text, key, mapOf(value)));
  }
  return scalarsOf(node).map((scalar) => new Trigger(workflow, scalar.text.trim(), scalar, null));
}
