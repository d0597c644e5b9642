import { type Event, getScalarValue, parseEvents, type ScalarEvent } from 'js-yaml';
import { ALIAS, DOCUMENT, FLOW, KEEP, type Open, POP, SCALAR, SEQUENCE, STYLES, Unusual } from './events.ts';
import { CommentReader, skipBlanks, skipGap, writtenBlockEnd } from './gaps.ts';
import { MAX_DEPTH, MAX_NODES } from './limits.ts';
import type { Comment } from './parse.ts';
import { AliasNode, MapNode, type Node, ScalarNode, type ScalarStyle, SequenceNode } from './tree.ts';

/**
 * The fast front-end: js-yaml's events to our tree, in a third of the time. It reads what nearly every workflow is made of
 * and gives up (null) on whatever is unusual: tags, directives, several documents, duplicate keys, aliases as keys, mistakes,
 * anything near a limit. Then `yaml` reads the text again, and its word counts; a test compares the two.
 */
export function readEvents(text: string): { root: Node | null; comments: readonly Comment[] } | null {
  let events: readonly Event[];
  if (DOUBTFUL.test(text)) return null;
  try {
    events = parseEvents(text, { maxDepth: MAX_DEPTH - 2 });
  } catch {
    return null;
  }
  // Three lexemes to an event at most: below this number `yaml` counts no excess.
  if (events.length > 40_000) return null;
  return new Composer(text).compose(events);
}

/** A byte order mark, and tabs where indentation may be meant. */
const DOUBTFUL = /^\ufeff|^ *\t/m;

/** Of more items `yaml` may find too many. */
const MAX_ITEMS = 900;

