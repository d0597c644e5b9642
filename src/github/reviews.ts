import type { ReviewComment, ReviewRequest } from '../report/review.ts';
import type { Connect, Place } from './client.ts';
import { Refused } from './failures.ts';

/** Posts reviews. */
export interface Reviews {
  /**
   * Posts one review. GitHub refuses a whole review for one comment on a line outside its diff (D8) and does not say which:
   * then it is tried again without the comments of one file, of each in turn, at last with none.
   */
  post(place: Place, pull: number, review: ReviewRequest): Promise<void>;
}

/** Over REST. */
export function reviews(connect: Connect): Reviews {
  return {
    post: async (place, pull, review) => {
      const client = await connect(place.installationId);
      const send = (comments: readonly ReviewComment[]) =>
        client.write('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
          owner: place.owner,
          repo: place.name,
          pull_number: pull,
          ...review,
          comments: [...comments],
        });
      const tries = candidates(review.comments);
      for (const [index, comments] of tries.entries()) {
        try {
          await send(comments);
          return;
        } catch (error) {
          if (!(error instanceof Refused) || index === tries.length - 1) throw error;
        }
      }
    },
  };
}

/** All comments; all but those of one file, for each file; none. */
function candidates(comments: readonly ReviewComment[]): readonly (readonly ReviewComment[])[] {
  const paths = [...new Set(comments.map((comment) => comment.path))];
  const without = paths.length > 1 ? paths.map((path) => comments.filter((comment) => comment.path !== path)) : [];
  return comments.length === 0 ? [comments] : [comments, ...without, []];
}
