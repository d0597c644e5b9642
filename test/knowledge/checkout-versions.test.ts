import { expect, test } from '@jest/globals';
import { checkoutVersionOf } from '../../src/knowledge/checkout-versions.ts';

test.each([
  ['v4', '', '4'],
  ['v6.0.2', '', '6.0.2'],
  ['11bd71901bbe5b1630ceea73d27597364c9af683', '', '4.2.2'],
  // The table knows better than a comment that was not updated.
  ['DF4CB1C069E1874EDD31B4311F1884172CEC0E10', ' # v2.4.0', '6.0.3'],
  ['0000000000000000000000000000000000000000', ' # v6.9.0', '6.9.0'],
  ['0000000000000000000000000000000000000000', '" # 5', '5'],
  ['0000000000000000000000000000000000000000', '\n      # v6', null],
  ['0000000000000000000000000000000000000000', '', null],
  ['main', '', null],
])('%s%s is %s', (ref, lineRest, version) => {
  expect(checkoutVersionOf(ref, lineRest)).toBe(version);
});
