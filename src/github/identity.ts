import type { ProbotOctokit } from 'probot';
import { translate } from './failures.ts';

/** Who acts: the App itself. */
export interface Identity {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly owner: string;
  /** What the App asks for: scope → level. An installation may have granted less. */
  readonly permissions: Readonly<Record<string, string | undefined>>;
}

/** Asks GitHub whose key we hold. */
export async function identity(probot: { auth(): Promise<InstanceType<typeof ProbotOctokit>> }): Promise<Identity> {
  const octokit = await probot.auth();
  try {
    const { data } = await octokit.request('GET /app');
    if (data === null) throw new Error('GitHub did not say which App this is');
    const owner = data.owner as { login?: string; slug?: string };
    return {
      id: data.id,
      slug: data.slug ?? '',
      name: data.name,
      owner: owner.login ?? owner.slug ?? '',
      permissions: data.permissions,
    };
  } catch (error) {
    throw translate(error, Date.now());
  }
}
