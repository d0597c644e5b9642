/**
 * What shellcheck says only because an expression's value is not there, or because it does not know how runners start scripts: constants
 * where an expression stands (SC2050, SC2043, SC2078, SC2157, SC2170, SC2193, SC2194), variables of the environment (SC2154, SC2153), files
 * that are not at hand (SC1090, SC1091), and `cd` without a test, which `bash -e` makes (SC2164). Source: shellcheck's wiki, November 2026.
 */
export const LEFT_OUT_OF_SHELLCHECK: ReadonlySet<string> = new Set([
  ...[
    'SC1090',
    'SC1091',
    'SC2043',
    'SC2050',
    'SC2078',
    'SC2153',
    'SC2154',
    'SC2157',
    'SC2164',
    'SC2170',
    'SC2193',
    'SC2194',
  ],
]);

/** What shellcheck says of text that the shell splits into words and reads stars in. */
export const SPLITTING: ReadonlySet<string> = new Set(['SC2086', 'SC2046', 'SC2048', 'SC2068']);
