import type { Job } from './job.ts';
import type { Located } from './source.ts';
import type { Text } from './text.ts';
import { Variables } from './variables.ts';

/** A job's `container:` or one of its `services:`. Its span is its value. */
export class Container implements Located {
  readonly job: Job;
  /** '' for the job's own container. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly image: Text | null;
  readonly options: Text | null;
  readonly username: Text | null;
  readonly password: Text | null;
  readonly env: Variables;

  constructor(job: Job, name: string, path: readonly string[]) {
    const node = job.find(...path) ?? job.node;
    this.job = job;
    this.name = name;
    this.start = node.start;
    this.end = node.end;
    this.image = job.text(...path) ?? job.text(...path, 'image');
    this.options = job.text(...path, 'options');
    this.username = job.text(...path, 'credentials', 'username');
    this.password = job.text(...path, 'credentials', 'password');
    this.env = new Variables(job, [...path, 'env']);
  }

  get source() {
    return this.job.source;
  }
}
