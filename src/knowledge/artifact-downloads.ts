/** An action that downloads artifacts. */
export interface DownloadingAction {
  readonly action: string;
  /** Inputs of which one must be given for the artifact to be another run's; left out: it always is, or may be. */
  readonly otherRun?: readonly string[];
  /** The input that names the folder to unpack into; the workspace where it is not given. */
  readonly folder: string;
  /** It may leave the archive packed, so that nothing is written over. */
  readonly keepsArchive?: string;
}

/**
 * Actions that download artifacts. Only actions/download-artifact stays in its own run unless it is told another.
 *
 * Source: the actions' own metadata, November 2026.
 */
export const downloadingActions = [
  { action: 'actions/download-artifact', otherRun: ['run-id'], folder: 'path', keepsArchive: 'skip-decompress' },
  { action: 'dawidd6/action-download-artifact', folder: 'path', keepsArchive: 'skip_unpack' },
  { action: 'marcofaggian/action-download-multiple-artifacts', folder: 'paths' },
  { action: 'benday-inc/download-latest-artifact', folder: 'download_path' },
  { action: 'benday-inc/download-artifact', folder: 'download_path' },
  { action: 'blablacar/action-download-last-artifact', folder: 'path' },
  { action: 'levonet/action-download-last-artifact', folder: 'path' },
  { action: 'bettermarks/action-artifact-download', folder: 'path' },
  { action: 'aochmann/actions-download-artifact', folder: 'path' },
  { action: 'cytopia/download-artifact-retry-action', otherRun: ['run-id', 'run_id'], folder: 'path' },
  { action: 'alextompkins/download-prior-artifact', folder: 'path' },
  { action: 'nmerget/download-gzip-artifact', folder: 'path' },
  { action: 'synergy-au/download-workflow-artifacts-action', folder: 'path' },
  { action: 'sidx1024/action-download-artifact', folder: 'path' },
  { action: 'hyperskill/azblob-download-artifact', folder: 'download-dir' },
  { action: 'ma-ve/action-download-artifact-with-retry', otherRun: ['run-id', 'run_id'], folder: 'path' },
] as const satisfies readonly DownloadingAction[];

/** Calls in a script of JavaScript that fetch an artifact's archive. */
export const downloadCall = /\bdownloadArtifact\b|\/actions\/artifacts\/|archive_download_url/;

/** An address of an artifact's archive on the command line. */
export const artifactAddress = /\/actions\/artifacts\/\S*|archive_download_url/;
