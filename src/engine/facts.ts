import type { Uses } from './model/uses.ts';

/** What a tag, branch or commit of a repository is. */
export interface RefFact {
  /** The commit behind it, annotated tags peeled; of a name that is a tag and a branch, the tag's: 40 hex digits. Null: the repository has no such ref or commit. */
  readonly sha: string | null;
  /** Which names the ref has under `refs/`; `commit` when it is a full SHA. Both a tag and a branch: it is ambiguous. */
  readonly kinds: readonly ('tag' | 'branch' | 'commit')[];
  /** The longest version tag at that commit; null where no tag is. */
  readonly tag: string | null;
  /** All tags at exactly that commit. */
  readonly tags?: readonly string[];
  /** Whether one of the repository's own branches or tags contains the commit; null: it could not be decided. */
  readonly isReachable?: boolean | null;
  /** When the release or, without one, the commit was made: ISO date. */
  readonly date?: string | null;
  /** The ref is the tag of an immutable release. */
  readonly isImmutable?: boolean;
}

/** A repository that the files name. */
export interface RepositoryFact {
  /** `missing`: GitHub says 404, also for a private one that we may not see. */
  readonly state: 'there' | 'archived' | 'missing';
  /** Its present `owner/repo`, where that is another than the files say. */
  readonly movedTo?: string | null;
  /** Nobody has the owner's name: anyone may take it. */
  readonly isOwnerFree?: boolean;
  /** GitHub has verified the owner's organisation as a creator of actions. */
  readonly isVerified?: boolean;
}

/** What `action.yml` says at a commit. */
export interface ActionFact {
  /** `runs.using`. */
  readonly using: string;
  /** Every `uses` of its steps, and the image of a Docker action that is not built from its Dockerfile (`docker://…`). */
  readonly uses: readonly string[];
  /** Input names in lower case → whether one must be given, and why it should not be. */
  readonly inputs: Readonly<Record<string, { readonly isRequired: boolean; readonly deprecated?: string | null }>>;
  readonly outputs?: readonly string[];
}

/** A reviewed advisory of the ecosystem `actions`. */
export interface AdvisoryFact {
  readonly id: string;
  readonly severity: 'critical' | 'high' | 'medium' | 'low';
  /** Version ranges as the advisory writes them: `< 46.0.1`, `>= 1.0.0, < 2.3.4`. */
  readonly ranges: readonly string[];
  readonly firstPatched: string | null;
  readonly isMalware?: boolean;
  /** Only tags were moved to bad code: a commit that was pinned is not concerned. */
  readonly isOfTags?: boolean;
  readonly summary: string;
}

/** What was learnt of a change of an action's pin: the commits between two refs. */
export interface UpdateFact {
  /** 40 hex digits each. */
  readonly from: string;
  readonly to: string;
  readonly compareUrl: string;
  /** What is new in it, each a clause for a person: "a network host: `example.com`", "another runtime: `node24`". */
  readonly changes: readonly string[];
}

/** A secret as GitHub lists it: never its value. */
export interface SecretFact {
  readonly name: string;
  readonly level: 'repository' | 'organization' | 'environment';
  readonly environment?: string;
  /** ISO date. */
  readonly updated: string;
}

/** A deployment environment. */
interface EnvironmentFact {
  readonly name: string;
  readonly hasReviewers: boolean;
  readonly hasBranchPolicy: boolean;
}

