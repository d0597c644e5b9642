import { TOKEN_SCOPES } from '../../knowledge/token-scopes.ts';
import type { Level, TokenPermissions } from '../finding.ts';

/** What a job's `GITHUB_TOKEN` may do. The default is a setting that the text doesn't show. */
export class Token {
  /** No `permissions:` says: the repository's setting decides. */
  static readonly unknown = new Token(null);

  /** Null when the repository's setting decides; a scope that is not named has none. */
  readonly scopes: ReadonlyMap<string, Level> | null;

  private constructor(scopes: ReadonlyMap<string, Level> | null) {
    this.scopes = scopes;
  }

  static of(entries: Iterable<readonly [scope: string, level: string]>): Token {
    const scopes = new Map<string, Level>();
    for (const [scope, level] of entries) if (level === 'read' || level === 'write') scopes.set(scope, level);
    return new Token(scopes);
  }

  /** `read-all` or `write-all`: each scope at the level, where it has that level. */
  static all(level: Level): Token {
    const known = Object.entries(TOKEN_SCOPES);
    return Token.of(
      known.filter(([, scope]) => (scope.levels as readonly Level[]).includes(level)).map(([name]) => [name, level]),
    );
  }

  /** What at least one of several tokens may do. */
  static union(tokens: readonly Token[]): Token {
    if (tokens.some((token) => token.scopes === null)) return Token.unknown;
    const scopes = new Map<string, Level>();
    for (const token of tokens) {
      for (const [scope, level] of token.scopes ?? []) if (scopes.get(scope) !== 'write') scopes.set(scope, level);
    }
    return new Token(scopes);
  }

  /** What both allow: a called workflow can only narrow its caller's token. */
  narrowedTo(own: Token): Token {
    if (own.scopes === null) return this;
    if (this.scopes === null) return own;
    const scopes = new Map<string, Level>();
    for (const [scope, level] of own.scopes) {
      const outer = this.scopes.get(scope);
      if (outer) scopes.set(scope, outer === 'read' ? 'read' : level);
    }
    return new Token(scopes);
  }

  /** Write includes read. `maybe`: the repository's setting decides. */
  grants(scope: string, level: Level): 'yes' | 'no' | 'maybe' {
    if (this.scopes === null) return 'maybe';
    const held = this.scopes.get(scope);
    return held === 'write' || held === level ? 'yes' : 'no';
  }

  /** Some scope has write, or may have. */
  get mayWrite(): boolean {
    return this.scopes === null || [...this.scopes.values()].includes('write');
  }

  /** No scope at all: `permissions: {}`. */
  get isEmpty(): boolean {
    return this.scopes?.size === 0;
  }

  /** As plain data, scopes sorted. */
  get data(): TokenPermissions {
    if (this.scopes === null) return { kind: 'default' };
    const sorted = [...this.scopes].sort(([a], [b]) => (a < b ? -1 : 1));
    // No prototype: a scope's name is the attacker's (`__proto__`).
    return { kind: 'declared', scopes: Object.assign(Object.create(null), Object.fromEntries(sorted)) };
  }
}
