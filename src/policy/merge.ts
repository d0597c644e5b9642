import type {
  CataloguedRule,
  Policy,
  PolicyDocument,
  PolicyError,
  PolicySource,
  PolicyText,
  RuleOptions,
  RuleSetting,
} from './policy.ts';
import { presetMode } from './presets.ts';
import { type PolicyLayer, parsePolicy } from './schema.ts';
import { MODES } from './verdict.ts';

/** A layer as it is in force. */
interface Layer {
  /** Null: there is none, or none that can be used. */
  readonly document: PolicyDocument | null;
  readonly oid: string;
  readonly isCurrentGood: boolean;
  /** It is there, and nothing of it can be used. */
  readonly isLost: boolean;
  readonly notices: readonly string[];
  readonly unverified: Policy['unverified'];
}

/**
 * Organisation ▸ repository, over the recommended preset: what is in force. Never throws: a broken layer gives way to its
 * last good version. Where the organisation's is lost altogether, its locks are unknown and the repository can only tighten.
 */
export function effectivePolicy(
  layers: { readonly organisation: PolicySource | null; readonly repository: PolicySource | null },
  catalogue: readonly CataloguedRule[],
): Policy {
  const organisation = readLayer(layers.organisation, 'organisation', catalogue);
  const repository = readLayer(layers.repository, 'repository', catalogue);
  const notices = [...organisation.notices, ...repository.notices];
  const rules: Record<string, RuleSetting> = {};
  const options: Record<string, RuleOptions> = {};
  for (const { id } of catalogue) {
    const { setting, own, ignored } = settle(id, organisation, repository);
    rules[id] = setting;
    if (Object.keys(own).length > 0) options[id] = own;
    if (ignored !== null) notices.push(`\`${id}\` is locked by the organisation's policy: ${ignored}.`);
  }
  return {
    id: [organisation.oid, repository.oid].filter((oid) => oid !== '').join('+') || 'default',
    rules,
    options,
    notices,
    unverified: [...organisation.unverified, ...repository.unverified],
    good: (['organisation', 'repository'] as const).filter(
      (each) => (each === 'organisation' ? organisation : repository).isCurrentGood,
    ),
  };
}

const ABSENT: Layer = {
  document: null,
  oid: '',
  isCurrentGood: false,
  isLost: false,
  notices: [],
  unverified: [],
};

function readLayer(source: PolicySource | null, layer: PolicyLayer, catalogue: readonly CataloguedRule[]): Layer {
  if (source === null || source.current === null) return ABSENT;
  const place = `\`${source.place.replaceAll('`', "'")}\``;
  if ('unverified' in source.current) {
    const before = `The policy ${place} could not be read (${source.current.unverified})`;
    const fallback = fallBack(source.lastGood, layer, catalogue, before);
    if (!fallback.isLost) return fallback;
    return { ...fallback, unverified: [{ path: source.place, rule: null, reason: source.current.unverified }] };
  }
  const parsed = parsePolicy(source.current.text, layer, catalogue);
  if ('policy' in parsed) {
    return { ...ABSENT, document: parsed.policy, oid: source.current.oid, isCurrentGood: true };
  }
  return fallBack(
    source.lastGood,
    layer,
    catalogue,
    `The policy ${place} is broken (${describe(parsed.errors, layer)})`,
  );
}

/** The last good version, or nothing, and the sentence that says so. */
function fallBack(
  lastGood: PolicyText | null,
  layer: PolicyLayer,
  catalogue: readonly CataloguedRule[],
  before: string,
): Layer {
  const parsed = lastGood === null ? null : parsePolicy(lastGood.text, layer, catalogue);
  if (lastGood !== null && parsed !== null && 'policy' in parsed) {
    const notice = `${before}; its last good version stays in force.`;
    return { ...ABSENT, document: parsed.policy, oid: lastGood.oid, notices: [notice] };
  }
  const instead =
    layer === 'organisation'
      ? 'the recommended policy is in force, and repositories can only tighten it'
      : "the organisation's policy, else the recommended one, is in force without it";
  const notice = `${before} and no good version of it is known: ${instead}.`;
  return { ...ABSENT, oid: `no-${layer}-policy`, isLost: true, notices: [notice] };
}

/** The organisation's is private more often than not, and a check may be public: of its text nothing is quoted (T25). */
function describe(errors: readonly PolicyError[], layer: PolicyLayer): string {
  const shown = errors
    .slice(0, 3)
    .map(
      ({ line, column, message }) => `line ${line}, column ${column}${layer === 'repository' ? `: ${message}` : ''}`,
    );
  const more = errors.length > shown.length ? `; and ${errors.length - shown.length} more` : '';
  return shown.join('; ') + more;
}

/** One rule's mode and options. A repository's preset replaces the organisation's preset, never what that names. */
function settle(
  rule: string,
  organisation: Layer,
  repository: Layer,
): { readonly setting: RuleSetting; readonly own: RuleOptions; readonly ignored: string | null } {
  const above = organisation.document?.rules.get(rule);
  const below = repository.document?.rules.get(rule);
  const locked = above?.locked === true || organisation.isLost;
  const asked = presetOrNamed(rule, organisation.document, null);
  const wanted = presetOrNamed(rule, repository.document, asked);
  if (!locked) return { setting: wanted, own: { ...above?.options, ...below?.options }, ignored: null };
  const isLooser = strictness(wanted) < strictness(asked);
  const setting = { ...(isLooser ? asked : wanted), locked };
  const changes = [
    ...(isLooser && below?.mode != null ? [`the repository's mode \`${below.mode}\` is not used`] : []),
    ...(Object.keys(below?.options ?? {}).length > 0 ? ["the repository's options are not used"] : []),
  ];
  // Any option may widen what is trusted, so a lock holds them all.
  const ignored = changes.length > 0 && !organisation.isLost ? changes.join(', and ') : null;
  return { setting, own: above?.options ?? {}, ignored };
}

/** What a document says of a rule, over what the layer above says (`null`: there is none above). */
function presetOrNamed(rule: string, document: PolicyDocument | null, above: RuleSetting | null): RuleSetting {
  const named = document?.rules.get(rule)?.mode ?? null;
  if (named !== null) return { mode: named, setBy: 'rule', locked: false };
  const isFree = above === null || above.setBy !== 'rule';
  const preset = document?.extends ?? null;
  if (above !== null && (preset === null || !isFree)) return above;
  const start = preset ?? 'recommended';
  return { mode: presetMode(start, rule), setBy: start, locked: false };
}

/** A named mode reaches further than the same mode of a preset: it holds for findings of any severity. */
function strictness({ mode, setBy }: RuleSetting): number {
  return MODES.indexOf(mode) * 3 + (setBy === 'rule' ? 2 : setBy === 'strict' ? 1 : 0);
}
