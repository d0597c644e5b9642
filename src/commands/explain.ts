import type { Finding } from '../engine/finding.ts';
import type { CataloguedRule } from '../policy/policy.ts';
import { wayOf } from '../report/exposure.ts';
import { codeSpan, sentence } from '../report/markdown.ts';
import type { Answer, Command, CommandContext } from './command.ts';

/** What a rule or one finding of this head means. Read-only. */
export const explain: Command = {
  name: 'explain',
  usage: 'explain <rule|finding>',
  summary: 'what a rule or one finding means, and the way out',
  authority: 'read-only',
  answer: ([what], context) => {
    if (what === undefined) return sorry('Say what to explain: a rule, or a finding by its eight characters.');
    const asked = what.replace(/^[`"'<]+|[`"'>.,]+$/g, '').toLowerCase();
    const rule = context.catalogue.find(({ id }) => id === asked);
    if (rule !== undefined) return tell(ruleText(rule, context));
    const findings = findingsNamed(asked, context);
    const finding = findings[0];
    if (finding === undefined) return sorry(`I know no rule, and no finding on this head, called ${codeSpan(what)}.`);
    if (findings.length > 1) return sorry(`More than one finding begins with ${codeSpan(what)}: give more of it.`);
    return tell(findingText(finding, context));
  },
};

function tell(reply: string): Answer {
  return { does: 'nothing', reply, ok: true };
}

function sorry(reply: string): Answer {
  return { does: 'nothing', reply, ok: false };
}

/** By at least eight characters of the fingerprint; one fingerprint once. */
function findingsNamed(prefix: string, { verdict }: CommandContext): readonly Finding[] {
  if (verdict === null || !/^[0-9a-f]{8,64}$/.test(prefix)) return [];
  const all = [...verdict.findings, ...verdict.fixed].filter(({ fingerprint }) => fingerprint.startsWith(prefix));
  return [...new Map(all.map((each) => [each.fingerprint, each])).values()];
}

function ruleText({ id, severity, summary, why, remedy }: CataloguedRule, { verdict }: CommandContext): string {
  const here = (verdict?.findings ?? []).filter((finding) => finding.rule === id && finding.comments);
  const places = here
    .slice(0, 5)
    .map((each) => `- ${codeSpan(`${each.path}:${each.line}`)}: ${sentence(each.message)}`);
  return [
    `**${codeSpan(id)}** (${severity}): ${sentence(summary)}`,
    '',
    `**Why:** ${sentence(why)}`,
    '',
    `**Fix:** ${sentence(remedy)}`,
    ...(places.length > 0 ? ['', 'In this pull request:', '', ...places] : []),
  ].join('\n');
}

function findingText(finding: Finding, { verdict }: CommandContext): string {
  const { rule, severity, path, line, message, exposure, identity, why, remedy, fingerprint } = finding;
  const judged = verdict?.findings.find((each) => each.fingerprint === fingerprint);
  const status = judged === undefined ? 'fixed by this change' : `${judged.status}${judged.blocks ? ', blocks' : ''}`;
  return [
    `**${codeSpan(rule)}** (${severity}, ${status}) at ${codeSpan(`${path}:${line}`)}: ${sentence(message)}`,
    '',
    ...wayOf(identity, exposure).map(([label, text]) => `- **${label}:** ${sentence(text)}`),
    `- **Why it matters:** ${sentence(why)}`,
    `- **Fix:** ${sentence(remedy)}`,
  ].join('\n');
}
