/**
 * Commits of actions/checkout's releases, because most workflows pin it by SHA and the version decides: from 6 on the
 * token is kept outside the workspace; 2.8, 3.7, 4.4, 5.1, 6.1 and 7 refuse a fork's head. A SHA that is not here is
 * an unknown version, never an old or a new one.
 *
 * Source: actions/checkout's tags as quoted beside the pins of many public workflows, November 2026.
 */
const CHECKOUT_VERSIONS: ReadonlyMap<string, string> = new Map([
  ['8e5e7e5ab8b370d6c329ec480221332ada57f0ab', '3.5.2'],
  ['c85c95e3d7251135ab7dc9ce3241c5835cc595a9', '3.5.3'],
  ['f43a0e5ff2bd294095638e18286ca9a3d1956744', '3.6.0'],
  ['3df4ab11eba7bda6032a0b82a6bb43b11571feac', '4.0.0'],
  ['8ade135a41bc03ea155e62e844d188df1ea18608', '4.1.0'],
  ['b4ffde65f46336ab88eb53be808477a3936bae11', '4.1.1'],
  ['9bb56186c3b09b4f86b1c65136769dd318469633', '4.1.2'],
  ['0ad4b8fadaa221de15dcec353f45205ec38ea70b', '4.1.4'],
  ['44c2b7a8a4ea60a981eaca3cf939b5f4305c123b', '4.1.5'],
  ['a5ac7e51b41094c92402da3b24376905380afc29', '4.1.6'],
  ['692973e3d937129bcbf40652eb9f2f61becf3332', '4.1.7'],
  ['d632683dd7b4114ad314bca15554477dd762a938', '4.2.0'],
  ['eef61447b9ff4aafe5dcd4e0bbf5d482be7e7871', '4.2.1'],
  ['11bd71901bbe5b1630ceea73d27597364c9af683', '4.2.2'],
  ['08eba0b27e820071cde6df949e0beb9ba4906955', '4.3.0'],
  ['34e114876b0b11c390a56381ad16ebd13914f8d5', '4.3.1'],
  ['11d5960a326750d5838078e36cf38b85af677262', '4.4.0'],
  ['08c6903cd8c0fde910a37f88322edcfb5dd907a8', '5.0.0'],
  ['93cb6efe18208431cddfb8368fd83d5badbf9bfd', '5.0.1'],
  ['1af3b93b6815bc44a9784bd300feb67ff0d1eeb3', '6.0.0'],
  ['8e8c483db84b4bee98b60c0593521ed34d9990e8', '6.0.1'],
  ['de0fac2e4500dabe0009e67214ff5f5447ce83dd', '6.0.2'],
  ['df4cb1c069e1874edd31b4311f1884172cec0e10', '6.0.3'],
  ['d23441a48e516b6c34aea4fa41551a30e30af803', '6.1.0'],
  ['9c091bb21b7c1c1d1991bb908d89e4e9dddfe3e0', '7.0.0'],
  ['3d3c42e5aac5ba805825da76410c181273ba90b1', '7.0.1'],
]);

/**
 * The version (`6.0.2`, `4`) of actions/checkout at a ref: from the table for a commit, from the name for a tag, else from
 * what stands behind it on its line (`# v6.0.2`); null when unknown.
 */
export function checkoutVersionOf(ref: string, lineRest = ''): string | null {
  const known = CHECKOUT_VERSIONS.get(ref.toLowerCase()) ?? /^v?(\d{1,3}(?:\.\d+){0,2})$/.exec(ref)?.[1];
  return known ?? /^['" \t]*#\s*v?(\d[\d.]*)/.exec(lineRest)?.[1] ?? null;
}
