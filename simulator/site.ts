/** The parts of one simulated GitHub that its handlers share. */
import type { Ledger } from './ledger.ts';
import type { Faults, Limits } from './limits.ts';
import type { Webhooks } from './webhooks/webhooks.ts';
import type { World } from './world.ts';

export interface Site {
  readonly world: World;
  readonly ledger: Ledger;
  readonly limits: Limits;
  readonly faults: Faults;
  readonly webhooks: Webhooks;
}
