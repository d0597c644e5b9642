/** The page for people. No scripts, nothing from elsewhere; its content is written by attackers. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { latestChecks } from '../pulls.ts';
import { fullName, type World } from '../world.ts';
import { type Html, html } from './html.ts';
import { author, icon, layout, plural } from './parts.ts';
import { pullPage } from './pull.ts';
import { STYLE } from './style.ts';

const POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'";

export function pageRoutes(server: FastifyInstance, world: World): void {
  server.get('/', (_request, reply) => send(reply, 'Pull requests', list(world)));
  server.get('/-/style.css', (_request, reply) => reply.type('text/css').send(STYLE));
  server.get<{ Params: { owner: string; name: string; number: string } }>(
    '/:owner/:name/pull/:number',
    async (request, reply) => {
      const { owner, name, number } = request.params;
      const pull = world.repository(owner, name)?.pulls.get(Number(number));
      if (!pull) return send(reply.code(404), 'Not found', html`<p>There is no such pull request.</p>`);
      return send(reply, fullName(pull.repository), await pullPage(pull));
    },
  );
}

function send(reply: FastifyReply, title: string, content: Html): FastifyReply {
  return reply
    .headers({ 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff' })
    .type('text/html; charset=utf-8')
    .send(layout(title, content));
}

function list(world: World): Html {
  const pulls = world.repositories.flatMap((repository) => [...repository.pulls.values()]).sort((a, b) => b.id - a.id);
  const rows = pulls.map((pull) => {
    const checks = latestChecks(pull.repository, pull.headSha);
    const worst = checks.find(({ conclusion }) => conclusion === 'failure') ?? checks.at(-1);
    const threads = pull.threads.filter(({ resolvedBy }) => resolvedBy === null).length;
    return html`<div class="item">${worst ? icon(worst.conclusion) : icon('skipped')}<span><b><a href="/${fullName(pull.repository)}/pull/${pull.number}">${pull.title}</a></b><br><span class="muted">${fullName(pull.repository)}#${pull.number} by ${author(pull.author)} · ${pull.state} · ${plural(threads, 'unresolved thread')}</span></span></div>`;
  });
  return html`<div class="box list"><div class="head">${plural(pulls.length, 'pull request')}</div>${rows}</div>`;
}
