import type { Severity } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';
import { type TaintedRequest, taintedRequests } from '../engine/taint/requests.ts';

export const requestForgery = defineRule({
  id: 'request-forgery',
  severity: 'high',
  confidence: 'medium',
  section: 'Injection',
  summary: 'Somebody else decides where a request goes',
  why: 'Who chooses the address receives what is sent with the request, tokens in its headers too, answers in the place of the real server, and reaches machines that only the runner sees.',
  remedy: 'Write the host down, and put into the address only what a pattern has been checked against.',
  peers: ['sisakulint: request-forgery', 'CodeQL: request-forgery'],
  visit: {
    *step(step) {
      // Whoever may write to the repository gains nothing by it.
      if (step.reach.outsiders.length === 0) return;
      for (const request of taintedRequests(step)) {
        yield {
          at: request.at,
          subject: `${request.client} ${request.danger.source.name}`,
          message: messageOf(request),
          severity: severityOf(request),
          confidence: request.danger.source.confidence === 'low' ? 'low' : 'medium',
          audience: request.isHost && isExposed(request) ? 'regular' : 'pedantic',
        };
      }
    },
  },
});

function isExposed({ danger, isSelfHosted }: TaintedRequest): boolean {
  if (danger.reach === 'insider') return false;
  if (danger.reach === 'outsider-privileged' || danger.holdsAll || isSelfHosted) return true;
  // A fork's run may send what it likes; a text beside its code needs no change that anyone looks at. A branch's name is part of previews' hosts.
  const { name, text, confidence } = danger.source;
  return text !== 'ref' && name.startsWith('github.event.') && confidence !== 'low';
}

function severityOf({ danger, isHost, isSelfHosted }: TaintedRequest): Severity {
  if (!isHost) return 'low';
  if (danger.reach === 'outsider-privileged') return isSelfHosted ? 'critical' : 'high';
  return isSelfHosted ? 'high' : 'medium';
}

function messageOf({ client, isHost, danger: { source, reach, event } }: TaintedRequest): string {
  const who = reach === 'insider' ? 'whoever may write to the repository' : 'anyone';
  const what = isHost ? 'decides which server' : 'decides which path of the server';
  return `${who} (\`${source.name}\`, \`${event}\`) ${what} \`${client}\` talks to`;
}
