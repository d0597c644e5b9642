import type { Connect, Place } from './client.ts';
import { statusOf } from './failures.ts';

/** Who may do what in a repository. */
export interface Collaborators {
  /** Whether an account may write to the repository, asked of GitHub now: no payload is believed (T3). */
  mayWrite(place: Place, account: { readonly id: number; readonly login: string }): Promise<boolean>;
}

/** Over REST. */
export function collaborators(connect: Connect): Collaborators {
  return {
    mayWrite: async (place, { id, login }) => {
      const client = await connect(place.installationId);
      try {
        const { data } = await client.read('GET /repos/{owner}/{repo}/collaborators/{username}/permission', {
          owner: place.owner,
          repo: place.name,
          username: login,
        });
        // A login may have passed to another account since the comment was written.
        return data.user?.id === id && (data.permission === 'admin' || data.permission === 'write');
      } catch (error) {
        if (statusOf(error) === 404) return false;
        throw error;
      }
    },
  };
}
