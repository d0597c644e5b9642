/** What a credential looks like as text. */
export interface SecretShape {
  /** For a message. */
  readonly what: string;
  /** What may be quoted of it. */
  readonly prefix: string;
  /** One token; group 1, where there is one, is what counts. */
  readonly pattern: RegExp;
  /** `github`: 30 characters and 6 of CRC-32 in base 62 behind the last `_`. */
  readonly checksum?: 'github';
  /** Only somebody who finds it can tell: it is no secret by itself. */
  readonly isId?: boolean;
}

/**
 * Credentials by their prefix. Sources: GitHub Docs "Token formats" and GitHub's article on them (April 2021), npm's and PyPI's
 * documentation, AWS IAM identifiers, Slack, Stripe, Google, GitLab, Docker, Hugging Face, SendGrid, DigitalOcean. 2026-11.
 */
export const secretShapes = [
  {
    what: 'GitHub token',
    prefix: 'gh*_',
    pattern: /\b(?:ghp|gho|ghu|ghr)_[A-Za-z0-9]{36}(?![A-Za-z0-9_])/g,
    checksum: 'github',
  },
  // Without a checksum: the newer form is `ghs_<app>_<JWT>`.
  { what: 'GitHub App token', prefix: 'ghs_', pattern: /\bghs_[A-Za-z0-9_.-]{36,600}/g },
  {
    what: 'GitHub fine-grained token',
    prefix: 'github_pat_',
    pattern: /\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}(?![A-Za-z0-9_])/g,
  },
  { what: 'npm token', prefix: 'npm_', pattern: /\bnpm_[A-Za-z0-9]{36}(?![A-Za-z0-9_])/g, checksum: 'github' },
  { what: 'PyPI token', prefix: 'pypi-', pattern: /\bpypi-AgE[A-Za-z0-9_-]{50,400}/g },
  { what: 'Slack token', prefix: 'xox', pattern: /\bxox[abeoprs]-[0-9A-Za-z-]{20,250}/g },
  {
    what: 'Slack webhook',
    prefix: 'https://hooks.slack.com/',
    pattern:
      /https:\/\/hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Z0-9]{6,}\/[A-Z0-9]{6,}\/[A-Za-z0-9]{16,}/g,
  },
  {
    what: 'Discord webhook',
    prefix: 'https://discord.com/api/webhooks/',
    pattern: /https:\/\/(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks\/\d{15,20}\/[\w-]{50,}/g,
  },
  { what: 'GitLab token', prefix: 'glpat-', pattern: /\bgl(?:pat|dt|rt|ptt|cbt)-[A-Za-z0-9_-]{20,60}/g },
  { what: 'Stripe key', prefix: 'sk_live_', pattern: /\b[sr]k_live_[A-Za-z0-9]{20,120}/g },
  { what: 'Google API key', prefix: 'AIza', pattern: /\bAIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])/g },
  { what: 'Docker Hub token', prefix: 'dckr_pat_', pattern: /\bdckr_(?:pat|oat)_[A-Za-z0-9_-]{20,60}/g },
  { what: 'Hugging Face token', prefix: 'hf_', pattern: /\bhf_[A-Za-z]{34}(?![A-Za-z0-9])/g },
  { what: 'SendGrid key', prefix: 'SG.', pattern: /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g },
  { what: 'DigitalOcean token', prefix: 'dop_v1_', pattern: /\bdo[opr]_v1_[a-f0-9]{64}/g },
  { what: 'Anthropic key', prefix: 'sk-ant-', pattern: /\bsk-ant-[a-z0-9]{3,8}-[A-Za-z0-9_-]{80,120}/g },
  {
    what: 'OpenAI key',
    prefix: 'sk-',
    pattern: /\bsk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{16,90}T3BlbkFJ[A-Za-z0-9_-]{16,90}/g,
  },
  { what: 'Shopify token', prefix: 'shpat_', pattern: /\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}(?![A-Za-z0-9])/g },
  { what: 'crates.io token', prefix: 'cio', pattern: /\bcio[A-Za-z0-9]{32}(?![A-Za-z0-9])/g },
  {
    what: 'private key',
    prefix: '-----BEGIN … PRIVATE KEY-----',
    pattern:
      /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\n|["'+\\])+(?:[A-Za-z-]+: [^\n]{1,80}\s+){0,4}[A-Za-z0-9+/=]{40,}/g,
  },
  {
    what: 'AWS secret key',
    prefix: 'AWS secret key',
    pattern: /(?:aws_?|\b)secret_?access_?key["']?\s*[:=]\s*["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
  },
  {
    what: 'AWS secret key',
    prefix: 'AWS secret key',
    pattern: /aws-secret-access-key:\s*["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
  },
  { what: 'AWS access key id', prefix: 'AKIA', pattern: /\bAKIA[0-9A-Z]{16}(?![0-9A-Za-z])/g, isId: true },
] as const satisfies readonly SecretShape[];

/** Values that documentation uses, and that no one could have been given. */
export const EXAMPLE_SECRET = /example|x{6,}|placeholder|changeme|your[_-]?|dummy|redacted|<\w|\*{3}/i;

/** Somebody typed it, nobody issued it. */
export const TYPED_SECRET = /0123456789|1234567890|abcdefghij/i;

/** The characters of GitHub's checksums, in order. Source: GitHub's article "Behind GitHub's new authentication token formats", 2021. */
export const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
