import type { Connect, Place } from './client.ts';
import { statusOf } from './failures.ts';

/** A comment in a pull request's conversation. */
export interface Comment {
  readonly id: number;
  readonly body: string;
  readonly createdAt: Date;
  /** Null: the account is gone. */
  readonly author: { readonly id: number; readonly isBot: boolean } | null;
  /** By GitHub's account of the author: part of the organisation or invited to the repository. Decides only whether we answer. */
  readonly isMember: boolean;
  /** Written by this App. */
  readonly isOwn: boolean;
}

/** 👀, 🚀 and 😕. */
export type Reaction = 'eyes' | 'rocket' | 'confused';

/** Reads and writes the conversation. */
export interface Comments {
  /** Null: deleted. */
  read(place: Place, id: number): Promise<Comment | null>;
  /** The comments of a pull request that were written or changed since then, at most 100. */
  since(place: Place, pull: number, since: Date): Promise<readonly Comment[]>;
  post(place: Place, pull: number, body: string): Promise<void>;
  /** The same reaction again changes nothing; quiet when the comment is gone. */
  react(place: Place, id: number, reaction: Reaction): Promise<void>;
}

interface CommentData {
  readonly id: number;
  readonly body?: string;
  readonly created_at: string;
  readonly user: { readonly id: number; readonly type: string } | null;
  readonly author_association?: string;
  readonly performed_via_github_app?: { readonly id: number } | null;
}

const MEMBERS: ReadonlySet<string> = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

const at = ({ owner, name }: Place) => ({ owner, repo: name });

/** Over REST. `appId`: how our own comments are told from those that only look like them. */
export function comments(connect: Connect, appId: number): Comments {
  return {
    read: async (place, id) => {
      const client = await connect(place.installationId);
      const route = 'GET /repos/{owner}/{repo}/issues/comments/{comment_id}';
      const answer = await unlessGone(() => client.read(route, { ...at(place), comment_id: id }));
      return answer && toComment(answer.data as CommentData, appId);
    },
    since: async (place, pull, since) => {
      const client = await connect(place.installationId);
      const { data } = await client.read('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        ...at(place),
        issue_number: pull,
        since: since.toISOString(),
        per_page: 100,
      });
      return (data as readonly CommentData[]).map((comment) => toComment(comment, appId));
    },
    post: async (place, pull, body) => {
      const client = await connect(place.installationId);
      const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
      await client.write(route, { ...at(place), issue_number: pull, body });
    },
    react: async (place, id, content) => {
      const client = await connect(place.installationId);
      const route = 'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions';
      await unlessGone(() => client.write(route, { ...at(place), comment_id: id, content }));
    },
  };
}

function toComment(data: CommentData, appId: number): Comment {
  return {
    id: data.id,
    body: data.body ?? '',
    createdAt: new Date(data.created_at),
    author: data.user && { id: data.user.id, isBot: data.user.type === 'Bot' },
    isMember: MEMBERS.has(data.author_association ?? ''),
    isOwn: data.performed_via_github_app?.id === appId,
  };
}

async function unlessGone<T>(request: () => Promise<T>): Promise<T | null> {
  try {
    return await request();
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}
