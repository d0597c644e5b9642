import { parseYaml } from '../yaml/parse.ts';
import { type MapNode, Unreadable } from '../yaml/tree.ts';
import { mapOf, scalarOf } from './nodes.ts';
import type { OtherFile } from './other-file.ts';
import type { Located } from './source.ts';

/** A resource of a CloudFormation template (SAM's, or what CDK writes out). */
export interface CloudResource {
  readonly name: string;
  /** The span of its name. */
  readonly at: Located;
  /** `AWS::CodeBuild::Project`. */
  readonly type: string;
  readonly properties: MapNode | null;
}

/** The resources of a template; none where the file is no template, or can't be read as one. */
export function cloudResources(file: OtherFile): readonly CloudResource[] {
  // Most files are something else; they needn't be parsed for that.
  if (!/\.(?:json|ya?ml|template)$/.test(file.path) || !file.text.includes('AWS::')) return [];
  const resources = mapOf(mapOf(rootOf(file))?.get('Resources'));
  return (resources?.entries ?? []).flatMap(({ key, value }) => {
    const map = mapOf(value);
    const type = scalarOf(map?.get('Type'))?.text;
    if (!map || !type) return [];
    return { name: key.text, at: file.span(key.start, key.end), type, properties: mapOf(map.get('Properties')) };
  });
}

/** CloudFormation's short forms (`!Ref Token`), which are no YAML of GitHub's: blanked, so that every span stays. */
const SHORT_FORM = /(?<=[\s[{,:-])![A-Za-z][\w:]*(?=\s)/g;

function rootOf({ text }: OtherFile) {
  try {
    return parseYaml(text.replace(SHORT_FORM, (tag) => ' '.repeat(tag.length))).root;
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}
