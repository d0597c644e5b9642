import type { Connect, Place } from './client.ts';
import { statusOf } from './failures.ts';

/** A review thread that this App began. */
export interface OwnThread {
  /** Node id. */
  readonly threadId: string;
  /** Its first comment, which is ours. */
  readonly commentId: number;
  readonly body: string;
  readonly isResolved: boolean;
  /** Somebody else wrote in it. */
  readonly isAnswered: boolean;
  /** Our own later comments in it. */
  readonly replies: readonly string[];
}

/** What this App has said on a pull request. */
export interface Conversation {
  readonly threads: readonly OwnThread[];
  /** The heads on which a review of ours stands, newest last; an answer in a thread, which GitHub calls a review too, is none. */
  readonly reviewedHeads: readonly string[];
  /** False: there is more than we read, so what isn't found may yet exist. */
  readonly isComplete: boolean;
}

/** Reads and changes our review threads. */
export interface Threads {
  /** Ours are known by their author, as GitHub's token knows it: a copied marker makes no thread ours (T7). */
  conversation(place: Place, pull: number): Promise<Conversation>;
  reply(place: Place, pull: number, commentId: number, body: string): Promise<void>;
  /** Needs contents: write (L12). */
  resolve(place: Place, threadId: string): Promise<void>;
  unresolve(place: Place, threadId: string): Promise<void>;
  edit(place: Place, commentId: number, body: string): Promise<void>;
  /** Quiet when it is gone already. */
  remove(place: Place, commentId: number): Promise<void>;
}

const MAX_PAGES = 10;
const COMMENTS = 30;

const QUERY = `query ReadThreads($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) {
    reviews(last: 100) { nodes { viewerDidAuthor body commit { oid } } }
    reviewThreads(first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { id isResolved comments(first: ${COMMENTS}) { totalCount nodes { databaseId body viewerDidAuthor } } } } } } }`;

interface Answer {
  readonly repository: {
    readonly pullRequest: {
      readonly reviews: {
        readonly nodes: readonly ({ viewerDidAuthor: boolean; body: string; commit: { oid: string } | null } | null)[];
      };
      readonly reviewThreads: {
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
        readonly nodes: readonly (ThreadNode | null)[];
      };
    } | null;
  };
}

interface ThreadNode {
  readonly id: string;
  readonly isResolved: boolean;
  readonly comments: {
    readonly totalCount: number;
    readonly nodes: readonly ({ databaseId: number; body: string; viewerDidAuthor: boolean } | null)[];
  };
}

const at = ({ owner, name }: Place) => ({ owner, repo: name });

/** GraphQL for reading and resolving, REST for comments. */
export function threads(connect: Connect): Threads {
  return {
    conversation: (place, pull) => conversation(connect, place, pull),
    reply: async (place, pull, commentId, body) => {
      const client = await connect(place.installationId);
      const route = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies';
      await client.write(route, { ...at(place), pull_number: pull, comment_id: commentId, body });
    },
    resolve: (place, threadId) => change(connect, place, 'resolveReviewThread', threadId),
    unresolve: (place, threadId) => change(connect, place, 'unresolveReviewThread', threadId),
    edit: async (place, commentId, body) => {
      const client = await connect(place.installationId);
      const route = 'PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}';
      await client.write(route, { ...at(place), comment_id: commentId, body });
    },
    remove: async (place, commentId) => {
      const client = await connect(place.installationId);
      const route = 'DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}';
      await client.write(route, { ...at(place), comment_id: commentId }).catch((error: unknown) => {
        if (statusOf(error) !== 404) throw error;
      });
    },
  };
}

async function change(
  connect: Connect,
  { installationId }: Place,
  mutation: 'resolveReviewThread' | 'unresolveReviewThread',
  threadId: string,
): Promise<void> {
  const client = await connect(installationId);
  const text = `mutation ChangeThread($threadId: ID!) { ${mutation}(input: { threadId: $threadId }) { clientMutationId } }`;
  await client.mutate(text, { threadId });
}

async function conversation(
  connect: Connect,
  { installationId, owner, name }: Place,
  number: number,
): Promise<Conversation> {
  const client = await connect(installationId);
  const own: OwnThread[] = [];
  let reviewedHeads: readonly string[] = [];
  let after: string | null = null;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const answer: Answer = await client.query<Answer>(QUERY, { owner, name, number, after });
    const pull = answer.repository.pullRequest;
    if (!pull) return { threads: own, reviewedHeads, isComplete: true };
    own.push(...pull.reviewThreads.nodes.flatMap((node) => ownThread(node)));
    reviewedHeads = pull.reviews.nodes.flatMap((review) =>
      review?.viewerDidAuthor && review.body !== '' && review.commit ? [review.commit.oid] : [],
    );
    if (!pull.reviewThreads.pageInfo.hasNextPage) return { threads: own, reviewedHeads, isComplete: true };
    after = pull.reviewThreads.pageInfo.endCursor;
  }
  return { threads: own, reviewedHeads, isComplete: false };
}

function ownThread(node: ThreadNode | null): OwnThread[] {
  const [first, ...later] = node?.comments.nodes ?? [];
  if (!node || !first?.viewerDidAuthor) return [];
  return [
    {
      threadId: node.id,
      commentId: first.databaseId,
      body: first.body,
      isResolved: node.isResolved,
      isAnswered: node.comments.totalCount > COMMENTS || later.some((comment) => comment?.viewerDidAuthor === false),
      replies: later.flatMap((comment) => (comment?.viewerDidAuthor ? [comment.body] : [])),
    },
  ];
}
