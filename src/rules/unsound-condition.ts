import type { Access } from '../engine/expression/parse.ts';
import type { Severity } from '../engine/finding.ts';
import type { Condition } from '../engine/model/condition.ts';
import { withoutFences } from '../engine/model/condition-edits.ts';
import { type ConstantPart, constantParts } from '../engine/model/constant-condition.ts';
import type { Job } from '../engine/model/job.ts';
import type { Step } from '../engine/model/step.ts';
import { truthyTexts } from '../engine/model/truthy-text.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

export const unsoundCondition = defineRule({
  id: 'unsound-condition',
  severity: 'medium',
  section: 'Triggers and access control',
  summary: 'A condition that decides nothing',
  why: "Around `${{ … }}`, every other letter, even the line break of a block, makes the whole a text, and a text that isn't empty is true. The texts 'true' and 'false' never equal a boolean. What the condition was meant to keep out gets in, or never runs.",
  remedy: 'Write the condition as one expression without `${{ }}`, and compare values of the same type.',
  peers: [
    'zizmor: unsound-condition',
    'actionlint: if-cond',
    'poutine: if_always_true',
    'sisakulint: cond',
    'CodeQL: if-expression-always-true/critical, if-expression-always-true/high',
  ],
  visit: {
    *job(job) {
      if (job.condition) yield* problems(job.condition, job);
    },
    *step(step) {
      if (step.condition) yield* problems(step.condition, step);
    },
  },
});

function* problems(condition: Condition, at: Job | Step): Iterable<Problem> {
  const severity = at.reach.level === 'outsider-privileged' ? 'high' : 'medium';
  if (condition.isUnsound) {
    yield {
      at: condition,
      subject: condition.value.replace(/\s+/g, ''),
      message:
        'This condition is always true: beside `${{ … }}` it holds other text, so it is a text that is not empty',
      severity,
      fix: { title: 'Write it as one expression', safe: false, edits: withoutFences(condition) },
    };
    return;
  }
  const { expression } = condition;
  for (const text of expression?.tree ? truthyTexts(expression.tree, at) : []) yield* truthy(condition, text, severity);
  for (const constant of constantParts(condition, at)) {
    if (!expression) return;
    const written = expression.code.slice(constant.part.start, constant.part.end);
    yield {
      at: expression.at(constant.part),
      subject: written.replace(/\s+/g, ''),
      message: messageOf(constant, written.slice(0, 120)),
      severity: constant.kind === 'truth' ? 'info' : severity,
      audience: constant.kind === 'truth' ? 'pedantic' : 'regular',
    };
  }
}

function* truthy({ expression, text }: Condition, access: Access, severity: Severity): Iterable<Problem> {
  if (!expression) return;
  const written = expression.code.slice(access.start, access.end);
  const end = text.value.indexOf(expression.code, expression.from) + access.end;
  const isNegated = /!\s*$/.test(expression.code.slice(0, access.start));
  yield {
    at: expression.at(access),
    subject: written,
    message: `\`${written}\` is a text, and the text "false" counts as true as well`,
    severity,
    fix: isNegated
      ? null
      : { title: "Compare it with 'true'", safe: false, edits: [text.replace(end, end, " == 'true'")] },
  };
}

function messageOf({ kind, value }: ConstantPart, written: string): string {
  if (kind === 'truth') return `\`${written}\` says nothing: the condition could as well not be there`;
  if (kind === 'word') return `\`${written}\` is no comparison but a value, and always ${value}`;
  return `\`${written}\` is ${value} whatever it says: the texts "true" and "false" never equal a boolean`;
}
