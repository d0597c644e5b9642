import type { Severity } from '../engine/finding.ts';
import { holdsPower } from '../engine/model/power.ts';
import { type RemoteExecution, remoteExecutions } from '../engine/model/remote-execution.ts';
import type { Script } from '../engine/model/script.ts';
import { shellScripts } from '../engine/model/shell-scripts.ts';
import type { Step } from '../engine/model/step.ts';
import { defineRule } from '../engine/rule.ts';
import { vendorInstallers } from '../knowledge/installers.ts';

export const unverifiedScriptExec = defineRule({
  id: 'unverified-script-exec',
  severity: 'medium',
  confidence: 'medium',
  section: 'Supply chain',
  summary: 'Code from the network is run unseen',
  why: 'Whoever can change what lies behind the URL (the server, its account, a branch that it points to) runs commands in the job, with its token and secrets. Nothing shows that it was changed.',
  remedy:
    'Take it from a URL with a commit in it, or download it to a file and check its SHA-256 or signature before it runs; better, use a package or action that is pinned.',
  options: {
    /** Beginnings of URLs without scheme, whose content is taken on trust. */
    trusted: [] as readonly string[],
  },
  peers: ['poutine: unverified_script_exec', 'scorecard: Pinned-Dependencies (downloadThenRun)', 'semgrep: curl-eval'],
  visit: {
    *step(step, { options }) {
      for (const { script, found } of shellScripts(step).flatMap(executionsOf)) {
        const { download, by, isHere, isDirect, url } = found;
        if (startsWithOne(url, options.trusted)) continue;
        const at = script.text.span(download.command.start, download.command.end);
        yield {
          at,
          message: messageOf(found),
          // One habit of a file.
          subject: 'remote code',
          route: '',
          member: withoutScheme(url).slice(0, 200),
          severity: severityOf(step, url),
          // A release's file can be put in again, but seldom is; a vendor's installer is how its tool is meant to be installed.
          audience: isUsual(url) && !holdsPower(step) ? 'pedantic' : 'regular',
          related: isHere && !isDirect ? [{ at: script.text.span(by.start, by.end), message: 'is run here' }] : [],
        };
      }
    },
  },
});

function executionsOf(script: Script) {
  return remoteExecutions(script).map((found) => ({ script, found }));
}

function messageOf({ url, by, isHere, isDirect }: RemoteExecution): string {
  const how = isDirect
    ? 'is run as it comes'
    : `is run${isHere ? '' : ' by a later step'} (\`${by.name}\`) without a check`;
  return `What lies at \`${url}\` ${how}: whoever can change it runs commands in this job`;
}

function severityOf(step: Step, url: string): Severity {
  if (startsWithOne(url, vendorInstallers)) return 'low';
  if (holdsPower(step) || step.reach.level === 'outsider-privileged') return 'high';
  return step.parent.kind === 'job' && step.parent.token.mayWrite === false ? 'low' : 'medium';
}

/** A version's file at GitHub, or a vendor's own installer. */
function isUsual(url: string): boolean {
  return /\/releases\/download\/[^/]*\d/.test(url) || startsWithOne(url, vendorInstallers);
}

function startsWithOne(url: string, beginnings: readonly string[]): boolean {
  const plain = withoutScheme(url).toLowerCase();
  return beginnings.some((one) => plain.startsWith(one.toLowerCase()));
}

function withoutScheme(url: string): string {
  return url.replace(/^[a-z]+:\/\//i, '');
}
