import type { Edit, Place, Severity } from '../engine/finding.ts';
import type { CataloguedRule } from '../policy/policy.ts';
import { jsonText } from './json.ts';
import { notRunLine, type ScannedFinding, type ScanReport } from './scan.ts';
import { echoed } from './untrusted.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

const MAX_MESSAGE = 1000;
/** All rules that could not judge are named in one. */
const MAX_LINE = 5000;

const LEVELS = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
} as const satisfies Record<Severity, string>;

/** GitHub code scanning sorts by this number: over 9 is critical, from 7 high, from 4 medium, above 0 low. */
const SECURITY_SEVERITY = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: '0.5',
} as const satisfies Record<Severity, string>;

/** `--format sarif`: SARIF 2.1.0, one run, with a line break at the end. `version` is ours. What is fixed is left out: SARIF describes what is there. */
export function sarifReport(
  { findings, unverified, notRun }: ScanReport,
  catalogue: readonly CataloguedRule[],
  version: string,
): string {
  const index = new Map(catalogue.map((rule, at) => [rule.id, at]));
  const unasked = notRun.filter(({ isUnasked }) => isUnasked);
  const notifications = [
    ...unverified.map(({ path, rule, reason }) => ({
      level: 'error',
      message: { text: echoed(`${rule === null ? 'not analysed' : `rule ${rule} not run`}: ${reason}`, MAX_MESSAGE) },
      locations: [{ physicalLocation: { artifactLocation: artifact(path) } }],
    })),
    ...notRun
      .filter(({ isUnasked }) => !isUnasked)
      .map(({ rule, reason }) => ({
        level: 'warning',
        message: { text: echoed(`rule ${rule} not run: ${reason}`, MAX_MESSAGE) },
      })),
    ...(unasked.length > 0
      ? [{ level: 'note', message: { text: echoed(`not run: ${notRunLine(unasked)}`, MAX_LINE) } }]
      : []),
  ];
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Gargoyle', version, semanticVersion: version, rules: catalogue.map(rule) } },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: unverified.length === 0, toolExecutionNotifications: notifications }],
        results: findings.filter(({ status }) => status !== 'fixed').map((each) => result(each, index.get(each.rule))),
      },
    ],
  };
  return `${jsonText(log)}\n`;
}

function rule({ id, summary, why, remedy, severity, confidence }: CataloguedRule) {
  return {
    id,
    name: id,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: { text: `${why}\n\n${remedy}` },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      'security-severity': SECURITY_SEVERITY[severity],
      precision: confidence === 'high' ? 'very-high' : confidence,
      tags: ['security', 'github-actions'],
    },
  };
}

/** `worsened` is to SARIF a result that changed; GitHub reads no state and compares by fingerprint itself. */
const STATES = { new: 'new', worsened: 'updated', persisting: 'unchanged', fixed: 'absent' } as const;

function result(finding: ScannedFinding, ruleIndex: number | undefined) {
  const { rule: ruleId, severity, confidence, message, fingerprint, status, related, fix } = finding;
  return {
    ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[severity],
    message: { text: echoed(message, MAX_MESSAGE) },
    locations: [{ physicalLocation: physical(finding) }],
    ...(related.length === 0 ? {} : { relatedLocations: related.map(relatedLocation) }),
    partialFingerprints: { 'gargoyle/v1': fingerprint },
    ...(status === null ? {} : { baselineState: STATES[status] }),
    ...(fix === null
      ? {}
      : { fixes: [{ description: { text: fix.title }, artifactChanges: artifactChanges(fix.edits) }] }),
    properties: { severity, confidence },
  };
}

function relatedLocation(place: Place & { readonly message: string }, id: number) {
  return { id, physicalLocation: physical(place), message: { text: echoed(place.message, MAX_MESSAGE) } };
}

function physical({ path, line, column, endLine, endColumn }: Place) {
  return {
    artifactLocation: artifact(path),
    region: { startLine: line, startColumn: column, endLine, endColumn },
  };
}

/** A path as a relative URI reference: a colon in its first part would otherwise read as a scheme. */
function artifact(path: string) {
  const parts = path.split('/').map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd')));
  return { uri: parts.join('/') };
}

function artifactChanges(edits: readonly Edit[]) {
  const paths = [...new Set(edits.map(({ path }) => path))];
  return paths.map((path) => ({
    artifactLocation: artifact(path),
    replacements: edits
      .filter((edit) => edit.path === path)
      .map(({ start, end, text }) => ({
        deletedRegion: {
          startLine: start.line,
          startColumn: start.column,
          endLine: end.line,
          endColumn: end.column,
        },
        insertedContent: { text },
      })),
  }));
}
