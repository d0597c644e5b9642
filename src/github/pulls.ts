import { BLOB_FRAGMENT } from './blobs.ts';
import type { Connect, Place } from './client.ts';
import { Gone, statusOf } from './failures.ts';
import {
  type KnownPlace,
  ORGANISATION_FIELDS,
  POLICY_FIELDS,
  type Policies,
  type PolicyAnswer,
  placeNow,
  policiesOf,
  readPolicies,
} from './policies.ts';
import { commitId, type Listing, listing, TREE_FRAGMENTS, treeAnswer, treeFields } from './trees.ts';

/** A pull request as GitHub has it now. */
export interface Pull {
  readonly number: number;
  readonly isOpen: boolean;
  readonly isMerged: boolean;
  readonly isDraft: boolean;
  readonly head: string;
  readonly baseRef: string;
  /** The tip of the base branch now; where that branch is gone, its last known commit. */
  readonly baseTip: string;
  /** Opened by a bot. */
  readonly isBot: boolean;
  /** Of the person who opened it: a bot's login may be a person's, too. Null: a bot, or the account is gone. */
  readonly authorId: number | null;
}

/** What one query says of a pull request. */
export interface PullOverview {
  readonly pull: Pull;
  /** Owner and name as they are now: a repository may have been renamed since the delivery. */
  readonly place: KnownPlace;
  readonly policies: Policies;
  /** `.github` at the head. */
  readonly tree: Listing;
  /** Other open pull requests of this repository with the same head. */
  readonly sharing: readonly number[];
}

/** Reads pull requests and where they come from. */
export interface Pulls {
  /** Everything about a pull request that a scan begins with, in one request. Throws `Gone` where there is none. */
  overview(place: KnownPlace, number: number, headHint: string | null): Promise<PullOverview>;
  /** A pull request as it is now; null: there is none. */
  find(place: KnownPlace, number: number): Promise<Pull | null>;
  /** The policies alone, for what has no pull request. */
  policies(place: KnownPlace): Promise<Policies>;
  /** The newest common commit of a base and a head; null: their histories have nothing in common. */
  mergeBase(place: Place, base: string, head: string): Promise<string | null>;
  /** The open pull requests whose head that commit is, by GitHub's own account. */
  openWithHead(place: KnownPlace, head: string): Promise<readonly number[]>;
}

type OverviewAnswer = PolicyAnswer & {
  readonly repository: Readonly<Record<string, unknown>> & { readonly pullRequest: PullNode | null };
};

interface FoundAnswer {
  readonly repository: { readonly databaseId: number; readonly pullRequest: PullNode | null };
}

interface PullNode {
  readonly number: number;
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
  readonly isDraft: boolean;
  readonly headRefOid: string;
  readonly baseRefName: string;
  readonly baseRefOid: string;
  readonly baseRef: { readonly target: { readonly oid: string } | null } | null;
  readonly author: { readonly __typename: string; readonly databaseId?: number | null } | null;
}

interface SharingNode {
  readonly associatedPullRequests?: {
    readonly nodes: readonly ({
      readonly number: number;
      readonly state: string;
      readonly headRefOid: string;
      readonly baseRepository: { readonly databaseId: number } | null;
    } | null)[];
  } | null;
}

const PULL_FIELDS = `number state isDraft headRefOid baseRefName baseRefOid
  baseRef { target { oid } } author { __typename ... on User { databaseId } }`;

/** Over GraphQL, and REST for what it doesn't have. */
export function pulls(connect: Connect): Pulls {
  return {
    overview: (place, number, headHint) => overview(connect, place, number, headHint),
    find: async (place, number) => {
      const client = await connect(place.installationId);
      const text = `query FindPull($owner: String!, $name: String!, $number: Int!) {
        repository(owner: $owner, name: $name) { databaseId pullRequest(number: $number) { ${PULL_FIELDS} } } }`;
      const answer = await client.query<FoundAnswer>(text, { owner: place.owner, name: place.name, number });
      const { databaseId, pullRequest } = answer.repository;
      return databaseId === place.repositoryId && pullRequest ? toPull(pullRequest) : null;
    },
    policies: (place) => readPolicies(connect, place),
    mergeBase: (place, base, head) => mergeBase(connect, place, base, head),
    openWithHead: async (place, head) => {
      const client = await connect(place.installationId);
      const { data } = await client.read('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', {
        owner: place.owner,
        repo: place.name,
        commit_sha: commitId(head),
        per_page: 100,
      });
      return data
        .filter((pull) => pull.state === 'open' && pull.head.sha === head && pull.base.repo.id === place.repositoryId)
        .map((pull) => pull.number);
    },
  };
}

