import type { Connect, Place } from './client.ts';
import { statusOf } from './failures.ts';

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

/** `appId`: how our own comments are told from those that only look like them. */
export function comments(connect: Connect, appId: number): Comments {
  const at = ({ owner, name }: Place) => ({ owner, repo: name });
  const toComment = (data: CommentData): Comment => ({
    id: data.id,
    body: data.body ?? '',
    createdAt: new Date(data.created_at),
    author: data.user && { id: data.user.id, isBot: data.user.type === 'Bot' },
    isMember: MEMBERS.has(data.author_association ?? ''),
    isOwn: data.performed_via_github_app?.id === appId,
  });
  return {
    read: async (place, id) => {
      const client = await connect(place.installationId);
      return unlessGone(async () => {
        const { data } = await client.read('GET /repos/{owner}/{repo}/issues/comments/{comment_id}', {
          ...at(place),
          comment_id: id,
        });
        return toComment(data as CommentData);
      });
    },
    since: async (place, pull, since) => {
      const client = await connect(place.installationId);
      const { data } = await client.read('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        ...at(place),
        issue_number: pull,
        since: since.toISOString(),
        per_page: 100,
      });
      return (data as readonly CommentData[]).map(toComment);
    },
    post: async (place, pull, body) => {
      const client = await connect(place.installationId);
      await client.write('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        ...at(place),
        issue_number: pull,
        body,
      });
    },
    react: async (place, id, content) => {
      const client = await connect(place.installationId);
      await unlessGone(() =>
        client.write('POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions', {
          ...at(place),
          comment_id: id,
          content,
        }),
      );
    },
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
