/** One REST request on its way to a handler, after it was matched, authenticated and validated. */
import type { Caller } from '../auth.ts';
import { may, reaches, sees } from '../auth.ts';
import type { Parameters } from '../contract.ts';
import type { Account, App, Pull, Repository, Token } from '../entities.ts';
import type { Need } from '../permissions.ts';
import { forbidden, notFound, Refusal } from '../refusal.ts';
import type { Site } from '../site.ts';
import type { Shape } from './shapes.ts';

export interface Reply {
  readonly status: number;
  readonly body: Shape | readonly Shape[] | string | Buffer | null;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export type Handler = (call: Call) => Reply | Promise<Reply>;

/** The repository has another name now; the server answers with the address by its id. */
export class Moved extends Error {
  readonly repositoryId: number;

  constructor(repositoryId: number) {
    super('Moved Permanently');
    this.repositoryId = repositoryId;
  }
}

export class Call {
  readonly site: Site;
  readonly caller: Caller;
  readonly parameters: Parameters;
  readonly body: unknown;
  readonly accept: string;
  readonly #need: Need;

  constructor(
    site: Site,
    caller: Caller,
    request: { parameters: Parameters; body: unknown; accept: string; need: Need },
  ) {
    this.site = site;
    this.caller = caller;
    this.parameters = request.parameters;
    this.body = request.body;
    this.accept = request.accept;
    this.#need = request.need;
  }

  get app(): App {
    return this.caller.app;
  }

  get token(): Token {
    if (this.caller.kind === 'app') throw new Refusal(401, 'Bad credentials');
    return this.caller.token;
  }

  get bot(): Account {
    return this.app.bot;
  }

  /** Whoever may not see or do this learns nothing of what was wrong with the request. */
  authorise(): void {
    if (this.parameters.owner !== undefined) void this.repository;
  }

  /** The repository of the path: 404 where the caller can't see it, 403 where it may not do this. */
  get repository(): Repository {
    const owner = this.text('owner');
    const name = this.text('repo');
    const { world } = this.site;
    const found = world.repository(owner, name);
    const former = found ? undefined : world.formerly(owner, name);
    const repository = found ?? former;
    if (!repository || (this.caller.kind === 'installation' && !sees(this.token, repository))) throw notFound();
    if (former) throw new Moved(former.id);
    if (this.caller.kind === 'installation') this.#allow(repository);
    return repository;
  }

  get pull(): Pull {
    const pull = this.repository.pulls.get(this.number('pull_number'));
    if (!pull) throw notFound();
    return pull;
  }

  text(name: string): string {
    return String(this.parameters[name] ?? '');
  }

  number(name: string): number {
    return Number(this.parameters[name] ?? 0);
  }

  #allow(repository: Repository): void {
    const { anyOf } = this.#need;
    const metadataOnly = anyOf.every(([permission]) => permission === 'metadata');
    const allowed =
      anyOf.some(([permission, level]) => may(this.token, repository, permission, level)) ||
      (metadataOnly && reaches(this.token, repository));
    if (anyOf.length > 0 && !allowed) throw forbidden();
  }
}

/** One page of a list, by `page` and `per_page` (at most 100), with GitHub's Link header. */
export function paged<T>(
  call: Call,
  items: readonly T[],
  perPageDefault = 30,
): { items: readonly T[]; headers: Record<string, string> } {
  const perPage = Math.min(100, Math.max(1, Number(call.parameters.per_page ?? perPageDefault)));
  const page = Math.max(1, Number(call.parameters.page ?? 1));
  const last = Math.max(1, Math.ceil(items.length / perPage));
  const link = (to: number, rel: string): string =>
    `<${call.site.world.url}/api/v3?page=${to}&per_page=${perPage}>; rel="${rel}"`;
  const links = page < last ? [link(page + 1, 'next'), link(last, 'last')] : [];
  return {
    items: items.slice((page - 1) * perPage, page * perPage),
    headers: links.length > 0 ? { link: links.join(', ') } : {},
  };
}
