import { defineRule, type Problem } from '../engine/rule.ts';
import { sentInCode } from '../engine/taint/secret-code.ts';
import { type Destination, destinationOf } from '../engine/taint/secret-destinations.ts';
import { secretFlow } from '../engine/taint/secret-flow.ts';
import type { SecretRequest } from '../engine/taint/secret-requests.ts';

export const secretExfiltration = defineRule({
  id: 'secret-exfiltration',
  severity: 'high',
  confidence: 'medium',
  section: 'Secrets',
  summary: 'A secret is sent to a host that it does not belong to',
  why: 'Whoever runs the host, or reads the traffic to it, has the secret. This is what stolen credentials look like, whether a person or a tool wrote the line.',
  remedy: 'Take it out and change the secret. Where the host is right, name it in the option `hosts`.',
  options: {
    /** Hosts that any secret may go to, with all below them. */
    hosts: [] as readonly string[],
  },
  peers: ['sisakulint: secret-exfiltration', 'CodeQL: secret-exfiltration'],
  visit: {
    *step(step, { options }) {
      const { script } = step;
      const requests = script ? secretFlow(script).requests : [];
      const told = requests.map((one) => ({
        ...one,
        at: script ? script.text.span(one.command.start, one.command.end) : step,
      }));
      for (const request of [
        ...told,
        ...sentInCode(step).map((one) => ({ ...one, isConfigured: false, command: null })),
      ]) {
        const { host, value, how, at, isConfigured } = request;
        const destination = host === null ? null : destinationOf(host, value.names, step, options.hosts);
        if (destination === 'own' || (isConfigured && how !== 'dns')) continue;
        const isOpen = how === 'raw' || how === 'dns' || destination === 'collector';
        const names =
          value.names
            .map((name) => `\`${name}\``)
            .slice(0, 3)
            .join(', ') || 'A credential';
        yield {
          at,
          subject: `${host ?? how} ${value.names.join(' ')}`.slice(0, 300),
          severity: isOpen ? 'critical' : 'high',
          confidence:
            isOpen || destination === 'foreign' || isPlain(request, destination, script?.value ?? '')
              ? 'medium'
              : 'low',
          message: `${names} ${value.names.length > 1 ? 'are' : 'is'} sent ${wayOf(how, host)}: whoever receives it there can use it`,
        };
      }
    },
  },
});

/** In a log-in, and in a header for a server of one's own or one that only the run knows, credentials go to hosts of any name. */
function isPlain(
  { how, command }: { how: SecretRequest['how']; command: SecretRequest['command'] | null },
  destination: Destination | null,
  script: string,
): boolean {
  if (destination === 'likely' || (how === 'header' && destination !== 'unknown')) return false;
  const text = command ? script.slice(command.start, command.end) : '';
  return !/client_?secret|grant_type|refresh_token|assertion|password=|api_?key=|oauth|\/login|\/token/i.test(text);
}

function wayOf(how: SecretRequest['how'], host: string | null): Problem['message'] {
  const where = host === null ? 'an address that only the run knows' : `\`${host}\``;
  if (how === 'dns') return 'as the name of a host that is looked up';
  if (how === 'raw') return `over a bare socket to ${where}`;
  return `to ${where}, which is not GitHub’s nor, by its name, the secret’s own`;
}
