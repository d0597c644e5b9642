/** Who calls: an App by its JWT, or an installation by its token; and what it may see. */
import { randomBytes, verify } from 'node:crypto';
import type { App, Installation, Level, Permissions, Repository, Token } from './entities.ts';
import { grants } from './permissions.ts';
import { Refusal } from './refusal.ts';
import { covers, type World } from './world.ts';

export type Caller =
  | { readonly kind: 'app'; readonly app: App }
  | { readonly kind: 'installation'; readonly app: App; readonly token: Token };

const HOUR = 3_600_000;

/** Reads the Authorization header; throws the 401 or 403 that GitHub would answer. */
export function authenticate(world: World, header: string | undefined): Caller {
  const found = /^(?:bearer|token) (\S+)$/i.exec(header ?? '');
  if (!found) throw new Refusal(401, 'Requires authentication');
  const value = found[1] ?? '';
  return value.split('.').length === 3 ? authenticateApp(world, value) : authenticateInstallation(world, value);
}

function authenticateInstallation(world: World, value: string): Caller {
  const token = world.tokens.get(value);
  if (!token || token.expiresAt <= Date.now() || !world.installations.includes(token.installation)) {
    throw new Refusal(401, 'Bad credentials');
  }
  if (token.installation.suspendedAt !== null) throw new Refusal(403, 'This installation has been suspended');
  return { kind: 'installation', app: token.installation.app, token };
}

function authenticateApp(world: World, jwt: string): Caller {
  const [head = '', payload = '', signature = ''] = jwt.split('.');
  const header = json(head);
  const claims = json(payload);
  const app = world.apps.find((candidate) => String(candidate.id) === String(claims.iss));
  if (!app) throw new Refusal(401, "'Issuer' claim ('iss') must be an Integer");
  const signed =
    header.alg === 'RS256' &&
    verify('RSA-SHA256', Buffer.from(`${head}.${payload}`), app.publicKey, Buffer.from(signature, 'base64url'));
  if (!signed) throw new Refusal(401, 'A JSON web token could not be decoded');
  const now = Date.now() / 1000;
  const { exp, iat } = claims;
  if (typeof exp !== 'number' || exp <= now) {
    throw new Refusal(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (typeof iat !== 'number' || iat > now + 5) {
    throw new Refusal(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
  if (exp - now > 600 + 5) throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
  return { kind: 'app', app };
}

function json(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
  } catch {
    throw new Refusal(401, 'A JSON web token could not be decoded');
  }
}

export interface Narrowing {
  readonly permissions?: Permissions;
  readonly repositories?: ReadonlySet<number>;
}

/** A new token for an hour; asking for more than the installation has is refused, as GitHub does. */
export function issueToken(world: World, installation: Installation, narrowing: Narrowing): Token {
  if (installation.suspendedAt !== null) throw new Refusal(403, 'This installation has been suspended');
  for (const [permission, level] of Object.entries(narrowing.permissions ?? {})) {
    if (!grants(installation.permissions, permission, level)) {
      throw new Refusal(422, 'The permissions requested are not granted to this installation.');
    }
  }
  const token: Token = {
    value: `ghs_${randomBytes(27).toString('base64url').replace(/[-_]/g, 'x')}`,
    installation,
    expiresAt: Date.now() + HOUR,
    permissions: narrowing.permissions ?? { ...installation.permissions, metadata: 'read' },
    repositories: narrowing.repositories ?? null,
  };
  world.tokens.set(token.value, token);
  return token;
}

/** The repository belongs to the installation and to the token's own choice. */
export function reaches(token: Token, repository: Repository): boolean {
  return covers(token.installation, repository) && (token.repositories?.has(repository.id) ?? true);
}

/** Readable at all: reached by the token, or public. What isn't, doesn't exist for the caller (404). */
export function sees(token: Token, repository: Repository): boolean {
  return !repository.deleted && (reaches(token, repository) || !repository.private);
}

/** May the caller do this there? A public repository outside the installation can only be read. */
export function may(token: Token, repository: Repository, permission: string, level: Level): boolean {
  if (reaches(token, repository)) return grants(token.permissions, permission, level);
  return sees(token, repository) && level === 'read';
}
