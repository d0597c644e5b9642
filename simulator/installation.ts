/** What an owner does to an installation of the App: suspends it, changes its permissions and repositories, removes it. */
import type { Account, Installation, Permissions, Repository } from './entities.ts';
import type { Site } from './site.ts';

export class SimulatedInstallation {
  readonly entity: Installation;
  readonly #site: Site;

  constructor(site: Site, entity: Installation) {
    this.#site = site;
    this.entity = entity;
  }

  get id(): number {
    return this.entity.id;
  }

  /** Ends every token that was handed out: the next request gets 401. */
  expireTokens(): void {
    for (const token of this.#tokens()) token.expiresAt = 0;
  }

  /** New permissions; tokens handed out before keep theirs until they expire, as on GitHub, unless `atOnce`. */
  async setPermissions(permissions: Permissions, options: { atOnce?: boolean } = {}): Promise<void> {
    this.entity.permissions = permissions;
    if (options.atOnce) for (const token of this.#tokens()) token.permissions = { ...permissions, metadata: 'read' };
    await this.#site.webhooks.installation('new_permissions_accepted', this.entity, this.#sender());
  }

  async suspend(): Promise<void> {
    this.entity.suspendedAt = this.#site.world.now();
    await this.#site.webhooks.installation('suspend', this.entity, this.#sender());
  }

  async unsuspend(): Promise<void> {
    this.entity.suspendedAt = null;
    await this.#site.webhooks.installation('unsuspend', this.entity, this.#sender());
  }

  async addRepository(repository: Repository): Promise<void> {
    if (this.entity.repositories !== 'all') this.entity.repositories.add(repository.id);
    await this.#site.webhooks.installationRepositories(
      this.entity,
      { added: [repository], removed: [] },
      this.#sender(),
    );
  }

  async removeRepository(repository: Repository): Promise<void> {
    const { world } = this.#site;
    const { account } = this.entity;
    if (this.entity.repositories === 'all') {
      this.entity.repositories = new Set(
        world.repositories.filter(({ owner }) => owner === account).map(({ id }) => id),
      );
    }
    this.entity.repositories.delete(repository.id);
    await this.#site.webhooks.installationRepositories(
      this.entity,
      { added: [], removed: [repository] },
      this.#sender(),
    );
  }

  async uninstall(): Promise<void> {
    const { installations } = this.#site.world;
    await this.#site.webhooks.installation('deleted', this.entity, this.#sender());
    installations.splice(installations.indexOf(this.entity), 1);
  }

  #tokens() {
    return [...this.#site.world.tokens.values()].filter((token) => token.installation === this.entity);
  }

  #sender(): Account {
    const { account } = this.entity;
    return account.type === 'User' ? account : this.#site.world.account(`${account.login}-admin`, 'User');
  }
}
