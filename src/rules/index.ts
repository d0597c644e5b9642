// Written by `npm run generate`: every file of this folder is a rule.
import type { Rule } from '../engine/rule.ts';
import { abbreviatedSha } from './abbreviated-sha.ts';
import { artipacked } from './artipacked.ts';
import { dangerousTriggers } from './dangerous-triggers.ts';
import { excessivePermissions } from './excessive-permissions.ts';
import { missingPermissions } from './missing-permissions.ts';
import { overprovisionedSecrets } from './overprovisioned-secrets.ts';
import { personalAccessToken } from './personal-access-token.ts';
import { secretsInherit } from './secrets-inherit.ts';
import { selfHostedRunner } from './self-hosted-runner.ts';
import { templateInjection } from './template-injection.ts';
import { unpinnedUses } from './unpinned-uses.ts';
import { untrustedCheckout } from './untrusted-checkout.ts';
import { untrustedCheckoutExec } from './untrusted-checkout-exec.ts';

/** All rules, by id. */
export const rules: readonly Rule[] = [
  abbreviatedSha,
  artipacked,
  dangerousTriggers,
  excessivePermissions,
  missingPermissions,
  overprovisionedSecrets,
  personalAccessToken,
  secretsInherit,
  selfHostedRunner,
  templateInjection,
  unpinnedUses,
  untrustedCheckout,
  untrustedCheckoutExec,
];
