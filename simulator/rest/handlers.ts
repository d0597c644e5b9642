/** Every operation that the simulator answers, by its id in GitHub's description. */
import { appHandlers } from './apps.ts';
import type { Handler } from './call.ts';
import { checkHandlers } from './checks.ts';
import { commentHandlers } from './comments.ts';
import { peopleHandlers } from './people.ts';
import { pullHandlers } from './pulls.ts';
import { repositoryHandlers } from './repositories.ts';
import { runHandlers } from './runs.ts';

export const handlers: ReadonlyMap<string, Handler> = new Map(
  [appHandlers, checkHandlers, commentHandlers, peopleHandlers, pullHandlers, repositoryHandlers, runHandlers].flatMap(
    (table) => Object.entries(table),
  ),
);
