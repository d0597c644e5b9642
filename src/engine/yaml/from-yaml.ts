import {
  type Alias,
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { MAX_ALIASES, MAX_KEYS, MAX_NODES } from './limits.ts';
import type { Lines } from './lines.ts';
import type { Comment } from './parse.ts';
import type { ScalarToken } from './scalar-map.ts';
import { clause, readTokens } from './tokens.ts';
import {
  AliasNode,
  type Entry,
  MapNode,
  type Node,
  ScalarNode,
  type ScalarStyle,
  type ScalarTag,
  SequenceNode,
} from './tree.ts';
import { Unreadable } from './unreadable.ts';

const OPTIONS = {
  keepSourceTokens: true,
  schema: 'core',
  // Quadratic in `yaml`; ours is a Set.
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

const STYLES: Readonly<Record<string, ScalarStyle>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};
/** The tags that GitHub's reader knows. */
const SCALAR_TAGS: ReadonlyMap<string, ScalarTag> = new Map([
  ['!', 'str'],
  ['tag:yaml.org,2002:str', 'str'],
  ['tag:yaml.org,2002:int', 'int'],
  ['tag:yaml.org,2002:float', 'float'],
  ['tag:yaml.org,2002:bool', 'bool'],
  ['tag:yaml.org,2002:null', 'null'],
]);
const CORE_COLLECTION = /^tag:yaml\.org,2002:(map|seq)$/;

/** The front-end on `yaml`: text to our tree. Nothing above sees its nodes. Throws `Unreadable`. */
export function readTree(text: string, lines: Lines): { root: Node | null; comments: readonly Comment[] } {
  const { tokens, comments } = readTokens(text, lines);
  const [document] = compose(tokens, text.length);
  const at = (offset: number): string => `line ${lines.position(offset).line}: `;
  if (document === undefined) return { root: null, comments };
  const [error] = document.errors;
  if (error !== undefined) throw new Unreadable(at(error.pos[0]) + clause(error.message));
  const root = document.contents === null ? null : new Builder(at).node(document.contents);
  const isEmpty = root?.kind === 'scalar' && root.isEmpty && root.anchor === null;
  return { root: isEmpty ? null : root, comments };
}

function compose(tokens: readonly CST.Token[], length: number): readonly Document.Parsed[] {
  return [...new Composer(OPTIONS).compose(tokens, true, length)] as Document.Parsed[];
}

interface Built {
  readonly node: Exclude<Node, AliasNode>;
  readonly size: number;
}

/** Turns one document's nodes into ours, bottom up. */
class Builder {
  readonly #at: (offset: number) => string;
  readonly #anchors = new Map<string, Built>();
  /** Anchors of the collections around the current node: an alias to one of them is endless. */
  readonly #open = new Set<string>();
  #aliases = 0;
  /** Nodes so far, aliases counted with all that is behind them. */
  #size = 0;

  constructor(at: (offset: number) => string) {
    this.#at = at;
  }

  node(source: ParsedNode): Node {
    const offset = source.range[0];
    if (isAlias(source)) return this.#alias(source as Alias.Parsed);
    const before = this.#size;
    this.#grow(1, offset);
    const anchor = source.anchor ?? null;
    const wasOpen = anchor !== null && this.#open.has(anchor);
    if (anchor !== null) this.#open.add(anchor);
    const node = this.#written(source, anchor);
    if (anchor !== null) {
      if (!wasOpen) this.#open.delete(anchor);
      this.#anchors.set(anchor, { node, size: this.#size - before });
    }
    return node;
  }

  #written(source: ParsedNode, anchor: string | null): Exclude<Node, AliasNode> {
    if (isScalar(source)) return this.#scalar(source as Scalar.Parsed, anchor);
    if (source.tag !== undefined && !CORE_COLLECTION.test(source.tag))
      this.#fail(source.range[0], `the tag ${source.tag}`);
    if (isMap(source)) return this.#map(source as YAMLMap.Parsed, anchor);
    if (isSeq(source)) return this.#sequence(source as YAMLSeq.Parsed, anchor);
    return this.#fail(offsetOf(source), 'a node that is neither scalar, map nor sequence');
  }

  #alias(source: Alias.Parsed): AliasNode {
    const [start, end] = source.range;
    const name = source.source;
    if (this.#open.has(name)) this.#fail(start, `the alias \`*${name}\` is inside its own anchor`);
    const target = this.#anchors.get(name);
    if (target === undefined) return this.#fail(start, `the alias \`*${name}\` has no anchor`);
    if (++this.#aliases > MAX_ALIASES) this.#fail(start, `more than ${MAX_ALIASES} aliases`);
    this.#grow(target.size, start);
    return new AliasNode({ start, end, name, target: target.node });
  }

  #scalar(source: Scalar.Parsed, anchor: string | null): ScalarNode {
    const [start, end] = source.range;
    const token = tokenOf(source);
    const tag = SCALAR_TAGS.get(source.tag ?? '') ?? null;
    if (source.tag !== undefined && tag === null) this.#fail(start, `the tag ${source.tag}`);
    return new ScalarNode({
      start,
      end,
      anchor,
      token,
      style: STYLES[source.type ?? 'PLAIN'] ?? 'plain',
      text: source.source ?? '',
      tag,
    });
  }

  #map(source: YAMLMap.Parsed, anchor: string | null): MapNode {
    if (source.items.length > MAX_KEYS) this.#fail(source.range[0], `a map of more than ${MAX_KEYS} keys`);
    const seen = new Set<string>();
    const entries = source.items.map((pair) => this.#entry(pair as Pair<ParsedNode, ParsedNode | null>, seen));
    const flow = source.flow === true;
    const [first, last] = [entries[0], entries.at(-1)];
    const [start, end] = source.range;
    if (flow || first === undefined || last === undefined) return new MapNode({ start, end, anchor, flow, entries });
    return new MapNode({ start: first.key.start, end: Math.max(last.value.end, last.key.end), anchor, flow, entries });
  }

  #entry(pair: Pair<ParsedNode, ParsedNode | null>, seen: Set<string>): Entry {
    const key = this.node(pair.key);
    if (key.kind !== 'scalar') return this.#fail(key.start, 'a key that is not a scalar');
    if (key.text === '<<' && key.style === 'plain')
      this.#fail(key.start, 'a merge key (`<<`), which GitHub does not know');
    if (seen.has(key.text)) this.#fail(key.start, `key \`${clip(key.text)}\` twice`);
    seen.add(key.text);
    const value = pair.value === null ? absent(key.end) : this.node(pair.value);
    return { key, value };
  }

  #sequence(source: YAMLSeq.Parsed, anchor: string | null): SequenceNode {
    const items = source.items.map((item) => this.node(item as ParsedNode));
    const [start, end] = source.range;
    const flow = source.flow === true;
    return new SequenceNode({
      start,
      end: flow ? end : Math.max(items.at(-1)?.end ?? end, start),
      anchor,
      flow,
      items,
    });
  }

  #grow(nodes: number, offset: number): void {
    this.#size += nodes;
    if (this.#size > MAX_NODES) this.#fail(offset, `more than ${MAX_NODES} nodes, aliases expanded`);
  }

  #fail(offset: number, reason: string): never {
    throw new Unreadable(this.#at(offset) + clause(reason));
  }
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** The value of a key without `:` in a flow map (`{a, b}`). */
function absent(offset: number): ScalarNode {
  return new ScalarNode({ start: offset, end: offset, anchor: null, token: null, style: 'plain', text: '', tag: null });
}

function offsetOf(source: { readonly range?: readonly number[] | null }): number {
  return source.range?.[0] ?? 0;
}

function tokenOf(source: Scalar.Parsed): ScalarToken | null {
  const token = source.srcToken;
  const style = STYLES[source.type ?? 'PLAIN'] ?? 'plain';
  if (token === undefined || (token.type === 'scalar' && token.source === '')) return null;
  if (token.type !== 'block-scalar') return { style, source: token.source, at: token.offset, header: '', indent: 0 };
  const header = token.props[0];
  const props = token.props.map((part) => ('source' in part ? part.source : ''));
  return {
    style,
    source: token.source,
    at: token.offset + props.join('').length,
    header: header !== undefined && 'source' in header ? header.source : '',
    indent: token.indent,
  };
}
