import { BLOB_FRAGMENT, type BlobNode, type BlobText, blobText } from './blobs.ts';
import type { Connect, Place } from './client.ts';
import { Gone } from './failures.ts';

/** A policy file as it is at the tip of a default branch; null: no such file, or no such repository for us. */
export interface PolicyFile {
  readonly owner: string;
  readonly name: string;
  readonly path: string;
  /** False: deleted, or not for us to read. */
  readonly isRepositoryThere: boolean;
  readonly current: { readonly oid: string; readonly text: string } | { readonly unverified: string } | null;
}

/** The policy files that may count for a repository. */
export interface Policies {
  /** The candidates of the organisation, the one that counts first: `.github-private`, else `.github`. */
  readonly organisation: readonly PolicyFile[];
  readonly repository: PolicyFile;
}

const ORGANISATION_PATH = 'gargoyle.yml';
const REPOSITORY_PATH = '.github/gargoyle.yml';

/** The repository's part of a query: its own policy, and what it is. */
export const POLICY_FIELDS = `databaseId name owner { login }
  policy: object(expression: "HEAD:${REPOSITORY_PATH}") { __typename ...blob }`;
/** The organisation's part, beside the repository's. `HEAD` is the default branch: a pull request cannot choose its judge (T1). */
export const ORGANISATION_FIELDS = ['.github-private', '.github']
  .map(
    (name, index) => `organisation${index}: repository(owner: $owner, name: "${name}") {
    name owner { login } policy: object(expression: "HEAD:${ORGANISATION_PATH}") { __typename ...blob } }`,
  )
  .join('\n');

/** The answers to those fields. */
export interface PolicyAnswer {
  readonly repository: RepositoryPart & { readonly databaseId: number };
  readonly organisation0: RepositoryPart | null;
  readonly organisation1: RepositoryPart | null;
}

interface RepositoryPart {
  readonly name: string;
  readonly owner: { readonly login: string };
  readonly policy: BlobNode | null;
}

/** A repository by its name of some time ago and its id. */
export type KnownPlace = Place & { readonly repositoryId: number };

/** Reads the policies alone, for what has no pull request. */
export async function readPolicies(connect: Connect, place: KnownPlace): Promise<Policies> {
  const client = await connect(place.installationId);
  const text = `query ReadPolicies($owner: String!, $name: String!) {
    repository(owner: $owner, name: $name) { ${POLICY_FIELDS} }
    ${ORGANISATION_FIELDS} }\n${BLOB_FRAGMENT}`;
  const answer = await client.query<PolicyAnswer>(text, { owner: place.owner, name: place.name });
  const now = placeNow(answer, place);
  return now.owner === place.owner ? policiesOf(answer, now) : readPolicies(connect, now);
}

/** The policies in an answer. */
export function policiesOf(answer: PolicyAnswer, place: Place): Policies {
  const candidates = [
    { name: '.github-private', node: ours(answer.organisation0, place) },
    { name: '.github', node: ours(answer.organisation1, place) },
  ];
  return {
    organisation: candidates.map(({ name, node }) => ({
      owner: place.owner,
      name,
      path: ORGANISATION_PATH,
      isRepositoryThere: node !== null,
      current: policyText(node?.policy ?? null),
    })),
    repository: {
      owner: place.owner,
      name: place.name,
      path: REPOSITORY_PATH,
      isRepositoryThere: true,
      current: policyText(answer.repository.policy),
    },
  };
}

/** GitHub follows a repository that was given away to its new owner, whose policy is not ours (T23). */
function ours(node: RepositoryPart | null, { owner }: Place): RepositoryPart | null {
  return node?.owner.login === owner ? node : null;
}

/** A policy of half a megabyte, or one that isn't text, is no policy: it counts as broken. */
function policyText(node: BlobNode | null): PolicyFile['current'] {
  if (node === null) return null;
  const text: BlobText | 'raw' = blobText(node);
  if (text === 'raw') return { unverified: 'GitHub did not give its text whole' };
  return 'text' in text ? { oid: node.oid, text: text.text } : text;
}

/** The place under its present name; throws when another repository has taken the name, so that no text crosses over (T23). */
export function placeNow({ repository }: PolicyAnswer, place: KnownPlace): KnownPlace {
  if (repository.databaseId !== place.repositoryId) {
    throw new Gone(`${place.owner}/${place.name} is another repository than ${place.repositoryId}`);
  }
  const { installationId, repositoryId } = place;
  return { installationId, repositoryId, owner: repository.owner.login, name: repository.name };
}
