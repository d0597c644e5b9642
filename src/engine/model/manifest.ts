import type { Action } from './action.ts';
import { mapOf } from './nodes.ts';
import { actionSchema } from './schema.ts';
import { type SchemaFault, schemaFaults } from './schema-check.ts';
import type { Located } from './source.ts';

/** What the runner refuses of a manifest, beyond single keys and values. */
export interface ManifestFault {
  readonly at: Located;
  readonly subject: string;
  readonly message: string;
}

const KINDS = {
  composite: 'composite-runs-strict',
  node: 'node-runs-strict',
  docker: 'container-runs-strict',
} as const;
/** Keys of steps in a composite action that have come or may come to the runner since the schema was published. */
const NEW_KEYS = ['background', 'wait', 'wait-all', 'cancel', 'parallel'];

/** Faults by the runner's schema: of `runs`, `inputs` and `outputs`. A missing `shell` and `using` are looked at elsewhere. */
export function runnerFaults(action: Action): readonly SchemaFault[] {
  const { runs } = action;
  const parts = [
    ['runs', runs === 'unknown' ? null : KINDS[runs]],
    ['inputs', 'inputs'],
    ['outputs', 'outputs'],
  ] as const;
  return parts
    .flatMap(([key, type]) => {
      const entry = action.node.entry(key);
      return entry && type ? schemaFaults(actionSchema, type, entry.value, { path: [key], key: entry.key }) : [];
    })
    .filter(({ kind, expected, path }) => {
      const isShell = kind === 'missing-key' && expected[0] === 'shell';
      const isNew = path.includes('steps') && path.some((key) => NEW_KEYS.includes(key));
      const isUses = kind === 'expression' && path.at(-1) === 'uses';
      return !isShell && !isNew && !isUses && path.at(-1) !== 'using';
    });
}

/** Faults by what only the Marketplace looks at. */
export function brandingFaults(action: Action): readonly SchemaFault[] {
  const entry = action.node.entry('branding');
  return entry ? schemaFaults(actionSchema, 'branding', entry.value, { path: ['branding'], key: entry.key }) : [];
}

/** `runs` as a whole, and outputs that can have no value. */
export function* manifestFaults(action: Action): Iterable<ManifestFault> {
  const key = action.key('runs');
  const isAction = action.key('inputs') !== null || action.key('outputs') !== null || action.callers.length > 0;
  if (!key) {
    const first = action.node.entries[0]?.key;
    if (isAction && first) yield { at: action.source.at(first), subject: 'runs', message: 'it has no `runs`' };
    return;
  }
  const runs = mapOf(action.find('runs'));
  if (!runs) yield { at: key, subject: 'runs', message: '`runs` takes a map' };
  else if (!runs.entry('using') && !runs.entry('plugin'))
    yield { at: key, subject: 'using', message: '`runs` does not say what it is `using`' };
  else yield* usingFault(action);
  if (action.runs !== 'composite') return;
  for (const { key: name, value } of mapOf(action.find('outputs'))?.entries ?? []) {
    if (mapOf(value)?.entry('value') || name.text.includes('${{')) continue;
    yield {
      at: action.source.at(name),
      subject: `output ${name.text}`,
      message: `the output \`${name.text}\` of a composite action has no \`value\`, so it is always empty`,
    };
  }
}

function* usingFault(action: Action): Iterable<ManifestFault> {
  const { using } = action;
  const known = actionSchema.shapes('using').values;
  const value = using?.value.toLowerCase();
  if (!using || value === undefined || known.includes(value)) return;
  yield {
    at: using,
    subject: 'using',
    message: `it is \`using\` \`${using.value}\`, which the runner does not have; it has ${known.map((one) => `\`${one}\``).join(', ')}`,
  };
}
