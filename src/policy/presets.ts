import type { Preset } from './policy.ts';
import type { Mode } from './verdict.ts';

/**
 * The rules that `recommended` enforces: at most ten, each high or critical, certain, and decided by the text alone, so
 * that nobody's merge is stopped by a guess. (Of these rules too only the findings that are high or critical with high
 * confidence block; the others comment.) Left to comment, and why:
 * dangerous-triggers: a trigger is an opportunity, and gates elsewhere decide whether it is one;
 * abbreviated-sha: whether a branch or tag has that name is known to GitHub, not to the text;
 * missing-permissions: what is missing is the repository's setting, which the text does not show;
 * artipacked: medium, the token lies on a disk that usually nobody else reads;
 * self-hosted-runner: harmless in a private repository, and the text does not say which it is;
 * and all rules about habits, doubts, correctness, or facts that only GitHub knows.
 */
const RECOMMENDED_ENFORCED: ReadonlySet<string> = new Set([
  'template-injection', // the attacker's text runs as code
  'untrusted-checkout', // the attacker's code beside a token or secrets
  'untrusted-checkout-exec', // … and run
  'unpinned-uses', // who controls the tag controls the job
  'excessive-permissions', // write-all is never needed
  'secrets-inherit', // every secret to somebody else's workflow
  'overprovisioned-secrets', // every secret to one step
  'personal-access-token', // a person's power in a file or a job
  'hardcoded-secret', // whoever can read the file has it
]);

/** The mode that a preset gives a rule. */
export function presetMode(preset: Preset, rule: string): Mode {
  if (preset === 'observe') return 'observe';
  if (preset === 'strict') return 'enforce';
  return RECOMMENDED_ENFORCED.has(rule) ? 'enforce' : 'comment';
}
