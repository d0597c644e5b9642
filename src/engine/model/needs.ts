import type { Job } from './job.ts';
import type { Text } from './text.ts';
import type { Workflow } from './workflow.ts';

/** A circle of jobs that wait for each other, each with the `needs` that names the next one; the last names the first. */
type NeedCycle = readonly { readonly job: Job; readonly need: Text }[];

/** Who has more circles than that has made them on purpose. */
const MAX_CYCLES = 20;

/** Circles among a workflow's `needs`, each once. */
export function needCycles(workflow: Workflow): readonly NeedCycle[] {
  const jobs = new Map(workflow.jobs.map((job) => [job.id.toLowerCase(), job]));
  const cycles: NeedCycle[] = [];
  const done = new Set<Job>();
  const way: { job: Job; need: Text }[] = [];
  const places = new Map<Job, number>();
  const visit = (job: Job): void => {
    places.set(job, way.length);
    for (const need of job.needs) {
      const next = jobs.get(need.value.toLowerCase());
      if (!next || done.has(next) || cycles.length >= MAX_CYCLES) continue;
      const from = places.get(next);
      way.push({ job, need });
      if (from === undefined) visit(next);
      else cycles.push(way.slice(from));
      way.pop();
    }
    places.delete(job);
    done.add(job);
  };
  for (const job of workflow.jobs) if (!done.has(job)) visit(job);
  return cycles;
}
