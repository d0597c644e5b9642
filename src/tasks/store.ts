import { type BlobStore, blobsStore } from '../store/blobs.ts';
import type { Database } from '../store/database.ts';
import { type PolicyStore, policiesStore } from '../store/policies.ts';
import { type RetentionStore, retentionStore } from '../store/retention.ts';
import { type ScanStore, scansStore } from '../store/scans.ts';
import { type ThreadStore, threadsStore } from '../store/threads.ts';
import { type VerdictStore, verdictsStore } from '../store/verdicts.ts';
import { type WorkflowJobStore, workflowJobsStore } from '../store/workflow-jobs.ts';

/** What is remembered, by noun. */
export interface Store {
  readonly scans: ScanStore;
  readonly verdicts: VerdictStore;
  readonly blobs: BlobStore;
  readonly policies: PolicyStore;
  readonly threads: ThreadStore;
  readonly workflowJobs: WorkflowJobStore;
  readonly retention: RetentionStore;
}

/** All of it in one database. */
export function storeIn(database: Database): Store {
  return {
    scans: scansStore(database),
    verdicts: verdictsStore(database),
    blobs: blobsStore(database),
    policies: policiesStore(database),
    threads: threadsStore(database),
    workflowJobs: workflowJobsStore(database),
    retention: retentionStore(database),
  };
}
