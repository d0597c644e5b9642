/** Users, organisations and what people may do in a repository. */
import type { Account, Repository, Role } from '../entities.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Call, Handler } from './call.ts';
import { accountShape, api, type Shape } from './shapes.ts';

export const peopleHandlers: Readonly<Record<string, Handler>> = {
  'repos/get-collaborator-permission-level': (call) => {
    const { repository, site } = call;
    const user = site.world.accounts.get(call.text('username').toLowerCase());
    if (!user) throw new Refusal(404, `${call.text('username')} is not a user`);
    const role = roleOf(repository, user);
    const permission = role === 'maintain' ? 'write' : role === 'triage' ? 'read' : role;
    return {
      status: 200,
      body: { permission, role_name: role, user: { ...accountShape(site.world, user), role_name: role } },
    };
  },
  'users/get-by-username': (call) => {
    const account = accountOf(call, call.text('username'));
    const empty = { name: null, company: null, blog: '', location: null, email: null, hireable: null, bio: null };
    return { status: 200, body: { ...accountShape(call.site.world, account), ...profile(call), ...empty } };
  },
  'orgs/get': (call) => {
    const { world } = call.site;
    const account = accountOf(call, call.text('org'));
    if (account.type !== 'Organization') throw notFound();
    const url = `${api(world)}/orgs/${account.login}`;
    const urls = ['repos', 'events', 'hooks', 'issues'].map((name) => [`${name}_url`, `${url}/${name}`]);
    const shape = {
      ...accountShape(world, account),
      ...profile(call),
      url,
      ...Object.fromEntries(urls),
      members_url: `${url}/members{/member}`,
      public_members_url: `${url}/public_members{/member}`,
      description: null,
      type: 'Organization',
      has_organization_projects: true,
      has_repository_projects: true,
      archived_at: null,
    };
    return { status: 200, body: shape };
  },
};

/** Everybody may read a public repository; an owner may do everything. */
function roleOf(repository: Repository, user: Account): Role {
  if (user === repository.owner) return 'admin';
  return repository.roles.get(user.login.toLowerCase()) ?? (repository.private ? 'none' : 'read');
}

function accountOf(call: Call, login: string): Account {
  const account = call.site.world.accounts.get(login.toLowerCase());
  if (!account) throw notFound();
  return account;
}

function profile(call: Call): Shape {
  const now = call.site.world.now();
  return { public_repos: 0, public_gists: 0, followers: 0, following: 0, created_at: now, updated_at: now };
}
