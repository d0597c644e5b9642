import type { Connect } from './client.ts';

/** Which repositories an installation has. */
export interface Repositories {
  /** Present owner and name of an installation's repositories, by id; one request for each hundred that it has. */
  names(
    installationId: number,
    wanted: ReadonlySet<number>,
  ): Promise<ReadonlyMap<number, { readonly owner: string; readonly name: string }>>;
}

const MAX_PAGES = 200;

/** Over REST. */
export function repositories(connect: Connect): Repositories {
  return {
    names: async (installationId, wanted) => {
      const client = await connect(installationId);
      const found = new Map<number, { owner: string; name: string }>();
      for (let page = 1; page <= MAX_PAGES && found.size < wanted.size; page += 1) {
        const { data } = await client.read('GET /installation/repositories', { per_page: 100, page });
        for (const { id, owner, name } of data.repositories) {
          if (wanted.has(Number(id))) found.set(Number(id), { owner: owner.login, name });
        }
        if (data.repositories.length < 100) break;
      }
      return found;
    },
  };
}
