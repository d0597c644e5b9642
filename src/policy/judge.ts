import type { ComparedFinding, Comparison, NotRun, Unverified } from '../engine/analysis.ts';
import { isShown, SEVERITIES } from '../engine/finding.ts';
import type { Policy, RuleSetting } from './policy.ts';
import type { Conclusion, JudgedFinding, Mode, Verdict } from './verdict.ts';

/** Whose comparison is judged. */
export type Subject = Pick<Verdict, 'repository' | 'pull' | 'head' | 'base' | 'engine'>;

/** Comparison and policy to verdict: what comments, what blocks, and the conclusion. Not being able to look is never a pass. */
export function judge(comparison: Comparison, policy: Policy, subject: Subject): Verdict {
  const findings = comparison.findings
    .map((finding) => judgeFinding(finding, policy.rules[finding.rule]))
    .toSorted(byWeight);
  const unverified = [...comparison.unverified, ...policy.unverified];
  return {
    ...subject,
    policy: policy.id,
    conclusion: conclude(comparison, policy, findings, unverified),
    findings,
    fixed: comparison.fixed,
    unverified,
    notRun: comparison.notRun,
    capabilities: comparison.capabilities,
    changed: comparison.changed,
    files: comparison.files,
    notices: policy.notices,
  };
}

const WORSE: readonly Conclusion[] = ['success', 'neutral', 'failure'];

/** The verdict that decides the check of a commit: failure before neutral before success; of equals the first. Null for none. */
export function worst(verdicts: readonly Verdict[]): Verdict | null {
  let found: Verdict | null = null;
  for (const each of verdicts) {
    if (found === null || WORSE.indexOf(each.conclusion) > WORSE.indexOf(found.conclusion)) found = each;
  }
  return found;
}

/** New or worsened, and meant for the people of a pull request: it is shown on its lines. */
export function isNews(finding: JudgedFinding): boolean {
  if (finding.status === 'persisting' || finding.mode === 'off') return false;
  return finding.comments || isShown(finding, 'regular');
}

function judgeFinding(finding: ComparedFinding, setting: RuleSetting | undefined): JudgedFinding {
  const mode = modeFor(finding, setting ?? { mode: 'comment', setBy: 'recommended', locked: false });
  const gates = finding.status !== 'persisting' && finding.audience === 'regular';
  return {
    ...finding,
    mode,
    comments: gates && (mode === 'comment' || mode === 'enforce'),
    blocks: gates && mode === 'enforce',
  };
}

/** A rule's mode, lowered for a finding that a preset should not stop anybody for; what a policy names for a rule holds for all its findings. */
function modeFor(finding: ComparedFinding, { mode, setBy }: RuleSetting): Mode {
  if (mode === 'off' || setBy === 'rule') return mode;
  if (finding.severity === 'info' || finding.confidence === 'low') return 'observe';
  if (mode !== 'enforce' || setBy === 'strict') return mode;
  const isCertain = finding.confidence === 'high' && (finding.severity === 'high' || finding.severity === 'critical');
  return isCertain ? 'enforce' : 'comment';
}

function conclude(
  { changed, notRun }: Comparison,
  { rules }: Policy,
  findings: readonly JudgedFinding[],
  unverified: readonly Unverified[],
): Conclusion {
  if (findings.some((finding) => finding.blocks)) return 'failure';
  const enforces = Object.values(rules).some(({ mode }) => mode === 'enforce');
  if (unverified.some(({ persists }) => !persists)) return enforces ? 'failure' : 'neutral';
  // Without a change in what we read there is nothing that a missing fact could hide.
  const missed = changed.length > 0 ? notRun.filter((one) => counts(one, rules[one.rule])) : [];
  if (missed.some(({ rule }) => rules[rule]?.mode === 'enforce')) return 'failure';
  return missed.length > 0 || findings.some(isNews) ? 'neutral' : 'success';
}

/** What nobody asked for is no failure to look, unless the policy names that rule and enforces it. */
function counts({ isUnasked }: NotRun, setting: RuleSetting | undefined): boolean {
  if (setting?.mode === 'off') return false;
  return !isUnasked || (setting?.mode === 'enforce' && setting.setBy === 'rule');
}

/** What blocks first, then the most severe, then by place. */
function byWeight(a: JudgedFinding, b: JudgedFinding): number {
  const rank = (each: JudgedFinding) => (each.blocks ? 2 : each.comments ? 1 : 0);
  return (
    rank(b) - rank(a) ||
    SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
    (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line || a.column - b.column)
  );
}
