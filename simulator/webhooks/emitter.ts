/** Sends an event to the Apps that hear of it, as payloads that fit the published schema. */
import { randomUUID } from 'node:crypto';
import type { Account, Installation, Repository } from '../entities.ts';
import type { Ledger } from '../ledger.ts';
import { accountShape, htmlUrl, repositoryShape, type Shape } from '../rest/shapes.ts';
import { covers, type World } from '../world.ts';
import { Deliverer, deliveryHeaders } from './deliveries.ts';
import { exampleOf, overlay, payloadProblem } from './payload.ts';

export interface Emission {
  readonly event: string;
  readonly action: string | null;
  readonly repository: Repository | null;
  readonly sender: Account;
  /** Laid over GitHub's example. */
  readonly real: Shape;
  /** Put in as it is, also where the example lacks it. */
  readonly more?: Shape;
  /** The action whose example is taken, where GitHub published none for this one. */
  readonly like?: string;
  /** Only this App, without subscription (its own checks, its own installation). */
  readonly only?: Installation;
}

export class Emitter {
  readonly deliverer = new Deliverer();
  readonly #world: World;
  readonly #ledger: Ledger;

  constructor(world: World, ledger: Ledger) {
    this.#world = world;
    this.#ledger = ledger;
  }

  #listeners(emission: Emission): Installation[] {
    const { repository, only, event } = emission;
    if (only) return only.app.webhookUrl === null ? [] : [only];
    return this.#world.installations.filter(
      (installation) =>
        repository !== null &&
        installation.suspendedAt === null &&
        installation.app.webhookUrl !== null &&
        covers(installation, repository) &&
        installation.app.events.includes(event),
    );
  }

  /** Resolves when every App that listens has answered. */
  async emit(emission: Emission): Promise<void> {
    await Promise.all(this.#listeners(emission).map((installation) => this.#deliver(emission, installation)));
  }

  #deliver(emission: Emission, installation: Installation): Promise<void> {
    const { event, action, repository } = emission;
    const payload = this.#payload(emission, installation);
    const problem = payloadProblem(event, payload);
    if (problem !== null) this.#ledger.problem('webhook', `${event}.${action}`, problem);
    const body = Buffer.from(JSON.stringify(payload));
    const guid = randomUUID();
    return this.deliverer.send({
      id: this.#world.nextId(),
      guid,
      app: installation.app,
      at: Date.now(),
      redelivery: false,
      seconds: 0,
      status: 'pending',
      statusCode: 0,
      event,
      action,
      installationId: installation.id,
      repositoryId: repository?.id ?? null,
      headers: deliveryHeaders(installation.app, guid, event, body),
      body,
      answer: null,
    });
  }

  #payload(emission: Emission, installation: Installation): Shape {
    const { event, action, repository, sender, like } = emission;
    const owner = repository?.owner ?? installation.account;
    const place = { url: this.#world.url, owner: owner.login, name: repository?.name ?? '' };
    const { organization, enterprise, changes, deployment, requester, ...example } = exampleOf(
      event,
      like ?? action,
      place,
    );
    const real = {
      ...(action === null ? {} : { action }),
      ...emission.real,
      sender: accountShape(this.#world, sender),
      ...(repository ? { repository: repositoryFor(this.#world, repository, event) } : {}),
    };
    const laid = overlay(example, real) as Shape;
    return {
      ...laid,
      // only some examples are of a comment on a pull request
      ...(emission.real.issue
        ? { issue: { ...(laid.issue as Shape), pull_request: (emission.real.issue as Shape).pull_request } }
        : {}),
      ...(repository ? { installation: { id: installation.id, node_id: `MDI_${installation.id}` } } : {}),
      ...(repository && owner.type === 'Organization' ? { organization: this.#organization(owner) } : {}),
      ...emission.more,
    };
  }

  #organization(account: Account): Shape {
    const url = `${this.#world.url}/api/v3/orgs/${account.login}`;
    const urls = ['repos', 'events', 'hooks', 'issues'].map((name) => [`${name}_url`, `${url}/${name}`]);
    const shape = accountShape(this.#world, account);
    return {
      login: account.login,
      id: account.id,
      node_id: shape.node_id,
      url,
      ...Object.fromEntries(urls),
      members_url: `${url}/members{/member}`,
      public_members_url: `${url}/public_members{/member}`,
      avatar_url: shape.avatar_url,
      description: null,
    };
  }
}

/** `push` is older than the rest: it has the repository's page as its address, and the owner's name and mail. */
function repositoryFor(world: World, repository: Repository, event: string): Shape {
  const shape = repositoryShape(world, repository);
  if (event !== 'push') return shape;
  const { login } = repository.owner;
  const owner = { ...(shape.owner as Shape), name: login, email: `${login}@users.noreply.github.com` };
  return { ...shape, owner, url: htmlUrl(world, repository) };
}
