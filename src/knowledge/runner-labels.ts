/**
 * Labels of runners that GitHub hosts: a new machine for each job. Families instead of a list, because a label that
 * appears next year follows the same form. Larger runners of an organisation have names of its own choice: unknown.
 *
 * Source: GitHub Docs, "GitHub-hosted runners reference" and "Larger runners", and actions/runner-images; November 2026.
 */
const HOSTED: readonly RegExp[] = [
  /^ubuntu-(latest|slim|\d\d\.\d\d)(-arm)?$/,
  /^windows-(latest|\d{4}|11)(-arm|-vs\d{4})?$/,
  /^macos-(latest|\d\d(\.\d+)?)(-(intel|large|xlarge|arm64))?$/,
];

/**
 * Labels of services that run each job on a machine of its own: self-hosted to GitHub, ephemeral in fact.
 *
 * Source: the services' own documentation of `runs-on`, November 2026.
 */
const MANAGED: readonly RegExp[] = [
  /^buildjet-/,
  /^warp-/,
  /^depot-/,
  /^(namespace|nscloud)-/,
  /^blacksmith-/,
  /^codebuild-/,
  /^ubicloud(-|$)/,
  /^runs-on([=/,]|$)/,
  /^cirun-/,
  /^codspeed-/,
  /^actuated-/,
  /^tenki-/,
  /^shipfox-/,
  /^ghcr\.io\/cirruslabs\//,
];

/** Labels that only runners registered by hand or by a controller carry: `self-hosted` and the defaults of `config.sh`. */
const SELF_HOSTED: readonly RegExp[] = [/^self-hosted$/, /^(linux|windows|macos)$/, /^(x64|arm|arm64)$/];

/** What kind of machine serves a `runs-on` label. `unknown`: a name of the organisation's choice. Labels ignore case. */
export function runnerKindOf(label: string): 'hosted' | 'managed' | 'self-hosted' | 'unknown' {
  const name = label.trim().toLowerCase();
  if (SELF_HOSTED.some((pattern) => pattern.test(name))) return 'self-hosted';
  if (MANAGED.some((pattern) => pattern.test(name))) return 'managed';
  if (HOSTED.some((pattern) => pattern.test(name))) return 'hosted';
  return 'unknown';
}

/** The operating system that a label names, null where it names none: decides the default shell. */
export function runnerSystemOf(label: string): 'linux' | 'windows' | 'macos' | null {
  const name = label.toLowerCase();
  if (/(^|[^a-z])win(dows)?([^a-z]|$)/.test(name)) return 'windows';
  if (/(^|[^a-z])mac(os)?([^a-z]|$)/.test(name)) return 'macos';
  if (/(^|[^a-z])(linux|ubuntu)([^a-z]|$)/.test(name)) return 'linux';
  return null;
}

/**
 * Labels of the machines that GitHub hosts by itself, exactly. Larger runners of an organisation come on top.
 *
 * Source: GitHub Docs, "GitHub-hosted runners reference", and the table of images in actions/runner-images; November 2026.
 */
export const HOSTED_LABELS: ReadonlySet<string> = new Set(
  `ubuntu-latest ubuntu-slim ubuntu-26.04 ubuntu-26.04-arm ubuntu-24.04 ubuntu-24.04-arm ubuntu-22.04 ubuntu-22.04-arm
  windows-latest windows-2025 windows-2025-vs2026 windows-2022 windows-11-arm windows-11-arm64 windows-11-vs2026-arm
  macos-latest macos-latest-large macos-latest-xlarge macos-26 macos-26-intel macos-26-large macos-26-xlarge
  macos-15 macos-15-intel macos-15-large macos-15-xlarge xcode-27 xcode-27-xlarge`.split(/\s+/),
);

/** An image that GitHub no longer has: jobs that ask for it fail or wait until they are cancelled. */
interface RetiredLabel {
  readonly label: RegExp;
  /** ISO date from which no machine has it. */
  readonly since: string;
  /** What to ask for instead; `$1` is the suffix that decides the size. */
  readonly successor: string;
}

/**
 * Labels of retired images, with the day.
 *
 * Source: the announcements of actions/runner-images (issues 13518, 13046, 12045, 11101, 10721, 9255, 6002, 5583, 4312), read November 2026.
 */
export const RETIRED_LABELS: readonly RetiredLabel[] = [
  { label: /^ubuntu-16\.04$/, since: '2021-09-20', successor: 'ubuntu-24.04' },
  { label: /^ubuntu-18\.04$/, since: '2023-04-03', successor: 'ubuntu-24.04' },
  { label: /^ubuntu-20\.04$/, since: '2025-04-15', successor: 'ubuntu-24.04' },
  { label: /^windows-2016$/, since: '2022-04-01', successor: 'windows-2022' },
  { label: /^windows-2019$/, since: '2025-06-30', successor: 'windows-2022' },
  { label: /^macos-10\.15$/, since: '2023-03-31', successor: 'macos-15-intel' },
  { label: /^macos-11$/, since: '2024-06-28', successor: 'macos-15-intel' },
  { label: /^macos-1[23]$/, since: '2025-12-04', successor: 'macos-15-intel' },
  { label: /^macos-1[234](-large|-xlarge)$/, since: '2026-11-02', successor: 'macos-15$1' },
  { label: /^macos-14$/, since: '2026-11-02', successor: 'macos-15' },
];

/** Kinds of hosted label: a name of this form that GitHub does not have is a slip, not somebody's own machine. */
export const HOSTED_FORM: readonly RegExp[] = HOSTED;

/** Near misses of the `-latest` labels: `ubunut-latest`, `windows-lastest`, `macos_latest`. */
export const SLIPS = /^(ubu?n?t?u?n?t?u?|win?d?o?w?s?|mac-?os|osx)[-_](lat?e?s?t?|lastest|lates|latests)$/;

/** Words in a label that people give to machines of their own: GitHub's larger runners are named for their system and size. */
export const OWN_MACHINE =
  /(?:^|[-_.])(?:self-?hosted|selfhosted|on-?prem(?:ise)?s?|bare-?metal|metal|home-?lab|lab|office|rack|server|box|nuc|mac-?mini|mac-?studio|rpi\d?|raspberry(?:-?pi)?|jetson|dgx|k8s|kubernetes|arc|arc-runner-set|internal|corp|private|own|our|my|vm|ec2|fleet|asg)(?:[-_.]|$)/;
