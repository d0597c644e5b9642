import { unusedAnchors } from '../engine/model/anchors.ts';
import { replace, type SourceFile } from '../engine/model/source.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

export const yamlAnchors = defineRule({
  id: 'yaml-anchors',
  severity: 'low',
  section: 'Correctness',
  summary: 'Anchor that nothing refers to',
  why: 'Whoever reads it looks for the other place that holds the same, and there is none; often an alias was forgotten or says another name.',
  remedy: 'Refer to the anchor by `*name`, or take it away.',
  peers: ['actionlint: yaml-anchors'],
  visit: {
    *workflow({ source }) {
      yield* unused(source);
    },
    *action({ source }) {
      yield* unused(source);
    },
    *dependabot({ source }) {
      yield* unused(source);
    },
  },
});

function* unused(source: SourceFile): Iterable<Problem> {
  for (const anchor of unusedAnchors(source)) {
    yield {
      at: anchor,
      subject: anchor.name,
      message: `No alias refers to the anchor \`&${anchor.name}\``,
      fix: { title: 'Take the anchor away', safe: true, edits: [replace(anchor.edit, '')] },
    };
  }
}
