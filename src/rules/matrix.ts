import { matrixFaults } from '../engine/model/matrix-faults.ts';
import { defineRule } from '../engine/rule.ts';

export const matrix = defineRule({
  id: 'matrix',
  severity: 'low',
  section: 'Correctness',
  summary: 'Matrix that runs a job twice, excludes nothing or is refused',
  why: 'A value that stands twice costs a job and tells nothing new, often because another value was meant; a row of `exclude` that agrees with nothing leaves in what was to be left out.',
  remedy:
    'Write each value once, numbers like 3.10 in quotes, and in `exclude` the keys and values as the matrix has them.',
  peers: ['actionlint: matrix'],
  visit: {
    *job(job) {
      for (const { at, message, isRefused } of matrixFaults(job)) {
        const severity = isRefused ? 'medium' : 'low';
        yield {
          at,
          severity,
          message: isRefused ? `GitHub refuses the matrix: ${message}` : `In the matrix, ${message}`,
        };
      }
    },
  },
});
