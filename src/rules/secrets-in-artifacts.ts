import { keptTokens } from '../engine/model/kept-token.ts';
import type { Step } from '../engine/model/step.ts';
import type { Text } from '../engine/model/text.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import { stepIndexes } from '../engine/taint/step-order.ts';
import { uploadedFolders, uploadsHiddenFiles } from '../knowledge/artifact-uploads.ts';
import { credentialFiles } from '../knowledge/credential-files.ts';

export const secretsInArtifacts = defineRule({
  id: 'secrets-in-artifacts',
  severity: 'high',
  section: 'Artifacts and cache',
  summary: 'An artifact takes credentials along',
  why: 'Everyone who may read the repository may download its artifacts, in a public one everybody, for as long as they are kept.',
  remedy:
    'Name the files that are wanted, leave hidden ones out (`include-hidden-files: false`), and keep credentials out of the folders that are uploaded.',
  peers: [
    'octoscan: dangerous-artefact, debug-artefacts',
    'sisakulint: secrets-in-artifacts',
    'CodeQL: secrets-in-artifacts',
  ],
  visit: {
    *step(step) {
      const path = step.with('path');
      if (!path || !step.uses?.matches(UPLOADS)) return;
      const named = [...namedFiles(path)];
      yield* named.length > 0 ? named : wholeFolder(step, path);
    },
  },
});

const [UPLOADS, LOGINS] = [['actions/upload-artifact'], ['google-github-actions/auth']];

/** Credential files that a line of the paths names. */
function* namedFiles(path: Text): Iterable<Problem> {
  const lines = path.value.split('\n').map((line) => line.trim());
  const left = new Set(lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1).trim()));
  let read = 0;
  for (const line of lines) {
    const from = path.value.indexOf(line, read);
    read = from + line.length;
    if (line === '' || line.startsWith('!') || left.has(line)) continue;
    const file = credentialFiles.find((one) => one.path.test(line.slice(0, 300).replaceAll('\\', '/')));
    if (!file) continue;
    yield {
      at: path.span(from, from + line.length),
      message: `\`${line}\` holds ${file.holds}, and goes into an artifact that others can download`,
      subject: line,
      confidence: file.isSure ? 'high' : 'low',
    };
  }
}

/** The whole workspace, with the files that tools hide or leave there. */
function* wholeFolder(step: Step, path: Text): Iterable<Problem> {
  if (!uploadedFolders(path.value).includes('')) return;
  // Google's login leaves its file in the workspace, under a name that is not hidden.
  const login = logins.before(step) ? step.earlier.find(isLogin) : undefined;
  const hidden = step.with('include-hidden-files');
  const isHidden = uploadsHiddenFiles(step.uses?.ref?.value ?? '', hidden?.value);
  // What the checkout leaves is artipacked's.
  const isSaid = keptTokens(step.parent).some(({ upload, isUploaded }) => isUploaded && upload === step);
  if (!login && (!isHidden || isSaid)) return;
  yield {
    at: path,
    message: `The whole workspace goes into an artifact, with ${login ? 'the login of Google Cloud that a step before has left in it' : 'its hidden files: `.git`, `.env`, `.npmrc`'}`,
    severity: login ? 'high' : 'medium',
    confidence: login || hidden ? 'medium' : 'low',
    related: login?.uses ? [{ at: login.uses, message: 'leaves its credentials in the workspace' }] : [],
    fix: hidden?.isLiteral && !login ? leaveOut(step) : null,
  };
}

function leaveOut(step: Step): Problem['fix'] {
  const edits = [step.ensure(['with', 'include-hidden-files'], 'false')];
  return { title: 'Leave hidden files out', safe: false, edits };
}

/** Google's login, where it leaves a file. */
function isLogin(step: Step): boolean {
  if (step.isNever || !step.uses?.matches(LOGINS)) return false;
  return step.with('create_credentials_file')?.value.trim().toLowerCase() !== 'false';
}

const logins = stepIndexes(isLogin);
