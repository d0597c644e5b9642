/**
 * Commits of actions/upload-artifact that still put hidden files (`.git`, `.env`) into an artifact.
 *
 * Source: actions/upload-artifact's tags as quoted beside the pins of many public workflows, November 2026.
 */
const UPLOADS_HIDDEN_FILES: ReadonlySet<string> = new Set([
  '0b7f8abb1508181956e8e162db84b466c27e18ce', // 3.1.2
  'a8a3f3ad30e3422c9c7b888a15615d19a852ae32', // 3.1.3
  'c7d193f32edcb7bfad88892161225aeda64e9392', // 4.0.0
  '694cdabd8bdb0f10b2cea11669e1bf5453eed0a6', // 4.2.0
  '26f96dfa697d77e81fd5907df203aa23a56210a8', // 4.3.0
  '5d5d22a31266ced268874388b861e4b58bb5c2f3', // 4.3.1
  '65462800fd760344b1a7b4382951275a0abb4808', // 4.3.3
  '0b2256b8c012f0828dc542b3febcab082c67f72b', // 4.3.4
  '89ef406dd8d7e03cfd12d9e0a4a378f454709029', // 4.3.5
  '834a144ee995460fba8ed112a2fc961b36a5ec5a', // 4.3.6
]);

/**
 * Whether actions/upload-artifact at a ref uploads hidden files: as its `include-hidden-files` says, else before 3.2 and
 * from 4.0 to 4.3. A tag such as `v4` names the newest of its line; an unknown commit is taken for a newer one.
 *
 * Source: the action's release notes of 3.2.0 and 4.4.0, 2024.
 */
export function uploadsHiddenFiles(ref: string, input: string | undefined): boolean {
  if (input !== undefined) return input.trim().toLowerCase() !== 'false';
  const version = /^v?(\d{1,3})(?:\.(\d+))?(?:\.\d+)?$/.exec(ref);
  if (version === null) return UPLOADS_HIDDEN_FILES.has(ref.toLowerCase());
  const [major, minor] = [Number(version[1]), Number(version[2] ?? 99)];
  return major < 3 || (major === 3 && minor < 2) || (major === 4 && minor < 4);
}

/**
 * The folders of the workspace that the `path:` of actions/upload-artifact takes in as a whole, '' for the workspace (or
 * more): lines that name a folder, or a glob over one. None where a line leaves `.git` out.
 *
 * Source: the action's documentation of `path`, November 2026.
 */
export function uploadedFolders(paths: string): readonly string[] {
  const lines = paths.split('\n').map((line) => line.trim());
  if (lines.some((line) => /^!.*\.git(\/|$)/.test(line))) return [];
  const named = lines.filter((line) => line !== '' && !line.startsWith('!'));
  return [...new Set(named.map(folderOf).filter((folder) => folder !== null))];
}

/** The folder of the workspace that a path names, '' for the workspace or above; null for anything else. */
export function folderOf(path: string): string | null {
  const inWorkspace = path
    .trim()
    .replace(/^(\$\{\{\s*github\.workspace\s*\}\}|\$\{?GITHUB_WORKSPACE\}?)(?=\/|$)/i, '.');
  const whole = inWorkspace.replace(/(^|\/)(\*\*?(\/\*)?)$/, '$1');
  const parts = whole.split('/').filter((part) => part !== '' && part !== '.');
  if (parts[0] === '..') return parts.every((part) => part === '..') ? '' : null;
  if (inWorkspace.startsWith('/') || inWorkspace.startsWith('~')) return null;
  return parts.some((part) => part.includes('*') || part.includes('${{')) ? null : parts.join('/');
}
