import type { KnownPlace, Policies } from '../github/policies.ts';
import { judge, type Subject } from '../policy/judge.ts';
import type { Verdict } from '../policy/verdict.ts';
import { policyInForce } from './policy-in-force.ts';
import { type Commits, type Snapshot, takeSnapshot } from './snapshot.ts';
import type { Tools } from './tools.ts';

/** What is judged, and by whose rules. */
export interface Case {
  readonly place: KnownPlace;
  readonly policies: Policies;
  readonly commits: Commits;
  readonly subject: Omit<Subject, 'engine' | 'repository'>;
}

/** Reads both sides, compares them in the worker, and judges the difference by the policy in force. */
export async function judgeCommits(
  tools: Tools,
  { place, policies, commits, subject }: Case,
): Promise<{ verdict: Verdict; snapshot: Snapshot }> {
  const policy = await policyInForce(tools, place, policies);
  const { options } = policy;
  const snapshot = await takeSnapshot(tools, place, commits, options);
  const { base, head } = snapshot;
  const comparison = await tools.analyzer.compare({ base, head, options, fixesFor: 'pull-request' }, snapshot.gather);
  const repository = { id: place.repositoryId, owner: place.owner, name: place.name };
  return { verdict: judge(comparison, policy, { ...subject, repository, engine: tools.engine }), snapshot };
}
