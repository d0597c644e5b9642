import type { SimulatedPull } from '../../simulator/pull.ts';
import type { SimulatedRepository } from '../../simulator/repository.ts';

/** What is wrong by GitHub's own account: nothing, when every head has its one verdict and nobody was told anything twice. */
export function faultsOf(repository: SimulatedRepository, pulls: readonly SimulatedPull[]): string[] {
  const left = repository.checkRuns().filter((check) => check.status !== 'completed');
  return [
    ...left.map((check) => `check ${check.id} of ${check.headSha.slice(0, 7)} is ${check.status}`),
    ...pulls.flatMap((pull) => [...faultsOfHead(pull), ...saidTwice(pull)]),
  ];
}

/** A pull request in which every commit has a message `bad` or `good`. */
function faultsOfHead(pull: SimulatedPull): string[] {
  const name = `#${pull.number} at ${pull.head.slice(0, 7)}`;
  const checks = pull.checkRuns().filter((check) => check.name === 'gargoyle');
  const done = checks.filter((check) => check.status === 'completed' && check.conclusion !== 'cancelled');
  if (done.length !== 1 || checks.length !== 1)
    return [`${name} has ${done.length} verdicts on ${checks.length} checks`];
  const annotations = done[0]?.annotations.map((each) => `${each.path}:${each.start_line}:${each.title}`) ?? [];
  return new Set(annotations).size === annotations.length ? [] : [`${name} is annotated twice: ${annotations}`];
}

function saidTwice(pull: SimulatedPull): string[] {
  const ours = pull.reviews.filter((review) => review.author.login === 'gargoyle[bot]' && review.body !== '');
  const commits = ours.map((review) => review.commit);
  const fingerprints = pull.threads.map(
    (thread) => /gargoyle:1:([0-9a-f]{64})/.exec(thread.comments[0]?.body ?? '')?.[1],
  );
  return [
    ...(new Set(commits).size === commits.length ? [] : [`#${pull.number} has two reviews of one head`]),
    ...(new Set(fingerprints).size === fingerprints.length ? [] : [`#${pull.number} has two threads of one finding`]),
  ];
}

/** The same numbers in each run. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
