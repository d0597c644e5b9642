import type { Database } from '../store/database.ts';
import { type Delivery, deliveriesStore, type Recorded } from '../store/deliveries.ts';
import { enqueue } from './enqueue.ts';
import type { Task } from './tasks.ts';

/**
 * Writes a delivery and its tasks down in one transaction: after it, 202 may be said, and `kill -9` loses nothing. `ignored` is a
 * delivery that could not be understood.
 */
export async function recordDelivery(
  database: Database,
  delivery: Delivery,
  tasks: readonly Task[] | 'ignored',
  now: Date,
): Promise<Recorded> {
  const store = deliveriesStore(database);
  if (tasks === 'ignored') return store.record(delivery, 'ignored', now, async () => undefined);
  const state = tasks.length > 0 ? 'recorded' : 'done';
  return store.record(delivery, state, now, (client) => enqueue(client, tasks));
}
