import { SEVERITIES, type Severity } from '../engine/finding.ts';
import { type KeptToken, keptTokens } from '../engine/model/kept-token.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

export const artipacked = defineRule({
  id: 'artipacked',
  severity: 'medium',
  confidence: 'low',
  section: 'Artifacts and cache',
  summary: 'Checkout leaves the token on the disk',
  why: 'actions/checkout writes the job’s token into the git configuration, where every later step can read it; an artifact that holds `.git` gives it to all who may download artifacts, while the job still runs.',
  remedy: 'Set `persist-credentials: false`, and give the token to the one step that needs it.',
  peers: [
    'zizmor: artipacked',
    'octoscan: dangerous-artefact',
    'ghalint: checkout_persist_credentials_should_be_false',
    'sisakulint: artipacked',
  ],
  visit: {
    *job(job) {
      const isPowerless = job.token.isEmpty && job.secrets.length === 0;
      for (const token of keptTokens(job)) yield problem(token, isPowerless);
    },
    *action(action) {
      for (const token of keptTokens(action)) yield problem(token, false);
    },
  },
});

function problem(token: KeptToken, isPowerless: boolean): Problem {
  const { checkout, input, by, isBesideWorkspace, upload, isUploaded, isPushed } = token;
  const harm: Severity = isUploaded ? 'high' : isPushed && !upload ? 'low' : 'medium';
  const level = SEVERITIES.indexOf(harm) - Number(isBesideWorkspace) - Number(isPowerless);
  // Where a push is seen, it would fail; where the value is written, somebody meant it.
  const isFixable = by === 'default' && !isPushed;
  return {
    at: input ?? checkout.uses ?? checkout,
    message: `The token stays on the disk, ${whoReads(token)}`,
    subject: 'persist-credentials',
    severity: SEVERITIES[Math.max(0, level)] ?? 'info',
    confidence: isBesideWorkspace || !upload ? 'low' : isUploaded ? 'high' : 'medium',
    audience: by === 'default' || isUploaded ? 'regular' : by === 'expression' ? 'pedantic' : 'auditor',
    related: upload ? [{ at: upload, message: 'uploads the folder that was checked out' }] : [],
    fix: isFixable
      ? {
          title: 'Do not keep the token',
          safe: !token.mayBeNeeded,
          edits: [checkout.ensure(['with', 'persist-credentials'], 'false')],
        }
      : null,
  };
}

function whoReads({ upload, isUploaded }: KeptToken): string {
  if (!upload) return 'where all later steps can read it';
  return isUploaded
    ? 'and a later step puts it into an artifact'
    : 'and only the uploader’s default keeps it out of an artifact';
}
