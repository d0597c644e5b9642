import type { Finding, Place } from '../../src/engine/finding.ts';
import type { Rule } from '../../src/engine/rule.ts';
import { analyzeFiles, type Example, fixed } from '../../test/rules/fixtures.ts';
import { lineDiff } from './line-diff.ts';

/** `docs/rules/<id>.md`: what a person who met the rule in a pull request wants to know, and its fixture as examples. */
export function rulePage(rule: Rule, examples: readonly Example[]): string {
  const parts = [
    `# ${rule.id}`,
    `**${rule.summary}**`,
    table(rule),
    '## Why',
    rule.why,
    '## What to do',
    rule.remedy,
    ...options(rule),
    ...needs(rule),
    '## What is found',
    ...examples.filter((example) => example.isBad).map((example) => badExample(rule, example)),
    '## What is not',
    ...examples.filter((example) => !example.isBad).map(goodExample),
    ...peers(rule),
  ];
  return `<!-- Written by \`npm run generate\` from src/rules/${rule.id}.ts and test/rules/${rule.id}.yml. -->\n\n${parts.join('\n\n')}\n`;
}

function table(rule: Rule): string {
  return [
    '| severity | confidence | audience | section |',
    '|---|---|---|---|',
    `| ${rule.severity} | ${rule.confidence} | ${rule.audience} | ${rule.section} |`,
    '',
    'Severity and confidence are those where nothing makes the case better or worse; each finding says its own.',
  ].join('\n');
}

function options(rule: Rule): readonly string[] {
  const entries = Object.entries(rule.options as object);
  if (entries.length === 0) return [];
  return [
    '## Options',
    entries.map(([name, value]) => `- \`${name}\`, by default \`${JSON.stringify(value)}\``).join('\n'),
  ];
}

function needs({ needs: kinds }: Rule): readonly string[] {
  if (kinds.length === 0) return [];
  const list = kinds.map((kind) => `\`${kind}\``).join(', ');
  return ['## What it needs', `Facts from outside the files: ${list}. Without any of them it is listed as not run.`];
}

function peers(rule: Rule): readonly string[] {
  if (rule.peers.length === 0) return [];
  return ['## What other tools call it', rule.peers.map((peer) => `- ${peer}`).join('\n')];
}

function badExample(rule: Rule, example: Example): string {
  const { findings } = analyzeFiles(example.files, [rule], example);
  const shown = findings.filter(
    (one) => one.audience === 'regular' || example.marks.includes(`${one.path}:${one.line}`),
  );
  const files = example.files.map((file) =>
    block(
      'yaml',
      withSquiggles(
        file.text,
        shown.filter((one) => one.path === file.path),
      ),
      title(example, file.path),
    ),
  );
  const messages = shown.map((one) => `- line ${one.line}, ${one.severity}: ${one.message}`);
  const parts = [withOptions(example), withFacts(example), ...before(example), ...files, messages.join('\n')];
  return [`### ${capital(example.why)}`, ...parts, ...fixes(example, shown)].filter((part) => part !== '').join('\n\n');
}

/** The text with `~~~~` under each guilty span, as far as it goes on its line. */
function withSquiggles(text: string, findings: readonly Finding[]): string {
  const lines = text.replace(/\n+$/, '').split('\n');
  const places = findings.flatMap((one): readonly Place[] => [
    one,
    ...one.related.filter((other) => other.message === 'also here' && other.path === one.path),
  ]);
  return lines
    .flatMap((line, index) => {
      const spans = places.filter((place) => place.line === index + 1);
      if (spans.length === 0) return [line];
      const under = [...' '.repeat(line.length)];
      for (const span of spans) {
        const end = span.endLine === span.line ? span.endColumn - 1 : line.length;
        under.fill('~', span.column - 1, Math.max(end, span.column));
      }
      return [line, under.join('').trimEnd()];
    })
    .join('\n');
}

/** The first fix of each kind; the others of an example look alike. */
function fixes(example: Example, findings: readonly Finding[]): readonly string[] {
  const byTitle = new Map<string, Finding>();
  for (const finding of findings)
    if (finding.fix && !byTitle.has(finding.fix.title)) byTitle.set(finding.fix.title, finding);
  return [...byTitle.values()].map((finding) => {
    const after = fixed(example.files, finding);
    const diffs = example.files.map((file, index) => lineDiff(file.text, after[index]?.text ?? ''));
    const safety = finding.fix?.safe ? 'it changes nothing else' : 'look at it before you take it';
    return `Fix: ${finding.fix?.title} (${safety}).\n\n${diffs
      .filter((diff) => diff !== '')
      .map((diff) => block('diff', diff))
      .join('\n\n')}`;
  });
}

function goodExample(example: Example): string {
  const files = example.files.map((file) => block('yaml', file.text.replace(/\n+$/, ''), title(example, file.path)));
  const parts = [withOptions(example), withFacts(example), ...before(example), ...files];
  return [`### ${capital(example.why)}`, ...parts].filter((part) => part !== '').join('\n\n');
}

function withOptions({ options }: Example): string {
  return Object.keys(options).length > 0 ? `With the options \`${JSON.stringify(options)}\`:` : '';
}

/** What the example has from outside its files. */
function withFacts({ facts, paths }: Example): string {
  const known = Object.entries(facts).filter(
    ([, value]) => value !== null && !(value instanceof Map && value.size === 0),
  );
  const written = JSON.stringify(Object.fromEntries(known), (_, value) =>
    value instanceof Map ? Object.fromEntries(value) : value,
  );
  const parts = [
    ...(known.length > 0 ? [`Where it is known that \`${written}\`:`] : []),
    ...(paths ? [`In a repository that holds ${paths.map((path) => `\`${path}\``).join(', ')} as well:`] : []),
  ];
  return parts.join('\n\n');
}

/** The files of the merge base, of a rule about a change. */
function before({ base }: Example): readonly string[] {
  if (!base) return [];
  const files = base.map(({ path, text }) => block('yaml', text.replace(/\n+$/, ''), `\`${path}\` in the base`));
  return [...files, 'And in the pull request:'];
}

function title({ files }: Example, path: string): string {
  return files.length > 1 || path !== '.github/workflows/example.yml' ? `\`${path}\`` : '';
}

/** A code block that no line of it can end. */
function block(language: string, text: string, name = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${name === '' ? '' : `${name}\n\n`}${fence}${language}\n${text}\n${fence}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
