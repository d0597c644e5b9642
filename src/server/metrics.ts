import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What `/metrics` shows, in Prometheus' text form. */
export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  delivery(event: string, outcome: string): void;
  task(kind: string, outcome: string, seconds: number): void;
}

interface Depth {
  readonly waiting: number;
  readonly running: number;
  readonly dead: number;
}

/** `depth` is asked at each look; while the database is away the last numbers are left out rather than repeated. */
export function createMetrics(depth: () => Promise<Depth>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const deliveries = new Counter({
    name: 'gargoyle_deliveries_total',
    help: 'Webhooks by event and what became of them',
    labelNames: ['event', 'outcome'],
    registers,
  });
  const tasks = new Histogram({
    name: 'gargoyle_task_seconds',
    help: 'Tries of tasks by kind and outcome',
    labelNames: ['kind', 'outcome'],
    buckets: [0.1, 0.3, 1, 3, 10, 30, 120, 600],
    registers,
  });
  new Gauge({
    name: 'gargoyle_queue_tasks',
    help: 'Tasks that wait, run, or are dead letters',
    labelNames: ['state'],
    registers,
    async collect() {
      this.reset();
      const now = await depth().catch(() => null);
      for (const [state, count] of Object.entries(now ?? {})) this.set({ state }, count);
    },
  });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    delivery: (event, outcome) => deliveries.inc({ event, outcome }),
    task: (kind, outcome, seconds) => tasks.observe({ kind, outcome }, seconds),
  };
}
