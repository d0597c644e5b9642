import type { InstallationRepositoriesRemovedEvent } from '@octokit/webhooks-types';
import type { Task } from '../queue/tasks.ts';
import { type Arrival, type RepositoryEvent, repositoryOf } from './payload.ts';

type InstallationView = Pick<RepositoryEvent, 'action' | 'installation'>;

interface RepositoriesView extends InstallationView {
  readonly repositories_removed: readonly Pick<
    InstallationRepositoriesRemovedEvent['repositories_removed'][number],
    'id'
  >[];
}

/** `installation`: what we know of an organisation goes when the App does. A suspended one may come back. */
export function installation(payload: InstallationView, { deliveryId }: Arrival): readonly Task[] {
  if (payload.action !== 'deleted') return [];
  return [{ kind: 'forget-installation', installationId: payload.installation.id, deliveryId }];
}

/** `installation_repositories`: the ones that were taken away are forgotten. */
export function installationRepositories(payload: RepositoriesView, { deliveryId }: Arrival): readonly Task[] {
  if (payload.action !== 'removed') return [];
  const repositoryIds = payload.repositories_removed.map(({ id }) => id);
  return [{ kind: 'forget-repositories', installationId: payload.installation.id, repositoryIds, deliveryId }];
}

/** `repository`: a deleted one is forgotten. A renamed one needs nothing: everything is kept by id. */
export function repository(payload: RepositoryEvent, { deliveryId }: Arrival): readonly Task[] {
  if (payload.action !== 'deleted') return [];
  const { installationId, repositoryId } = repositoryOf(payload);
  return [{ kind: 'forget-repositories', installationId, repositoryIds: [repositoryId], deliveryId }];
}
