import { describe, expect, test } from '@jest/globals';
import { cronFault, isTimeZone } from '../../../src/engine/model/cron.ts';

/** Protects from schedules that GitHub refuses being let through, and from legal ones being reported. */
describe('cron', () => {
  test.each([
    '* 4 * * *',
    '0 0 * * 7',
    '0 0 31 2-1 *',
    '1-70 * * * *',
    '0 0 * JANUARY *',
    '5/0 * * * *',
    '0 -5 * * *',
    '0 1- * * *',
    '0 0 1,2, * *',
    '0 0 1.5 * *',
    '',
    '@hourly',
  ])('%j is at fault', (cron) => {
    expect(cronFault(cron)).not.toBeNull();
  });

  test.each([
    ['0 0 29 2 *', 'a day that comes every four years'],
    ['  0 0 * * *  ', 'blanks around it'],
    ['0\t0 * * *', 'a tab'],
    ['0,5,10,15,20,25,30,35,40,45,50,55 * * * *', 'every five minutes'],
    ['0-59/5 * * * *', 'a range with a step'],
    ['57 23 * * *', 'once'],
    ['00 04 * * *', 'leading zeros'],
    ['0 0 * feb-DEC sun,TUE-sat', 'names in any case'],
  ])('%j is none: %s', (cron) => {
    expect(cronFault(cron)).toBeNull();
  });

  test.each([
    ['0,57 * * * *', true],
    ['0,57 4 * * *', false],
    ['0,57 4-5 * * *', true],
    ['0,57 23,0 * * *', true],
    ['*/4 1 1 1 1', true],
  ])('%j comes too often: %s', (cron, isTooOften) => {
    expect(cronFault(cron)?.isLegal ?? false).toBe(isTooOften);
  });

  test.each([
    ['Europe/Berlin', true],
    ['america/new_york', true],
    ['UTC', true],
    ['Etc/GMT-14', true],
    ['Mars/Olympus', false],
    ['+01:00', false],
    ['', false],
    ['Europe/Berlin; rm', false],
  ])('%j is a time zone: %s', (zone, isZone) => {
    expect(isTimeZone(zone)).toBe(isZone);
  });
});