/** A head or an owner's name that changes while we ask is asked for again, not for ever. */
const MAX_TRIES = 3;

async function overview(
  connect: Connect,
  place: KnownPlace,
  number: number,
  headHint: string | null,
): Promise<PullOverview> {
  const client = await connect(place.installationId);
  let head = headHint;
  let at = place;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const answer = await client.query<OverviewAnswer>(overviewQuery(head), { owner: at.owner, name: at.name, number });
    const now = placeNow(answer, place);
    const isRenamed = now.owner !== at.owner;
    at = now;
    if (isRenamed) continue; // whoever has the owner's old name now has no say in the policy
    const { repository } = answer;
    if (!repository.pullRequest) throw new Gone(`there is no pull request ${number}`);
    const pull = toPull(repository.pullRequest);
    const policies = policiesOf(answer, now);
    const isCurrent = pull.head === head;
    if (isCurrent) {
      const tree = listing(treeAnswer('head', repository));
      return { pull, place: now, policies, tree, sharing: sharing(repository.sharing, pull, place.repositoryId) };
    }
    if (!pull.isOpen) return { pull, place: now, policies, tree: new Map(), sharing: [] };
    head = pull.head;
  }
  throw new Error(`pull request ${number} moved ${MAX_TRIES} times while it was read`);
}

/** The head's files come with the first answer when the delivery named the head; `null`: ask for the head first. */
function overviewQuery(head: string | null): string {
  const atHead = head === null ? '' : `${treeFields('head', head)} ${sharingField(head)}`;
  return `query ReadPull($owner: String!, $name: String!, $number: Int!) {
    repository(owner: $owner, name: $name) {
      ${POLICY_FIELDS}
      pullRequest(number: $number) { ${PULL_FIELDS} }
      ${atHead} }
    ${ORGANISATION_FIELDS} }
    ${BLOB_FRAGMENT} ${head === null ? '' : TREE_FRAGMENTS}`;
}

function sharingField(head: string): string {
  return `sharing: object(oid: "${commitId(head)}") { ... on Commit { associatedPullRequests(first: 50) {
    nodes { number state headRefOid baseRepository { databaseId } } } } }`;
}

/** Only of this repository: a branch of ours may also be the head of a pull request elsewhere (W17). */
function sharing(node: unknown, pull: Pull, repositoryId: number): readonly number[] {
  return ((node as SharingNode | null)?.associatedPullRequests?.nodes ?? []).flatMap((other) =>
    other !== null &&
    other.number !== pull.number &&
    other.state === 'OPEN' &&
    other.headRefOid === pull.head &&
    other.baseRepository?.databaseId === repositoryId
      ? [other.number]
      : [],
  );
}

function toPull(node: PullNode): Pull {
  return {
    number: node.number,
    isOpen: node.state === 'OPEN',
    isMerged: node.state === 'MERGED',
    isDraft: node.isDraft,
    head: node.headRefOid,
    baseRef: node.baseRefName,
    baseTip: node.baseRef?.target?.oid ?? node.baseRefOid,
    isBot: node.author?.__typename === 'Bot',
    authorId: node.author?.databaseId ?? null,
  };
}

/** Files are listed on a comparison's first page only, up to 300 with their patches (D2): the second page has what we need. */
async function mergeBase(connect: Connect, place: Place, base: string, head: string): Promise<string | null> {
  const client = await connect(place.installationId);
  const compare = (page: number) =>
    client.read('GET /repos/{owner}/{repo}/compare/{basehead}', {
      owner: place.owner,
      repo: place.name,
      basehead: `${commitId(base)}...${commitId(head)}`,
      per_page: 1,
      page,
    });
  try {
    const { data } = await compare(2);
    const commit = data.merge_base_commit ?? (await compare(1)).data.merge_base_commit;
    return commitId(commit.sha);
  } catch (error) {
    if (statusOf(error) === 404 && /no common ancestor/i.test(String((error as Error).message))) return null;
    throw error;
  }
}
