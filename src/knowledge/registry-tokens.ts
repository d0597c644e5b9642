/** How a registry takes a stored token, where it could take the workflow's own identity instead. */
interface RegistryTokens {
  /** As the table of publishers names it. */
  readonly where: string;
  /** Environment variables that hold a token. */
  readonly variables: RegExp;
  /** Options of its commands behind which a token stands. */
  readonly options: RegExp | null;
  /** What a script says that stores a token for later commands. */
  readonly stores: RegExp | null;
  /** What to set up, for a message. */
  readonly instead: string;
}

/**
 * Registries that let a workflow publish by its identity (trusted publishing), and where their clients take tokens from.
 *
 * Source: the registries' own documentation (PyPI 2023, RubyGems 2023, pub.dev 2023, crates.io and npm July 2025, NuGet September
 * 2025), read November 2026.
 */
export const REGISTRY_TOKENS: readonly RegistryTokens[] = [
  {
    where: 'npm',
    variables: /^(?:NODE_AUTH_TOKEN|\w*NPM_(?:\w+_)?TOKEN|NPM_CONFIG_\w*AUTH\w*|YARN_NPM_AUTH_TOKEN)$/i,
    options: /_authToken=/,
    stores: /registry\.npmjs\.org\/?:_auth/,
    instead: 'npm’s trusted publishers (npm 11.5.1 or later)',
  },
  {
    where: 'PyPI',
    variables:
      /^(?:TWINE_PASSWORD|UV_PUBLISH_(?:TOKEN|PASSWORD)|FLIT_PASSWORD|HATCH_INDEX_AUTH|PDM_PUBLISH_PASSWORD|MATURIN_(?:PYPI_TOKEN|PASSWORD)|POETRY_PYPI_TOKEN_PYPI|POETRY_HTTP_BASIC_PYPI_PASSWORD|\w*PYPI_\w*TOKEN)$/i,
    options: /^(?:-p|--password|--token|-t)$/,
    stores: /\.pypirc|\b(?:poetry config (?:\S+ )*pypi-token|hatch config set publish)/,
    instead: 'a trusted publisher of PyPI',
  },
  {
    where: 'crates.io',
    variables: /^(?:CARGO_REGISTRY_TOKEN|CARGO_REGISTRIES_CRATES_IO_TOKEN|\w*CRATES_?IO_\w*TOKEN)$/i,
    options: /^--token$/,
    stores: /\bcargo login\b/,
    instead: 'crates.io’s trusted publishing (`rust-lang/crates-io-auth-action`)',
  },
  {
    where: 'RubyGems',
    variables: /^(?:GEM_HOST_API_KEY|RUBYGEMS_\w*(?:KEY|TOKEN))$/i,
    options: /^(?:-k|--key)$/,
    stores: /\.gem\/credentials/,
    instead: 'RubyGems’ trusted publishing (`rubygems/configure-rubygems-credentials`)',
  },
  {
    where: 'NuGet',
    variables: /^\w*NUGET_\w*(?:KEY|TOKEN)$/i,
    options: /^(?:-k|--api-key|-ApiKey)$/i,
    stores: /\bnuget setapikey\b/i,
    instead: 'NuGet’s trusted publishing (`nuget/login`)',
  },
  {
    where: 'pub.dev',
    variables: /^(?:PUB_\w*(?:TOKEN|CREDENTIALS)|PUB_DEV_\w+)$/i,
    options: null,
    stores: /pub-credentials\.json|\bpub token add\b/,
    instead: 'pub.dev’s automated publishing',
  },
];

/** Another registry than the public one is meant: it may know tokens only. */
export const OTHER_REGISTRY =
  /--(?:registry|repository-url|repository|index-url|index|publish-url|host|server|source|endpoint-url)[= ]"?(?!(?:https?:\/\/)?(?:registry\.npmjs\.org|(?:upload\.|test\.)?pypi\.org|rubygems\.org|(?:api|www)?\.?nuget\.org)|(?:pypi|testpypi|crates-io|nuget)(?:["\s]|$))|-s "?(?!(?:https?:\/\/)?(?:api\.|www\.)?nuget\.org)\S*:\/\//;
