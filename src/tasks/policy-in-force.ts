import type { Place } from '../github/client.ts';
import type { Policies, PolicyFile } from '../github/policies.ts';
import { effectivePolicy } from '../policy/merge.ts';
import type { Policy, PolicySource } from '../policy/policy.ts';
import type { Tools } from './tools.ts';

/** What is in force for a repository, and keeps what parsed as the last good version: a broken policy never switches the guard off. */
export async function policyInForce(
  { store, catalogue }: Pick<Tools, 'store' | 'catalogue'>,
  { installationId }: Place,
  { organisation: candidates, repository }: Policies,
): Promise<Policy> {
  const source = async (file: PolicyFile): Promise<PolicySource> => {
    const { owner, name, path } = file;
    const lastGood = await store.policies.lastGood(installationId, owner, name, path);
    return {
      place: `${owner}/${name}/${path}`,
      current: file.isRepositoryThere ? file.current : lost(lastGood),
      lastGood,
    };
  };
  const own = await source(repository);
  const found: { file: PolicyFile; source: PolicySource }[] = [];
  for (const file of candidates) found.push({ file, source: await source(file) });
  const organisation =
    found.find((each) => each.file.current !== null) ?? found.find((each) => each.source.current !== null) ?? null;
  const policy = effectivePolicy({ organisation: organisation?.source ?? null, repository: own }, catalogue);
  for (const layer of policy.good) {
    const file = layer === 'organisation' ? organisation?.file : repository;
    if (file?.current && 'text' in file.current) {
      await store.policies.keepGood(installationId, file.owner, file.name, { path: file.path, ...file.current });
    }
  }
  return policy;
}

/** A policy repository that was deleted, renamed or taken out of the installation: what it said stays in force (T2). */
function lost(lastGood: PolicySource['lastGood']): PolicySource['current'] {
  return lastGood === null ? null : { unverified: 'its repository is gone, or no longer one that this App may read' };
}
