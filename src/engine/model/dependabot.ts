import { ensureEntry, insertEntry, removeEntry } from '../yaml/edit.ts';
import { indentOf, lineBreakOf, lineEnd } from '../yaml/layout.ts';
import type { MapNode, ScalarNode } from '../yaml/tree.ts';
import { mapOf, scalarOf, scalarsOf, sequenceOf } from './nodes.ts';
import { matchesSegments } from './path-pattern.ts';
import type { Located, LocatedText, SourceEdit, SourceFile } from './source.ts';

/** One entry of `updates:`. Its span is its map. */
export class DependabotUpdate implements Located {
  readonly source: SourceFile;
  readonly node: MapNode;

  constructor(source: SourceFile, node: MapNode) {
    this.source = source;
    this.node = node;
  }

  get start(): number {
    return this.node.start;
  }

  get end(): number {
    return this.node.end;
  }

  /** `npm`, `github-actions` …, as written; '' where it is missing. */
  get ecosystem(): string {
    return this.text('package-ecosystem')?.value.trim() ?? '';
  }

  /** Where it says which ecosystem it is for; the whole entry where it doesn't. */
  get at(): Located {
    return this.text('package-ecosystem') ?? this;
  }

  /** `directory` and `directories`, with one slash at the front and none at the end (`/` for the root); globs as written. */
  get directories(): readonly string[] {
    const written = ['directory', 'directories'].flatMap((key) => scalarsOf(this.node.get(key)));
    return written.map(({ text }) => `/${text.trim().replace(/^(?:\.?\/)+|\/+$/g, '')}`);
  }

  /** Whether one of its directories is this folder (`''` the root), by name or by glob. */
  covers(folder: string): boolean {
    const asked = folder.split('/');
    return this.directories.some((directory) => matchesSegments(asked, directory.slice(1, 300).split('/')));
  }

  /** Days that a release must be old; null where no `cooldown` is written and Dependabot's own default holds. The lowest of all that are given. */
  get cooldownDays(): number | null {
    const cooldown = this.cooldown;
    if (!cooldown) return null;
    const days = cooldown.entries.filter(({ key }) => /-days$/.test(key.text));
    const given = days.flatMap(({ value }) => {
      const number = Number(scalarOf(value)?.text ?? 'x');
      return Number.isFinite(number) ? [number] : [];
    });
    return given.length > 0 ? Math.min(...given) : null;
  }

  get cooldown(): MapNode | null {
    return mapOf(this.node.get('cooldown'));
  }

  /** Only security updates are made: `open-pull-requests-limit: 0`. */
  get isSecurityOnly(): boolean {
    return this.text('open-pull-requests-limit')?.value.trim() === '0';
  }

  /** Names of the private registries that it uses; `*` for all. */
  get registries(): readonly string[] {
    return scalarsOf(this.node.get('registries')).map(({ text }) => text);
  }

  /** The scalar below a key. */
  text(key: string): LocatedText | null {
    const scalar = scalarOf(this.node.get(key));
    return scalar && located(this.source, scalar);
  }

  ensure(path: readonly string[], value: string): SourceEdit | null {
    return this.source.edit(ensureEntry(this.source.text, this.node, path, value));
  }

  insert(key: string, value: string): SourceEdit | null {
    return this.source.edit(insertEntry(this.source.text, this.node, key, value));
  }

  remove(key: string): SourceEdit | null {
    return this.source.edit(removeEntry(this.source.text, this.node, key));
  }
}

/** A private registry. */
export interface DependabotRegistry {
  readonly name: string;
  /** Its values by key: `type`, `url`, `token` … */
  readonly values: ReadonlyMap<string, LocatedText>;
}

/** `.github/dependabot.yml`. */
export class Dependabot implements Located {
  readonly kind = 'dependabot';
  readonly source: SourceFile;
  readonly node: MapNode;
  /** The file as a whole has no names on the way. */
  readonly route = '';
  #updates: readonly DependabotUpdate[] | undefined;

  constructor(source: SourceFile, node: MapNode) {
    this.source = source;
    this.node = node;
  }

  get start(): number {
    return this.node.start;
  }

  get end(): number {
    return this.node.end;
  }

  /** In the order of the source. */
  get updates(): readonly DependabotUpdate[] {
    this.#updates ??= (sequenceOf(this.node.get('updates'))?.items ?? []).flatMap((item) => {
      const node = mapOf(item);
      return node ? [new DependabotUpdate(this.source, node)] : [];
    });
    return this.#updates;
  }

  /** The word `updates`, for problems of the list as a whole; the file's beginning where it is missing. */
  get updatesKey(): Located {
    const entry = this.node.entry('updates');
    return this.source.at(entry?.key ?? { start: this.node.start, end: Math.min(this.node.end, this.node.start + 1) });
  }

  get registries(): readonly DependabotRegistry[] {
    return (mapOf(this.node.get('registries'))?.entries ?? []).map(({ key, value }) => ({
      name: key.text,
      values: new Map(
        (mapOf(value)?.entries ?? []).flatMap(({ key: inner, value: node }) => {
          const scalar = scalarOf(node);
          return scalar ? [[inner.text, located(this.source, scalar)] as const] : [];
        }),
      ),
    }));
  }

  /** Adds an updater behind the last of `updates`: weekly, and for releases that are a week old. Null where the list is not written in lines. */
  addUpdate(ecosystem: string, directory: string): SourceEdit | null {
    const lines = [
      `package-ecosystem: ${ecosystem}`,
      `directory: ${directory}`,
      'schedule:',
      '  interval: weekly',
      'cooldown:',
      '  default-days: 7',
    ];
    const { text } = this.source;
    const last = this.updates.at(-1);
    const indent = last ? indentOf(text, last.node) : null;
    if (!last || indent === null || indent < 2) return null;
    const dash = text.slice(0, last.node.start).lastIndexOf('-');
    const width = last.node.start - dash;
    if (dash < 0 || text.slice(dash + 1, last.node.start).trim() !== '') return null;
    const outer = ' '.repeat(indent - width);
    const at = lineEnd(text, text.slice(0, last.node.end).trimEnd().length);
    const written = lines.map((line, index) => outer + (index === 0 ? '-'.padEnd(width) : ' '.repeat(width)) + line);
    return this.source.edit({ start: at, end: at, text: lineBreakOf(text) + written.join(lineBreakOf(text)) });
  }
}

function located(source: SourceFile, scalar: ScalarNode): LocatedText {
  return { ...source.at(scalar), value: scalar.text };
}
