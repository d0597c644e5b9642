import { createHash } from 'node:crypto';
import type { Job } from '../../src/engine/model/job.ts';
import { ProjectModel, rememberingParser } from '../../src/engine/model/project.ts';
import type { Located } from '../../src/engine/model/source.ts';
import type { Workflow } from '../../src/engine/model/workflow.ts';
import { fileKind, type Project } from '../../src/engine/project.ts';

/** The path of a workflow where a test doesn't care. */
export const WORKFLOW = '.github/workflows/ci.yml';

/** A project of some texts; one text alone is a workflow. */
export function projectOf(files: string | Readonly<Record<string, string>>): Project {
  const texts = typeof files === 'string' ? { [WORKFLOW]: files } : files;
  return {
    files: new Map(
      Object.entries(texts).map(([path, text]) => [
        path,
        { kind: fileKind(path), oid: createHash('sha1').update(text).digest('hex'), mode: 0o100644, text },
      ]),
    ),
  };
}

export function modelOf(files: string | Readonly<Record<string, string>>): ProjectModel {
  return new ProjectModel(projectOf(files), rememberingParser());
}

export function workflowOf(files: string | Readonly<Record<string, string>>, path = WORKFLOW): Workflow {
  const workflow = modelOf(files).workflow(path);
  if (!workflow) throw new Error(`${path} can't be read`);
  return workflow;
}

/** The first job of a workflow, or the one with this id. */
export function jobOf(files: string | Readonly<Record<string, string>>, id?: string, path = WORKFLOW): Job {
  const workflow = workflowOf(files, path);
  const job = id === undefined ? workflow.jobs[0] : workflow.job(id);
  if (!job) throw new Error(`no job ${id ?? ''}`);
  return job;
}

/** What is written in a span. */
export function written(at: Located | null | undefined): string | null {
  return at ? at.source.slice(at) : null;
}
