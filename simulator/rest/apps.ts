/** What an App asks about itself: installations, tokens, webhook deliveries, rate limit. */
import { issueToken, reaches } from '../auth.ts';
import type { Installation, Permissions } from '../entities.ts';
import { isoSeconds } from '../git/objects.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Delivery } from '../webhooks/deliveries.ts';
import { covers } from '../world.ts';
import { type Call, type Handler, paged } from './call.ts';
import { appShape, installationShape, repositoryShape, type Shape } from './shapes.ts';

interface TokenBody {
  readonly repositories?: readonly string[];
  readonly repository_ids?: readonly number[];
  readonly permissions?: Permissions;
}

export const appHandlers: Readonly<Record<string, Handler>> = {
  'apps/get-authenticated': ({ site, app }) => {
    const installations = site.world.installations.filter((installation) => installation.app === app).length;
    return { status: 200, body: { ...appShape(site.world, app), installations_count: installations } };
  },
  'apps/list-installations': (call) => {
    const { items, headers } = paged(
      call,
      call.site.world.installations.filter(({ app }) => app === call.app),
    );
    return {
      status: 200,
      body: items.map((installation) => installationShape(call.site.world, installation)),
      headers,
    };
  },
  'apps/get-installation': (call) => ({ status: 200, body: installationShape(call.site.world, installationOf(call)) }),
  'apps/get-repo-installation': (call) => {
    const { repository, site } = call;
    return installationAnswer(
      call,
      site.world.installations.find((one) => one.app === call.app && covers(one, repository)),
    );
  },
  'apps/get-org-installation': (call) => {
    const login = call.text('org').toLowerCase();
    return installationAnswer(
      call,
      call.site.world.installations.find((one) => one.app === call.app && one.account.login.toLowerCase() === login),
    );
  },
  'apps/create-installation-access-token': (call) => {
    const installation = installationOf(call);
    const body = (call.body ?? {}) as TokenBody;
    const repositories = chosen(call, installation, body);
    const token = issueToken(call.site.world, installation, {
      ...(body.permissions ? { permissions: body.permissions } : {}),
      ...(repositories ? { repositories } : {}),
    });
    const shape = {
      token: token.value,
      expires_at: isoSeconds(token.expiresAt),
      permissions: token.permissions,
      repository_selection: repositories || installation.repositories !== 'all' ? 'selected' : 'all',
    };
    return { status: 201, body: shape };
  },
  'apps/list-repos-accessible-to-installation': (call) => {
    const repositories = call.site.world.repositories.filter((repository) => reaches(call.token, repository));
    const { items, headers } = paged(call, repositories);
    const shapes = items.map((repository) => repositoryShape(call.site.world, repository));
    return {
      status: 200,
      body: { total_count: repositories.length, repository_selection: 'selected', repositories: shapes },
      headers,
    };
  },
  'apps/list-webhook-deliveries': (call) => {
    const { cursor, per_page: size = 30 } = call.parameters;
    const all = [...call.site.webhooks.log(call.app)].reverse();
    const start = cursor === undefined ? 0 : all.findIndex((delivery) => String(delivery.id) === String(cursor));
    if (start === -1)
      throw new Refusal(422, 'Validation Failed', [{ resource: 'Hook', field: 'cursor', code: 'invalid' }]);
    const next = all[start + Number(size)];
    const link =
      next === undefined
        ? ''
        : `<${call.site.world.url}/api/v3/app/hook/deliveries?per_page=${size}&cursor=${next.id}>; rel="next"`;
    return {
      status: 200,
      body: all.slice(start, start + Number(size)).map(deliveryItem),
      headers: link === '' ? undefined : { link },
    };
  },
  'apps/get-webhook-delivery': (call) => {
    const delivery = deliveryOf(call);
    const request = { headers: delivery.headers, payload: JSON.parse(delivery.body.toString('utf8')) as Shape };
    return {
      status: 200,
      body: {
        ...deliveryItem(delivery),
        url: call.app.webhookUrl ?? '',
        request,
        response: { headers: null, payload: delivery.answer },
      },
    };
  },
  'apps/redeliver-webhook-delivery': (call) => {
    void call.site.webhooks.redeliver(deliveryOf(call));
    return { status: 202, body: {} };
  },
  'rate-limit/get': (call) => {
    const rate = call.site.limits.status(`installation ${call.token.installation.id}`);
    return { status: 200, body: { resources: { core: rate, graphql: rate, search: rate }, rate } };
  },
};

function installationOf(call: Call): Installation {
  const id = call.number('installation_id');
  const found = call.site.world.installations.find(
    (installation) => installation.id === id && installation.app === call.app,
  );
  if (!found) throw notFound();
  return found;
}

function installationAnswer(call: Call, installation: Installation | undefined): { status: number; body: Shape } {
  if (!installation) throw notFound();
  return { status: 200, body: installationShape(call.site.world, installation) };
}

/** The repositories that a token is narrowed to; one that the installation doesn't have refuses the token. */
function chosen(call: Call, installation: Installation, body: TokenBody): ReadonlySet<number> | null {
  if (!body.repositories && !body.repository_ids) return null;
  const available = call.site.world.repositories.filter((repository) => covers(installation, repository));
  const ids = (body.repository_ids ?? []).map((id) => available.find((repository) => repository.id === id)?.id);
  const names = (body.repositories ?? []).map((name) => available.find((repository) => repository.name === name)?.id);
  const all = [...ids, ...names].filter((id) => id !== undefined);
  if (all.length < ids.length + names.length) {
    throw new Refusal(
      422,
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    );
  }
  return new Set(all);
}

function deliveryOf(call: Call): Delivery {
  const found = call.site.webhooks.log(call.app).find((delivery) => delivery.id === call.number('delivery_id'));
  if (!found) throw notFound();
  return found;
}

function deliveryItem(delivery: Delivery): Shape {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: isoSeconds(delivery.at),
    redelivery: delivery.redelivery,
    duration: delivery.seconds,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}
