import {
  COLLECTOR_HOST,
  GENERIC_WORD,
  GITHUB_HOST,
  IP_ADDRESS,
  LOCAL_HOST,
  OPEN_SUFFIX,
  SELF_HOSTED,
  secretVendors,
} from '../../knowledge/secret-hosts.ts';
import type { Step } from '../model/step.ts';

/**
 * Whether a host is one for a secret. `own`: of its vendor, GitHub's, the machine's. `foreign`: the secret is another vendor's.
 * `collector`: anybody can read there what was sent, or it is an address without a name. `anywhere`: the secret is of a product
 * that everybody runs on a host of their own; `likely`, and the host is called after it. `unknown`: neither name tells.
 */
export type Destination = 'own' | 'foreign' | 'collector' | 'likely' | 'anywhere' | 'unknown';

/** What a host is for the secrets that are sent there. `allowed`: hosts that the policy trusts, and all below them. */
export function destinationOf(
  host: string,
  names: readonly string[],
  step: Step,
  allowed: readonly string[],
): Destination {
  if (GITHUB_HOST.test(host) || allowed.some((one) => `.${host}`.endsWith(`.${one.toLowerCase()}`))) return 'own';
  if (isPrivate(host) || LOCAL_HOST.test(host)) return 'own';
  if (COLLECTOR_HOST.test(host) || IP_ADDRESS.test(host)) return 'collector';
  const vendors = secretVendors.filter(({ name }) => names.some((one) => name.test(wordsOf(one).join('_'))));
  if (vendors.some(({ hosts }) => hosts.test(host))) return 'own';
  if (names.some((name) => isCalled(ownerOf(host), wordsOf(name)))) return 'own';
  const products = names.flatMap(wordsOf).filter((word) => SELF_HOSTED.test(word));
  if (products.some((word) => host.toUpperCase().split(/[.-]/).includes(word))) return 'likely';
  if (vendors.length > 0 && products.length === 0) return 'foreign';
  if (isSpokenOf(host, step)) return 'own';
  return products.length > 0 ? 'anywhere' : 'unknown';
}

function isPrivate(host: string): boolean {
  return /^(?:10|127)\.\d|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\./.test(host);
}

function wordsOf(name: string): readonly string[] {
  return name
    .replace(/^(?:inputs|steps)\./, '')
    .toUpperCase()
    .split(/[^A-Z0-9]+/);
}

/** The name that somebody registered: `acme-cloud` of `api.acme-cloud.co.uk`. What stands before it, its owner chose freely. */
function ownerOf(host: string): string {
  const suffix = OPEN_SUFFIX.exec(host)?.[0] ?? `.${host.split('.').at(-1) ?? ''}`;
  return host.slice(0, -suffix.length).split('.').at(-1) ?? '';
}

/** `render` and `RENDER_DEPLOY_KEY`, `acme-cloud` and `ACME_CLOUD_KEY`: the whole name, and not of words that everybody uses. */
function isCalled(owner: string, words: readonly string[]): boolean {
  const bare = owner.toUpperCase().replace(/[^A-Z0-9]/g, '');
  if (bare.length < 3 || GENERIC_WORD.test(bare)) return false;
  return words.some((_, from) => {
    let joined = '';
    let isTelling = false;
    for (const word of words.slice(from, from + MOST_WORDS)) {
      joined += word;
      isTelling ||= !GENERIC_WORD.test(word);
      if (joined.length >= bare.length) break;
    }
    return isTelling && joined === bare;
  });
}

/** Of names of hosts. */
const MOST_WORDS = 6;

/** The step, its job, its workflow or a variable is named for the host's owner, or an action of the owner's is used beside it. */
function isSpokenOf(host: string, step: Step): boolean {
  const { job, workflow } = step;
  const owner = ownerOf(host);
  const file = step.source.path.split('/').at(-1);
  const names = [step.name?.value, step.id?.value, job?.name?.value, job?.id, workflow?.name?.value, file];
  const variables = [step.env, job?.env, workflow?.env].flatMap((env) => [...(env?.byName.keys() ?? [])]);
  const actions = step.parent.steps.slice(0, MAX_STEPS).map(({ uses }) => uses?.slug);
  return [...names, ...variables, ...actions].some((name) => name && isCalled(owner, wordsOf(name)));
}

/** Behind thousands, nobody looks for the name of a host. */
const MAX_STEPS = 64;
