/** A program that one argument makes run code, or read and write files. */
export interface ArgumentTool {
  readonly names: readonly string[];
  /** First words of the program for which it holds; left out: any. */
  readonly verbs?: readonly string[];
  /** The argument, for a message. */
  readonly argument: string;
  /** It knows `--` as the end of its options. */
  readonly hasEnd: boolean;
}

/** Source: the programs' manuals, November 2026. */
export const argumentTools = [
  {
    names: ['git'],
    verbs: ['clone', 'fetch', 'pull', 'push', 'ls-remote', 'submodule'],
    argument: '--upload-pack=<command>',
    hasEnd: true,
  },
  {
    names: ['git'],
    verbs: ['diff', 'log', 'show', 'archive', 'format-patch', 'blame', 'shortlog', 'rev-list'],
    argument: '--output=<file>',
    hasEnd: true,
  },
  { names: ['git'], verbs: ['grep'], argument: '--open-files-in-pager=<command>', hasEnd: true },
  { names: ['git'], verbs: ['rebase'], argument: '--exec=<command>', hasEnd: true },
  { names: ['sed', 'awk', 'gawk', 'perl'], argument: '-e <program>', hasEnd: true },
  { names: ['tar', 'bsdtar'], argument: '--checkpoint-action=exec=<command>', hasEnd: true },
  { names: ['find'], argument: '-exec <command>', hasEnd: false },
  { names: ['rsync', 'scp'], argument: '-e <command>', hasEnd: true },
  { names: ['ssh'], argument: '-oProxyCommand=<command>', hasEnd: true },
  { names: ['curl', 'wget'], argument: '-o <file>', hasEnd: false },
  { names: ['zip'], argument: '-T -TT <command>', hasEnd: true },
  {
    names: ['docker', 'podman'],
    verbs: ['run', 'build', 'create', 'exec', 'buildx'],
    argument: '--volume=/:/host',
    hasEnd: false,
  },
  {
    names: ['npm', 'pnpm', 'yarn'],
    verbs: ['install', 'i', 'add', 'exec', 'run', 'publish', 'update'],
    argument: '--registry=<address>',
    hasEnd: true,
  },
  { names: ['npx', 'pnpx', 'bunx', 'uvx'], argument: 'another package', hasEnd: true },
  {
    names: ['pip', 'pip3', 'uv'],
    verbs: ['install', 'download', 'pip'],
    argument: '--index-url=<address>',
    hasEnd: true,
  },
  { names: ['jq'], argument: '-f <file>', hasEnd: false },
  { names: ['sort'], argument: '--compress-program=<command>', hasEnd: true },
  { names: ['grep', 'egrep'], argument: '-f <file>', hasEnd: true },
  { names: ['gh'], argument: '--repo=<repository>', hasEnd: false },
  {
    names: ['pytest', 'eslint', 'prettier', 'jest', 'mypy', 'pylint', 'rubocop', 'clang-format'],
    argument: '--config=<file>',
    hasEnd: true,
  },
  { names: ['make'], argument: '--eval=<rule>', hasEnd: false },
  { names: ['terraform', 'tofu', 'helm', 'kubectl', 'aws', 'gcloud', 'az'], argument: 'other options', hasEnd: false },
  { names: ['bash', 'sh', 'python', 'python3', 'node', 'ruby'], argument: '-c <code>', hasEnd: true },
  { names: ['go', 'cargo', 'gcc', 'clang'], argument: '-toolexec=<command>', hasEnd: false },
] as const satisfies readonly ArgumentTool[];
