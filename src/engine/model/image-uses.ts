import type { Action } from './action.ts';
import type { Job } from './job.ts';
import type { Located, SourceEdit } from './source.ts';
import { replace } from './source.ts';
import type { Text } from './text.ts';
import { pathOf } from './visit-expression.ts';

/** An image that a job or action names; what only the run knows has the value null. */
export interface NamedImage {
  readonly at: Located;
  readonly value: string | null;
  /** Writes something behind it; null where it is not written as such. */
  readonly append: (text: string) => SourceEdit | null;
}

/** The images of a job's container and services. */
export function jobImages(job: Job): readonly NamedImage[] {
  const containers = job.container ? [job.container, ...job.services] : job.services;
  return containers.flatMap(({ image }) => (image ? imagesOf(image, job) : []));
}

/** The image of a Docker action that is not built from a Dockerfile. */
export function actionImages(action: Action): readonly NamedImage[] {
  const { image } = action;
  return image?.value.trim().startsWith('docker://') ? imagesOf(image, null) : [];
}

/** The images that a text can name: matrix values each, text as it is. */
export function imagesOf(text: Text, job: Job | null): readonly NamedImage[] {
  if (text.isLiteral) return [literal(text)];
  const tree = text.expression?.tree;
  if (tree?.kind === 'access' && tree.path[0] === 'matrix' && job?.matrix) {
    const { values, isComplete } = job.matrix.values(pathOf(tree).split('.').slice(1));
    const named = values.flatMap((value): readonly NamedImage[] => {
      if (value.text) return value.text.isLiteral ? [literal(value.text)] : [unknown(value.text)];
      return value.value === null ? [] : [{ at: value, value: value.value, append: () => null }];
    });
    return isComplete ? named : [...named, unknown(text)];
  }
  const folded = text.expression?.folded;
  if (folded?.known) return [{ ...unknown(text), value: String(folded.value ?? '') }];
  return withVariable(text, job) ?? [pinnedOrUnknown(text)];
}

function literal(text: Text): NamedImage {
  const written = text.source.slice(text);
  const isPlain = written === text.value;
  return {
    at: text,
    value: text.value,
    append: (tail) =>
      isPlain ? replace(text, written + tail) : text.replace(text.value.length, text.value.length, tail),
  };
}

function unknown(text: Text): NamedImage {
  return { at: text, value: null, append: () => null };
}

/** `node:${{ matrix.node }}`: the tag is fixed, though not here; with a digest behind it is pinned. */
function pinnedOrUnknown(text: Text): NamedImage {
  const ends = text.expressions.map(({ from, to }) => [from, to] as const);
  const shown = ends
    .toReversed()
    .reduce((value, [from, to]) => `${value.slice(0, from)}x${value.slice(to)}`, text.value);
  return /[:@]/.test(shown.slice(shown.lastIndexOf('/') + 1)) ? { ...unknown(text), value: shown } : unknown(text);
}

/** `${{ env.IMAGE }}` of the job or workflow, where it is written out. */
function withVariable(text: Text, job: Job | null): readonly NamedImage[] | null {
  const tree = text.expression?.tree;
  if (tree?.kind !== 'access' || tree.path[0] !== 'env' || !job) return null;
  const name = tree.written[1] ?? '';
  const variable = job.env.get(name) ?? job.workflow.env.get(name);
  return variable?.text.isLiteral ? [{ ...unknown(text), value: variable.text.value }] : null;
}