/** Settings of the repository and its organisation; what the App may not see, or nobody asked for, is left out. */
export interface SettingFacts {
  readonly visibility?: 'public' | 'private' | 'internal';
  readonly defaultToken?: 'restricted' | 'permissive';
  /** What runs of forks' pull requests get in a private or internal repository. */
  readonly forks?: { readonly writeToken: boolean; readonly secrets: boolean };
  readonly secrets?: readonly SecretFact[];
  readonly environments?: readonly EnvironmentFact[];
  readonly deployKeys?: readonly { readonly title: string; readonly isReadOnly: boolean }[];
  /** Names of the checks that a ruleset demands, and whether a merge queue is on. */
  readonly requiredChecks?: readonly string[];
  readonly hasMergeQueue?: boolean;
  /** Languages of CodeQL's default setup; null: it is off. */
  readonly codeScanning?: readonly string[] | null;
  readonly dependencyReviewRequired?: boolean;
  /** Labels of the self-hosted runners, and names of runner groups that are GitHub's larger runners. */
  readonly runnerLabels?: readonly string[];
  readonly hostedGroups?: readonly string[];
  /** CodeBuild project → who registers its runners. */
  readonly runnerActors?: Readonly<Record<string, 'app' | 'person'>>;
  /** Branch → path → git's id of the blob, of workflows on other branches. */
  readonly workflowsElsewhere?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What a linter says of a script. Lines and columns from 1, columns in characters, the end exclusive. */
export interface LintFact {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** `SC2086`, `F401`. */
  readonly code: string;
  readonly level: 'error' | 'warning' | 'info' | 'style';
  readonly message: string;
}

/** What is known from outside the files. Plain data; a key that is absent was not asked or could not be had. */
export interface FactData {
  /** `owner/repo@ref`, owner and repo in lower case. */
  readonly refs: ReadonlyMap<string, RefFact>;
  /** `owner/repo`, lower case. */
  readonly repositories: ReadonlyMap<string, RepositoryFact>;
  /** `owner/repo/path@ref`, lower case but for the ref. */
  readonly actions: ReadonlyMap<string, ActionFact>;
  /** `owner/repo`, lower case; an empty list: there are none. */
  readonly advisories: ReadonlyMap<string, readonly AdvisoryFact[]>;
  /** Image with tag as written → its digest (`sha256:…`). */
  readonly images: ReadonlyMap<string, string>;
  /** `owner/repo@from...to`, lower case but for the refs. */
  readonly updates: ReadonlyMap<string, UpdateFact>;
  readonly settings: SettingFacts | null;
  /** `version` of GitHub Enterprise Server; null on github.com and GHE.com. Left out: github.com. */
  readonly platform?: { readonly version: string; readonly advisories: readonly AdvisoryFact[] } | null;
  /** ISO date; null: unknown (then nothing is too young or too old). */
  readonly today: string | null;
  /** Key of a script (see model/lint-text.ts) → what shellcheck says of it. Left out: it was not run. */
  readonly shellLint?: ReadonlyMap<string, readonly LintFact[]>;
  /** The same of ruff or pyflakes. */
  readonly pythonLint?: ReadonlyMap<string, readonly LintFact[]>;
  /** What this machine cannot learn, and how it could, in a clause for a person: "`shellcheck` is not installed …". */
  readonly unavailable?: ReadonlyMap<FactKind, string>;
  /** What was asked for and could not be had at all, and why, in a clause for a person: "GitHub did not answer". */
  readonly failed?: ReadonlyMap<FactKind, string>;
}

/** A part of the facts, or one setting of the repository. */
export type FactKind =
  | Exclude<keyof FactData, 'settings' | 'failed' | 'unavailable'>
  | `settings.${Extract<keyof SettingFacts, string>}`
  /** The list of all paths of the repository. */
  | 'paths';

/** Nothing is known: `--offline`, and whenever nothing was asked. */
export const noFacts: FactData = {
  refs: new Map(),
  repositories: new Map(),
  actions: new Map(),
  advisories: new Map(),
  images: new Map(),
  updates: new Map(),
  settings: null,
  today: null,
};

/** Asks the facts. A missing one is null: the rule says less. */
export class Facts {
  readonly data: FactData;
  readonly #onAsk: (kind: FactKind) => void;

  /** `onAsk` hears of every question, answered or not: who asks has something to look at. */
  constructor(data: FactData, onAsk: (kind: FactKind) => void = () => undefined) {
    this.data = data;
    this.#onAsk = onAsk;
  }

  /** What the ref of a remote `uses` is. */
  refOf(uses: Uses): RefFact | null {
    return uses.ref ? this.ref(uses, uses.ref.value) : null;
  }

  /** What some other ref of the same repository is. */
  ref({ owner, repo }: Pick<Uses, 'owner' | 'repo'>, ref: string): RefFact | null {
    this.#onAsk('refs');
    return this.data.refs.get(`${owner}/${repo}`.toLowerCase().concat('@', ref)) ?? null;
  }

  repositoryOf({ owner, repo }: Pick<Uses, 'owner' | 'repo'>): RepositoryFact | null {
    this.#onAsk('repositories');
    return this.data.repositories.get(`${owner}/${repo}`.toLowerCase()) ?? null;
  }

  /** The manifest of a remote action at its ref. */
  actionOf(uses: Uses): ActionFact | null {
    return uses.ref ? this.action(`${uses.slug}@${uses.ref.value}`) : null;
  }

  /** The manifest of an action as a manifest names it: `owner/repo/path@ref`. */
  action(value: string): ActionFact | null {
    this.#onAsk('actions');
    const [slug = '', ref = ''] = value.split('@');
    return this.data.actions.get(`${slug.toLowerCase()}@${ref}`) ?? null;
  }

  /** Null: nobody could say. */
  advisoriesOf({ owner, repo }: Pick<Uses, 'owner' | 'repo'>): readonly AdvisoryFact[] | null {
    this.#onAsk('advisories');
    return this.data.advisories.get(`${owner}/${repo}`.toLowerCase()) ?? null;
  }

  /** The change of an action from one commit to another. */
  update({ owner, repo }: Pick<Uses, 'owner' | 'repo'>, from: string, to: string): UpdateFact | null {
    this.#onAsk('updates');
    return this.data.updates.get(`${owner}/${repo}`.toLowerCase().concat('@', from, '...', to)) ?? null;
  }

  /** One setting; null where it is not known. */
  setting<Name extends Extract<keyof SettingFacts, string>>(name: Name): NonNullable<SettingFacts[Name]> | null {
    this.#onAsk(`settings.${name}`);
    return this.data.settings?.[name] ?? null;
  }

  /** What shellcheck says, by the key of a script; null where it was not run. */
  get shellLint(): NonNullable<FactData['shellLint']> | null {
    this.#onAsk('shellLint');
    return this.data.shellLint ?? null;
  }

  /** The same of ruff or pyflakes. */
  get pythonLint(): NonNullable<FactData['pythonLint']> | null {
    this.#onAsk('pythonLint');
    return this.data.pythonLint ?? null;
  }

  /** Of an Enterprise Server its version; null on github.com. */
  get platform(): NonNullable<FactData['platform']> | null {
    this.#onAsk('platform');
    return this.data.platform ?? null;
  }

  get today(): string | null {
    return this.data.today;
  }
}
