import { describe, expect, test } from '@jest/globals';
import { refLook } from '../../src/knowledge/action-refs.ts';

describe('what a ref looks like: a wrong look pins nothing, or cries at a commit', () => {
  test.each([
    ['11bd71901bbe5b1630ceea73d27597364c9af683', 'commit'],
    ['11BD71901BBE5B1630CEEA73D27597364C9AF683', 'commit'],
    ['beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d', 'long-hash'],
    ['11bd719', 'abbreviated'],
    ['11bd71901bbe5b1630ceea73d27597364c9af68', 'abbreviated'],
    ['20240131', 'version'],
    ['99999999', 'abbreviated'],
    ['v4', 'version'],
    ['4.2', 'version'],
    ['v2.1.0-rc.1', 'version'],
    ['tool-v3', 'version'],
    ['release/v1', 'branch'],
    ['main', 'branch'],
    ['11bd71', 'branch'],
    ['', 'branch'],
  ])('%s: %s', (ref, look) => {
    expect(refLook(ref)).toBe(look);
  });
});
