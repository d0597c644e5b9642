import type { IgnoreTool } from '../engine/ignores.ts';
import type { ScannedFinding } from '../report/scan.ts';

/** Whose comments count where no policy says otherwise. */
const OURS: readonly IgnoreTool[] = ['gargoyle'];

/**
 * Findings that a comment in the file accepts, apart from the others. With a base, what the change brings cannot be accepted by the
 * change; a comment that does not count is shown beside its finding, with the reason why not.
 */
export function apartFromIgnored(
  findings: readonly ScannedFinding[],
  tools: readonly IgnoreTool[] | null,
): { readonly shown: readonly ScannedFinding[]; readonly ignored: readonly ScannedFinding[] } {
  const counts = (finding: ScannedFinding) => whyNot(finding, tools ?? OURS) === null;
  return {
    shown: findings.filter((each) => !counts(each)).map((each) => noted(each, tools ?? OURS)),
    ignored: findings.filter(counts),
  };
}

/** Why a finding's comment does not accept it; null when it does. */
function whyNot({ ignored, status }: ScannedFinding, tools: readonly IgnoreTool[]): string | null {
  if (!ignored) return 'there is none';
  if (status === 'new' || status === 'worsened') return 'it counts once merged';
  const isHonoured = tools.some((tool) => tool === ignored.tool);
  if (!isHonoured) return `it counts where the policy's \`ignores\` names ${ignored.tool}`;
  // The others' formats leave the reason to whoever writes it.
  return ignored.tool === 'gargoyle' && ignored.reason === '' ? 'it counts with a reason behind it' : null;
}

function noted(finding: ScannedFinding, tools: readonly IgnoreTool[]): ScannedFinding {
  const { ignored, status } = finding;
  // The comparison has said so.
  if (!ignored || status === 'new' || status === 'worsened') return finding;
  const { path, line, column, endLine, endColumn } = ignored;
  const message = `a comment asks to ignore this; ${whyNot(finding, tools)}`;
  return { ...finding, related: [...finding.related, { path, line, column, endLine, endColumn, message }] };
}
