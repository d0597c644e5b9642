import type { Text } from '../engine/model/text.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import type { ShellCommand, ShellWord } from '../engine/shell/script.ts';

export const hardcodedContainerCredentials = defineRule({
  id: 'hardcoded-container-credentials',
  severity: 'high',
  section: 'Secrets',
  summary: 'A registry’s password stands in the workflow',
  why: 'Everybody who can read the repository can pull with it, and push where it may push.',
  remedy: 'Change the password, store it as a secret, and write `password: ${{ secrets.NAME }}`.',
  peers: [
    'zizmor: hardcoded-container-credentials',
    'actionlint: credentials',
    'octoscan: credentials',
    'sisakulint: credentials',
  ],
  visit: {
    *job(job) {
      for (const container of [job.container, ...job.services]) {
        const name = container?.name ? `the service \`${container.name}\`` : 'the container';
        if (container?.password) yield* literal(container.password, `The password of ${name}’s registry`);
      }
    },
    *step(step) {
      const { uses } = step;
      const input = LOGINS.find(({ actions }) => uses?.matches(actions))?.input;
      const password = input === undefined ? null : step.with(input);
      if (password) yield* literal(password, `The password for \`${step.with('registry')?.value ?? 'Docker Hub'}\``);
    },
    *script(script) {
      const isText = (word: ShellWord | undefined): word is ShellWord =>
        word?.isLiteral === true && !script.expressions.some(({ from, to }) => word.start <= from && to <= word.end);
      for (const command of script.commands) {
        if (!REGISTRY_TOOLS.test(command.name) || !command.words.slice(1, 3).some(({ text }) => text === 'login'))
          continue;
        const word = passwordOf(command, script.commands);
        if (!isText(word) || word.text.replace(/^-.*=/, '') === '') continue;
        const message = `The password of \`${command.name} login\` is written out: everybody who can read the file has it`;
        yield { at: script.text.span(word.start, word.end), subject: `${command.name} login`, message };
      }
    },
  },
});

const REGISTRY_TOOLS = /^(?:docker|podman|buildah|skopeo|crane|oras|helm|nerdctl)$/;

/** What follows `-p`, or what is printed into `--password-stdin`. */
function passwordOf(
  { words, redirections, pipeline }: ShellCommand,
  all: readonly ShellCommand[],
): ShellWord | undefined {
  const at = words.findIndex(({ text }) => /^(?:-p|--password)(?:=|$)/.test(text));
  if (at > 0) return words[at]?.text.includes('=') ? words[at] : words[at + 1];
  if (!words.some(({ text }) => text === '--password-stdin')) return undefined;
  const given = redirections.find(({ operator }) => operator === '<<<')?.target;
  const before = all.find((one) => one.pipeline.id === pipeline.id && one.pipeline.position === pipeline.position - 1);
  return given ?? (/^(?:echo|printf)$/.test(before?.name ?? '') ? before?.words.at(-1) : undefined);
}

/** Constants, since lists are prepared once. */
const LOGINS = [
  {
    actions: ['docker/login-action', 'redhat-actions/podman-login', 'azure/docker-login', 'actions-hub/docker'],
    input: 'password',
  },
  {
    actions: [
      'oras-project/setup-oras',
      'elgohr/publish-docker-github-action',
      'mr-smithers-excellent/docker-build-push',
    ],
    input: 'password',
  },
];

/** An empty password is none; with an expression in it, it comes from elsewhere. */
function* literal(password: Text, what: string): Generator<Problem> {
  if (password.value.trim() === '') return;
  const folded = password.expression?.folded;
  const isWritten = password.isLiteral || (folded?.known === true && String(folded.value) !== '');
  if (!isWritten) return;
  yield { at: password, subject: what, message: `${what} is written out: everybody who can read the file has it` };
}
