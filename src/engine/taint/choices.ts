import type { Job } from '../model/job.ts';
import type { Text } from '../model/text.ts';

/** A text by which a job's machine or rules are chosen. */
export interface Choice {
  readonly text: Text;
  /** For a message: "the runner of this job". */
  readonly what: string;
  /** It leads to files, not to another machine. */
  readonly isWeak?: boolean;
  /** It only decides who waits for whom. */
  readonly isDelay?: boolean;
}

/** The texts of a job that choose its machine, its images, its environment and its queue. */
export function choicesOf(job: Job): readonly Choice[] {
  return [...job.texts].flatMap((text) => {
    const kind = text.isLiteral ? null : kindOf(text.site.key, text.site.name);
    return kind ? [{ text, ...kind }] : [];
  });
}

function kindOf(key: string, name: string): Omit<Choice, 'text'> | null {
  if (key === 'runs-on') return { what: 'the runner of this job' };
  if (key === 'environment' && (name === '' || name === 'name')) return { what: 'the environment of this job' };
  if (key === 'container' && (name === '' || name === 'image')) return { what: 'the image in which this job runs' };
  if (key === 'services' && name.endsWith('.image')) return { what: 'the image of a service of this job' };
  if (key === 'defaults' && name === 'run.working-directory')
    return { what: 'the folder in which the scripts of this job run', isWeak: true };
  if (key === 'concurrency' && (name === '' || name === 'group'))
    return { what: 'which other runs wait for this job', isDelay: true };
  return null;
}
