import type { Uses } from './uses.ts';

/** Characters and sequences that git has in no ref. */
const NOT_IN_REFS = /[\s~^:?*[\\]|\.\.|@\{|\/\/|^[/.]|[/.]$|\.lock$/;
const NAME = /^[A-Za-z0-9_.-]+$/;

/** Why GitHub refuses a step's `uses`, in a clause; null when it doesn't, and for an empty one. */
export function stepUsesFault(uses: Uses): string | null {
  const { value } = uses;
  if (value === '') return null;
  if (value.includes('${{')) return 'it cannot hold an expression, as GitHub gets all actions before the first step';
  if (value.startsWith('docker://')) return value === 'docker://' ? 'it names no image' : null;
  if (/^(\.|\$)[/\\]/.test(value)) return localFault(value);
  if (value === '.' || value === '..' || value.startsWith('..'))
    return 'a local action begins with `./`, from the root of the workspace';
  return remoteFault(value);
}

function localFault(value: string): string | null {
  if (/\.github\/workflows\/[^/]+\.ya?ml$/.test(value)) return 'it is a workflow, which a job calls and no step';
  return /@[^/\\]*$/.test(value) ? 'a path takes no `@`: the version is that of the checkout' : null;
}

function remoteFault(value: string): string | null {
  if (/^[a-z]+:\/\//i.test(value)) return 'an action is named `owner/repository@ref`, without the address of a server';
  const [path = '', ref, more] = value.split('@');
  const [owner = '', repo = '', ...folders] = path.split(/[/\\]/);
  if (!owner || !repo) {
    return ref === undefined
      ? 'an action is `owner/repository@ref`, or begins with `./`'
      : 'it has no `owner/repository` before the `@`';
  }
  if (more !== undefined) return 'it has more than one `@`';
  if (ref === undefined || ref === '') return 'it lacks the `@` and a branch, tag or commit';
  if (!NAME.test(owner) || !NAME.test(repo)) return `\`${owner}/${repo}\` is no repository`;
  if (NOT_IN_REFS.test(ref)) return `\`${ref}\` is no branch, tag or commit`;
  if (folders[0] === '.github' && folders[1] === 'workflows') return 'it is a workflow, which a job calls and no step';
  return owner.toLowerCase() === 'github.com' ? 'it begins with the owner, without `github.com`' : null;
}

/** The same for the workflow that a job calls. */
export function callUsesFault({ value }: Uses): string | null {
  if (value === '') return null;
  if (value.includes('${{')) return 'it cannot hold an expression';
  const local = /^[.$]\//.test(value);
  const [path = '', ref, more] = value.split('@');
  if (local && ref !== undefined) return 'a path takes no `@`: the version is that of the caller';
  if (!local && /^\.|^docker:/.test(value)) return 'a workflow of the same repository is `./.github/workflows/<file>`';
  const parts = path.split('/').slice(local ? 1 : 2);
  const [owner = '', repo = ''] = path.split('/');
  if (!local && (!NAME.test(owner) || !NAME.test(repo)))
    return 'a workflow of another repository is `owner/repository/.github/workflows/<file>@ref`';
  if (parts[0] !== '.github' || !/^workflows(-lab)?$/.test(parts[1] ?? ''))
    return 'the workflows that can be called stand in `.github/workflows`';
  if (parts.length > 3) return 'workflows stand directly in `.github/workflows`, not in folders below it';
  if (!/^.+\.ya?ml$/.test(parts[2] ?? '')) return 'it names no file that ends in `.yml` or `.yaml`';
  if (local) return null;
  if (more !== undefined) return 'it has more than one `@`';
  if (ref === undefined || ref === '') return 'it lacks the `@` and a branch, tag or commit';
  return NOT_IN_REFS.test(ref) ? `\`${ref}\` is no branch, tag or commit` : null;
}
