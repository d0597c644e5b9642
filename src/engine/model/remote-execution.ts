import { type RemoteCode, remoteCode } from '../shell/remote-code.ts';
import { commandGroups } from './command-groups.ts';
import type { Script } from './script.ts';
import { wordValue } from './word-values.ts';

/** Code that a script fetches and runs unseen. */
export interface RemoteExecution extends RemoteCode {
  /** The URL, as far as it is known. */
  readonly url: string;
  /** What runs it stands in this script (offsets of `by` are its own); false: in a later step. */
  readonly isHere: boolean;
}

/** Where a script runs what it fetches, though nothing says what that must be. */
export function remoteExecutions(script: Script): readonly RemoteExecution[] {
  // Most scripts fetch nothing.
  if (!FETCHES.test(script.value)) return [];
  const { index, parent } = script.step;
  const later = parent.steps
    .slice(index + 1, index + 1 + MOST_LATER)
    .flatMap((step) => (step.script && !step.isNever ? commandGroups(step.script) : []));
  return commandGroups(script).flatMap((group) =>
    remoteCode(group, later).flatMap((found): readonly RemoteExecution[] => {
      const { url: word } = found.download;
      const url = wordValue(script, word);
      return isFixed(url) ? [] : [{ ...found, url, isHere: group.includes(found.by) }];
    }),
  );
}

/** Steps behind in which a file is looked for. */
const MOST_LATER = 20;
const FETCHES =
  /\b(?:curl|wget2?|aria2c|axel|https?|xh|iwr|irm|invoke-(?:webrequest|restmethod)|start-bitstransfer|gh)\b|download|https?:/i;

/** A commit stands in the URL, or it is this machine's own. */
function isFixed(url: string): boolean {
  if (/(?:^|[/@=._-])[0-9a-f]{40}(?:[/.?&_-]|$)/i.test(url)) return true;
  if (/\$\{\{\s*github\.(?:sha|workflow_sha)\s*\}\}|\$\{?GITHUB_(?:WORKFLOW_)?SHA\b/.test(url)) return true;
  return /^(?:https?:\/\/)?(?:localhost|127\.|0\.0\.0\.0|\[::1\]|host\.docker\.internal)|^file:/i.test(url);
}
