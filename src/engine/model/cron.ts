/** Why a schedule is none, or runs seldomer than it says. */
export interface CronFault {
  readonly message: string;
  /** GitHub takes it. */
  readonly isLegal: boolean;
}

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly words: readonly string[];
}

const MINUTE: Field = { name: 'minute', min: 0, max: 59, words: [] };
const HOUR: Field = { name: 'hour', min: 0, max: 23, words: [] };
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const DAYS = 'sun mon tue wed thu fri sat'.split(' ');
/** docs.github.com, "Events that trigger workflows", schedule: POSIX cron, days of the week 0 to 6, no `@daily`. November 2026. */
const FIELDS: readonly Field[] = [
  MINUTE,
  HOUR,
  { name: 'day of the month', min: 1, max: 31, words: [] },
  { name: 'month', min: 1, max: 12, words: MONTHS },
  { name: 'day of the week', min: 0, max: 6, words: DAYS },
];
/** All minutes and hours written out have 235 characters. */
const MAX_LENGTH = 400;
/** In minutes. */
const SHORTEST = 5;

/** What is wrong with a cron expression; null when nothing is. */
export function cronFault(cron: string): CronFault | null {
  const parts = cron.trim().split(/\s+/);
  if (cron.length > MAX_LENGTH) return refused('it is longer than any schedule');
  if (parts[0]?.startsWith('@')) return refused(`GitHub does not know short forms like \`${clip(cron)}\``);
  if (parts.length !== FIELDS.length)
    return refused(`a schedule has five fields, \`${clip(cron)}\` has ${parts.length}`);
  for (const [index, field] of FIELDS.entries()) {
    const part = parts[index] ?? '';
    const bad = part.split(',').find((item) => rangeOfItem(item, field) === null);
    if (bad !== undefined) return refused(`\`${clip(bad)}\` is no ${field.name} (${boundsIn(field)})`);
  }
  const gap = smallestGap(parts[0] ?? '', parts[1] ?? '');
  if (gap >= SHORTEST) return null;
  return {
    message: `\`${clip(cron)}\` asks for a run every ${gap === 1 ? 'minute' : `${gap} minutes`}; GitHub starts one every five minutes at most`,
    isLegal: true,
  };
}

function refused(message: string): CronFault {
  return { message, isLegal: false };
}

function boundsIn({ min, max, words }: Field): string {
  const [first] = words;
  return first ? `${min} to ${max}, ${first.toUpperCase()} to ${words.at(-1)?.toUpperCase()}` : `${min} to ${max}`;
}

/** What `*`, `5`, `1-5`, `MON-FRI`, each with or without `/step`, stands for; null when it is none of these. */
function rangeOfItem(item: string, field: Field): { from: number; to: number; step: number } | null {
  const [range = '', step, more] = item.split('/');
  if (more !== undefined || (step !== undefined && !/^[1-9][0-9]*$/.test(step))) return null;
  const [from, to] = boundsOf(range, field, step !== undefined);
  return from === null || to === null || from > to ? null : { from, to, step: Number(step ?? 1) };
}

/** All values of a field, in order. */
function valuesOf(text: string, field: Field): readonly number[] {
  const has = new Set<number>();
  for (const item of new Set(text.split(','))) {
    const { from = 1, to = 0, step = 1 } = rangeOfItem(item, field) ?? {};
    for (let value = from; value <= to; value += step) has.add(value);
  }
  return [...has].sort((a, b) => a - b);
}

/** `5/15` begins at 5 and goes to the end. */
function boundsOf(range: string, field: Field, isStepped: boolean): readonly [number | null, number | null] {
  if (range === '*') return [field.min, field.max];
  const [first = '', last, more] = range.split('-');
  if (more !== undefined) return [null, null];
  const from = numberOf(first, field);
  return [from, last === undefined ? (isStepped ? field.max : from) : numberOf(last, field)];
}

function numberOf(word: string, { min, max, words }: Field): number | null {
  const at = words.indexOf(word.toLowerCase());
  if (at >= 0) return at + min;
  const value = /^[0-9]{1,2}$/.test(word) ? Number(word) : Number.NaN;
  return value >= min && value <= max ? value : null;
}

/** Minutes between two runs where they are nearest; over the end of an hour only where the next hour has runs too. */
function smallestGap(minutes: string, hours: string): number {
  const at = valuesOf(minutes, MINUTE);
  const runs = valuesOf(hours, HOUR);
  const hasNext = runs.some((hour) => runs.includes((hour + 1) % 24));
  const all = hasNext && at[0] !== undefined ? [...at, at[0] + 60] : at;
  return all.reduce((gap, minute, index) => Math.min(gap, minute - (all[index - 1] ?? Number.NEGATIVE_INFINITY)), 60);
}

/** Whether the IANA database has a zone. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z_]+(?:[/+-][A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
