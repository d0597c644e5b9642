import { type CloudResource, cloudResources } from '../engine/model/cloud-template.ts';
import { mapOf, scalarOf } from '../engine/model/nodes.ts';
import type { OtherFile } from '../engine/model/other-file.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

/** Ways in which a person, not an App, speaks for CodeBuild. */
const PERSONAL = ['PERSONAL_ACCESS_TOKEN', 'BASIC_AUTH', 'OAUTH'];

export const runnerConnectionPerson = defineRule({
  id: 'runner-connection-person',
  severity: 'high',
  section: 'Identity',
  summary: 'CodeBuild speaks to GitHub as a person',
  why: 'With a person’s token CodeBuild registers its runners with that person’s administration rights; whoever gets at the credential has them, and when the person goes, every build fails before its first step.',
  remedy:
    'Make a connection with the installed GitHub App (`AWS::CodeConnections::Connection`) and name its ARN: `AuthType: CODECONNECTIONS`.',
  visit: {
    *project(project) {
      for (const file of project.others) {
        const resources = cloudResources(file);
        const hasConnection = resources.some(isConnection);
        for (const resource of resources) {
          yield* credential(resource, file);
          yield* webhook(resource, hasConnection);
        }
      }
    },
  },
});

/** `AWS::CodeBuild::SourceCredential` with a token, a password, or OAuth's consent of whoever clicked. */
function* credential({ name, type, properties }: CloudResource, file: OtherFile): Generator<Problem> {
  const auth = scalarOf(properties?.get('AuthType'));
  const server = scalarOf(properties?.get('ServerType'))?.text ?? 'GITHUB';
  if (
    type !== 'AWS::CodeBuild::SourceCredential' ||
    !auth ||
    !PERSONAL.includes(auth.text) ||
    !server.startsWith('GITHUB')
  )
    return;
  yield {
    at: file.span(auth.start, auth.end),
    message: `\`${name}\` gives CodeBuild a person’s credential for GitHub (\`${auth.text}\`): it can do there all that the person can`,
    subject: name,
  };
}

/** A project that GitHub's events start, and nothing that says whose connection it uses: the account's default, often a person's. */
function* webhook({ name, type, at, properties }: CloudResource, hasConnection: boolean): Generator<Problem> {
  const source = mapOf(properties?.get('Source'));
  const kind = scalarOf(source?.get('Type'))?.text ?? '';
  const hook = scalarOf(mapOf(properties?.get('Triggers'))?.get('Webhook'))?.text;
  const auth = scalarOf(mapOf(source?.get('Auth'))?.get('Type'))?.text ?? null;
  if (type !== 'AWS::CodeBuild::Project' || !/^GITHUB(?:_ENTERPRISE)?$/.test(kind) || String(hook) !== 'true') return;
  if (auth === 'CODECONNECTIONS' || auth === 'SECRETS_MANAGER' || hasConnection) return;
  yield {
    at,
    message: `CodeBuild project \`${name}\` listens to GitHub by ${auth === 'OAUTH' ? 'a person’s consent (`OAUTH`)' : 'the account’s default credential, which may be a person’s'}`,
    subject: name,
    severity: auth === 'OAUTH' ? 'high' : 'medium',
    confidence: auth === 'OAUTH' ? 'high' : 'medium',
  };
}

/** The credential of an App's connection, for the whole account. */
function isConnection({ type, properties }: CloudResource): boolean {
  return (
    type === 'AWS::CodeBuild::SourceCredential' && scalarOf(properties?.get('AuthType'))?.text === 'CODECONNECTIONS'
  );
}
