import { type Checks, checks } from './checks.ts';
import type { Connect } from './client.ts';
import { type Collaborators, collaborators } from './collaborators.ts';
import { type Comments, comments } from './comments.ts';
import { type Objects, objects } from './objects.ts';
import { type Pulls, pulls } from './pulls.ts';
import { type Repositories, repositories } from './repositories.ts';
import { type Reviews, reviews } from './reviews.ts';
import { type Threads, threads } from './threads.ts';

/** Everything that the tasks ask of GitHub, by noun. Each method is one request unless it says otherwise. */
export interface GitHub {
  readonly pulls: Pulls;
  readonly objects: Objects;
  readonly checks: Checks;
  readonly reviews: Reviews;
  readonly threads: Threads;
  readonly comments: Comments;
  readonly collaborators: Collaborators;
  readonly repositories: Repositories;
  /** What an installation granted, from its token: scope → level. */
  grants(installationId: number): Promise<Readonly<Record<string, string>>>;
}

/** All nouns over one connection; `appId` tells what is ours from what looks like it. */
export function gitHub(connect: Connect, appId: number): GitHub {
  return {
    pulls: pulls(connect),
    objects: objects(connect),
    checks: checks(connect, appId),
    reviews: reviews(connect),
    threads: threads(connect),
    comments: comments(connect, appId),
    collaborators: collaborators(connect),
    repositories: repositories(connect),
    grants: async (installationId) => (await connect(installationId)).grants(),
  };
}
