// Speaks the analyzer's protocol and dies on the files whose names say so.
import { parentPort } from 'node:worker_threads';

let requests = 0;

parentPort.on('message', ({ question: { head }, progress }) => {
  const [places, shared] = [[...head.files.keys()], new Int32Array(progress)];
  const unverified = [];
  let isLast = false;
  requests += 1;
  for (const [path, file] of head.files) {
    if (file.unverified !== undefined) {
      unverified.push({ path, rule: null, reason: file.unverified });
      continue;
    }
    shared[1] = places.indexOf(path) + 1;
    Atomics.add(shared, 0, 1);
    if (path.includes('loop')) for (;;);
    if (path.includes('regexp')) /^(a+)+$/.test(`${'a'.repeat(64)}!`);
    if (path.includes('memory')) for (const hoard = []; ; ) hoard.push(new Array(1e6).fill(path));
    if (path.includes('last')) isLast = true;
    if (path.includes('throw')) throw new Error('thrown');
  }
  const seen = head.absent === undefined ? [] : [...head.absent];
  parentPort.postMessage({
    kind: 'done',
    isLast,
    result: {
      findings: [],
      unverified,
      notRun: [],
      capabilities: [],
      files: requests,
      wanted: head.files.has('asks') && seen.length < 99 ? [{ kind: 'action', folder: `deep/${seen.length}` }] : [],
    },
  });
});
parentPort.postMessage({ kind: 'ready' });