class Composer {
  readonly #text: string;
  readonly #comments: CommentReader;
  readonly #stack: Open[] = [];
  readonly #anchors = new Map<string, { readonly node: Exclude<Node, AliasNode>; readonly size: number }>();
  #top: Open | null = null;
  #root: Node | null = null;
  #size = 0;
  /** Behind the last token. */
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#comments = new CommentReader(text);
  }

  compose(events: readonly Event[]): { root: Node | null; comments: readonly Comment[] } | null {
    try {
      const [first] = events;
      if (first?.type !== DOCUMENT || first.directives.length > 0 || first.explicitEnd) return null;
      if (first.explicitStart) this.#skipStart();
      for (const event of events.slice(1, -1)) this.#take(event);
      if (events.at(-1)?.type !== POP || this.#top !== null || this.#root === null) return null;
      return { root: this.#root, comments: this.#comments.rest() };
    } catch (error) {
      if (error instanceof Unusual) return null;
      throw error;
    }
  }

  #skipStart(): void {
    this.#at = skipGap(this.#text, this.#at);
    if (!this.#text.startsWith('---', this.#at)) throw new Unusual();
    this.#at += 3;
  }

  #take(event: Event): void {
    switch (event.type) {
      case SCALAR:
        this.#put(this.#scalar(event));
        return;
      case ALIAS:
        this.#put(this.#alias(event.anchorStart, event.anchorEnd));
        return;
      case POP:
        this.#put(this.#close());
        return;
      case DOCUMENT:
        throw new Unusual();
      default:
        this.#open(event);
    }
  }

  #open(event: Exclude<Event, { type: 1 | 4 | 5 | 6 }>): void {
    const flow = event.style === FLOW;
    const isMap = event.type !== SEQUENCE;
    const isKey = this.#top?.isMap === true && this.#top.key === null;
    // In `[a: b]` the map has no bracket.
    const isBare = flow && this.#text[event.start] !== (isMap ? '{' : '[');
    if (event.tagStart >= 0 || isKey || isBare) throw new Unusual();
    this.#grow(1);
    const anchor = event.anchorStart < 0 ? null : this.#text.slice(event.anchorStart, event.anchorEnd);
    // An alias to it would be inside of it: only `yaml` says so well.
    if (anchor !== null) this.#anchors.delete(anchor);
    if (this.#top) this.#stack.push(this.#top);
    this.#top = {
      isMap,
      flow,
      anchor,
      start: event.start,
      sizeBefore: this.#size - 1,
      entries: [],
      items: [],
      keys: new Set(),
      key: null,
    };
    this.#at = flow ? event.start + 1 : event.start;
  }

  #close(): Node {
    const top = this.#top;
    if (top === null || top.key !== null) throw new Unusual();
    if (top.flow) this.#skipClosing(top.isMap ? '}' : ']');
    this.#top = this.#stack.pop() ?? null;
    const node = top.isMap ? this.#map(top) : this.#sequence(top);
    if (top.anchor !== null) this.#anchors.set(top.anchor, { node, size: this.#size - top.sizeBefore });
    return node;
  }

  #skipClosing(bracket: string): void {
    this.#at = skipGap(this.#text, this.#at);
    if (this.#text[this.#at] === ',') this.#at = skipGap(this.#text, this.#at + 1);
    if (this.#text[this.#at] !== bracket) throw new Unusual();
    this.#at += 1;
  }

  #map({ entries, flow, start, anchor }: Open): MapNode {
    const [first, last] = [entries[0], entries.at(-1)];
    if (flow || !first || !last) return new MapNode({ start, end: this.#at, anchor, flow, entries });
    return new MapNode({ start: first.key.start, end: Math.max(last.value.end, last.key.end), anchor, flow, entries });
  }

  #sequence({ items, flow, start, anchor }: Open): SequenceNode {
    const end = flow ? this.#at : Math.max(items.at(-1)?.end ?? this.#at, start);
    return new SequenceNode({ start, end, anchor, flow, items });
  }

  #alias(from: number, to: number): AliasNode {
    const name = this.#text.slice(from, to);
    const known = this.#anchors.get(name);
    if (!known || (this.#top?.isMap && this.#top.key === null)) throw new Unusual();
    this.#grow(known.size);
    this.#comments.pass(from - 1, to);
    this.#at = to;
    return new AliasNode({ start: from - 1, end: to, name, target: known.node });
  }

  #scalar(event: ScalarEvent): ScalarNode {
    if (event.tagStart >= 0) throw new Unusual();
    const top = this.#top;
    const isKey = top?.isMap === true && top.key === null;
    const anchor = event.anchorStart < 0 ? null : this.#text.slice(event.anchorStart, event.anchorEnd);
    if (anchor !== null) this.#at = event.anchorEnd;
    if (isKey && anchor !== null) throw new Unusual();
    this.#grow(1);
    const node = event.valueStart < 0 ? this.#absent(top, isKey, anchor) : this.#written(event, anchor);
    if (anchor !== null) this.#anchors.set(anchor, { node, size: 1 });
    return node;
  }

  /** `key:` without a value: `yaml` puts it behind the indicator and the blanks that follow. */
  #absent(top: Open | null, isKey: boolean, anchor: string | null): ScalarNode {
    if (anchor !== null || top === null || top.flow || isKey) throw new Unusual();
    this.#indicator(top);
    const at = skipBlanks(this.#text, this.#at);
    this.#at = at;
    return new ScalarNode({ start: at, end: at, anchor, token: null, style: 'plain', text: '', tag: null });
  }

  /** Behind the `:` or `-` of the value that follows. */
  #indicator({ isMap }: Open): void {
    this.#at = skipGap(this.#text, this.#at);
    if (this.#text[this.#at] !== (isMap ? ':' : '-')) throw new Unusual();
    this.#at += 1;
  }

  #written(event: ScalarEvent, anchor: string | null): ScalarNode {
    const style = STYLES[event.style] ?? 'plain';
    if (style === 'literal' || style === 'folded') return this.#block(event, style, anchor);
    const text = this.#text;
    const quote = style === 'plain' ? 0 : 1;
    const [start, end] = [event.valueStart - quote, event.valueEnd + quote];
    this.#comments.pass(start, end);
    this.#at = end;
    const token = { style, source: text.slice(start, end), at: start, header: '', indent: 0 };
    return new ScalarNode({ start, end, style, anchor, token, text: getScalarValue(text, event), tag: null });
  }

  #block(event: ScalarEvent, style: ScalarStyle, anchor: string | null): ScalarNode {
    const text = this.#text;
    if (anchor === null && this.#top) this.#indicator(this.#top);
    const start = skipGap(text, this.#at);
    const header = /^[|>][-+]?(?=[ \t]*(#|\r?\n|$))/.exec(text.slice(start, start + 200))?.[0];
    // With an indentation of its own in the header, or at the file's end, let `yaml` read it.
    if (header === undefined) throw new Unusual();
    const end = event.chomping === KEEP ? event.valueEnd : writtenBlockEnd(text, event);
    this.#comments.pass(event.valueStart, end);
    this.#at = end;
    const source = text.slice(event.valueStart, end);
    // Nothing but blanks, or blanks before the first line: parsers differ on what that means.
    if (this.#top === null || /^\s*$|^(\r?\n)* +\r?\n/.test(source)) throw new Unusual();
    const token = { style, source, at: event.valueStart, header, indent: this.#column() };
    return new ScalarNode({ start, end, style, anchor, token, text: getScalarValue(text, event), tag: null });
  }

  /** Of the collection around, -1 at the root. */
  #column(): number {
    const top = this.#top;
    if (!top) return -1;
    const start = top.entries[0]?.key.start ?? top.key?.start ?? top.start;
    return start - (this.#text.lastIndexOf('\n', start - 1) + 1);
  }

  #put(node: Node): void {
    const top = this.#top;
    if (top === null) {
      if (this.#root !== null) throw new Unusual();
      this.#root = node;
    } else if (!top.isMap) top.items.push(node);
    else if (top.key !== null) {
      top.entries.push({ key: top.key, value: node });
      top.key = null;
    } else {
      if (node.kind !== 'scalar' || node.text === '<<' || top.keys.has(node.text)) throw new Unusual();
      top.keys.add(node.text);
      top.key = node;
    }
    if (top !== null && top.entries.length + top.items.length > MAX_ITEMS) throw new Unusual();
  }

  #grow(nodes: number): void {
    this.#size += nodes;
    if (this.#size > MAX_NODES / 2) throw new Unusual();
  }
}
