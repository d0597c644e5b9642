/** Accounts, repositories, Apps and commits as REST writes them. */
import type { Account, App, Installation, Repository } from '../entities.ts';
import type { Commit } from '../git/objects.ts';
import { fullName, nodeId, type World } from '../world.ts';

export type Shape = Readonly<Record<string, unknown>>;

export function api(world: World): string {
  return `${world.url}/api/v3`;
}

/** The address of something below a repository, for `url` fields. */
export function repositoryUrl(world: World, repository: Repository): string {
  return `${api(world)}/repos/${fullName(repository)}`;
}

export function htmlUrl(world: World, repository: Repository): string {
  return `${world.url}/${fullName(repository)}`;
}

export function accountShape(world: World, account: Account): Shape {
  const url = `${api(world)}/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account),
    avatar_url: `${world.url}/avatars/${account.id}`,
    gravatar_id: '',
    url,
    html_url: `${world.url}/${encodeURIComponent(account.login)}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    site_admin: false,
  };
}

const REPOSITORY_URLS: Readonly<Record<string, string>> = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
};

/** What no test looks at. `permissions` is all false, as it always is for an App (github.md L8). */
const UNUSED: Shape = {
  mirror_url: null,
  homepage: null,
  language: null,
  size: 1,
  stargazers_count: 0,
  watchers_count: 0,
  watchers: 0,
  subscribers_count: 0,
  is_template: false,
  topics: [],
  has_issues: true,
  has_projects: false,
  has_wiki: false,
  has_pages: false,
  has_downloads: false,
  has_discussions: false,
  archived: false,
  disabled: false,
  allow_forking: true,
  web_commit_signoff_required: false,
  license: null,
  permissions: { admin: false, maintain: false, push: false, triage: false, pull: false },
};

/** Complete enough for `full-repository`. */
export function repositoryShape(world: World, repository: Repository): Shape {
  const url = repositoryUrl(world, repository);
  const html = htmlUrl(world, repository);
  const open = [...repository.pulls.values()].filter((pull) => pull.state === 'open').length;
  const forks = world.repositories.filter((other) => other.parent === repository && !other.deleted).length;
  return {
    id: repository.id,
    node_id: nodeId(repository),
    name: repository.name,
    full_name: fullName(repository),
    owner: accountShape(world, repository.owner),
    private: repository.private,
    visibility: repository.private ? 'private' : 'public',
    html_url: html,
    description: null,
    fork: repository.parent !== null,
    url,
    ...Object.fromEntries(Object.entries(REPOSITORY_URLS).map(([key, path]) => [key, url + path])),
    git_url: `git://${html.replace(/^https?:\/\//, '')}.git`,
    ssh_url: `git@${html.replace(/^https?:\/\//, '').replace('/', ':')}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    forks_count: forks,
    forks,
    network_count: forks,
    ...UNUSED,
    default_branch: repository.defaultBranch,
    open_issues_count: open,
    open_issues: open,
    pushed_at: repository.createdAt,
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
  };
}

export function appShape(world: World, app: App): Shape {
  return {
    id: app.id,
    slug: app.slug,
    node_id: `A_kw${Buffer.from(`app:${app.id}`).toString('base64url')}`,
    owner: accountShape(world, app.owner),
    name: app.slug,
    description: '',
    external_url: `${world.url}/apps/${app.slug}`,
    html_url: `${world.url}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: app.permissions,
    events: app.events,
  };
}

export function installationShape(world: World, installation: Installation): Shape {
  const { account, app } = installation;
  return {
    id: installation.id,
    account: accountShape(world, account),
    repository_selection: installation.repositories === 'all' ? 'all' : 'selected',
    access_tokens_url: `${api(world)}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${api(world)}/installation/repositories`,
    html_url: `${world.url}/organizations/${account.login}/settings/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    client_id: `Iv23.${app.id}`,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: app.events,
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: installation.suspendedAt,
  };
}

export function commitShape(world: World, repository: Repository, commit: Commit): Shape {
  const url = repositoryUrl(world, repository);
  const html = htmlUrl(world, repository);
  return {
    sha: commit.oid,
    node_id: `C_kw${Buffer.from(commit.oid).toString('base64url')}`,
    url: `${url}/commits/${commit.oid}`,
    html_url: `${html}/commit/${commit.oid}`,
    comments_url: `${url}/commits/${commit.oid}/comments`,
    commit: {
      url: `${url}/git/commits/${commit.oid}`,
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      comment_count: 0,
      tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
    },
    author: authorOf(world, commit),
    committer: null,
    parents: commit.parents.map((sha) => ({ sha, url: `${url}/commits/${sha}`, html_url: `${html}/commit/${sha}` })),
  };
}

/** GitHub links a commit to an account by its e-mail address; ours are `<login>@users.noreply.github.com`. */
function authorOf(world: World, commit: Commit): Shape | null {
  const account = world.accounts.get(commit.author.email.replace(/@.*$/, '').toLowerCase());
  return account ? accountShape(world, account) : null;
}
