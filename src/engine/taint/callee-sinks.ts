import type { Action } from '../model/action.ts';
import type { Expression } from '../model/expression.ts';
import type { Job } from '../model/job.ts';
import type { Step } from '../model/step.ts';
import type { Text } from '../model/text.ts';
import type { Uses } from '../model/uses.ts';
import { accesses, pathOf } from '../model/visit-expression.ts';
import type { Workflow } from '../model/workflow.ts';
import { type Danger, dangerOf, worst } from './danger.ts';
import { codeSinks } from './sinks.ts';
import { sourcesOf, textSources } from './sources.ts';

/** Somebody else's text that a caller hands to a workflow or action, and where that one expands it in code. */
export interface TaintedInput {
  /** What is given for the input. */
  readonly text: Text;
  readonly name: string;
  readonly danger: Danger;
  /** Null: the callee is not among the files. */
  readonly sink: Expression | null;
}

/** The inputs of a call that carry somebody else's text into a code of the callee. */
export function taintedInputs(uses: Uses): readonly TaintedInput[] {
  const { user } = uses;
  const project = user.kind === 'job' ? user.workflow.project : (user.workflow?.project ?? user.action?.project);
  const target = project?.target(uses) ?? null;
  const isRemote = target === null && user.kind === 'job' && uses.kind === 'repository';
  if (!target && !isRemote) return [];
  return [...givenBy(user)].flatMap(([name, text]): readonly TaintedInput[] => {
    const danger = text.isLiteral ? null : worst(texts(text).flatMap((source) => dangerOf(source, user) ?? []));
    if (!danger) return [];
    if (!target) return [{ text, name, danger, sink: null }];
    const sink = sinksOf(target).get(danger.source.name);
    return sink ? [{ text, name, danger, sink }] : [];
  });
}

function texts(text: Text) {
  return textSources(text, []).filter(({ kind }) => kind === 'text');
}

function givenBy(user: Job | Step): Iterable<readonly [string, Text]> {
  if (user.kind === 'step') return user.inputs;
  return [...user.texts].filter(({ site }) => site.key === 'with').map((text) => [text.site.name, text] as const);
}

/** The places of a callee, and of those that it calls, where a text of a caller is expanded in code: by the text's name. */
function sinksOf(target: Workflow | Action): ReadonlyMap<string, Expression> {
  const known = sinks.get(target);
  if (known) return known;
  const found = new Map<string, Expression>();
  // A circle of callees adds nothing.
  sinks.set(target, found);
  const parents = target.kind === 'workflow' ? target.jobs : [target];
  const project = target.project;
  for (const parent of parents) {
    const uses = parent.kind === 'job' && parent.uses ? [parent.uses] : [];
    const steps = parent.steps.filter((step) => !step.isNever);
    for (const step of steps) for (const sink of codeSinks(step)) collect(sink.text.expressions, step, found);
    for (const call of [...uses, ...steps.flatMap((step) => step.uses ?? [])]) {
      const callee = call.kind === 'local' ? project.target(call) : null;
      for (const [name, sink] of callee ? sinksOf(callee) : []) if (!found.has(name)) found.set(name, sink);
    }
  }
  return found;
}

const sinks = new WeakMap<Workflow | Action, ReadonlyMap<string, Expression>>();

function collect(expressions: readonly Expression[], step: Step, found: Map<string, Expression>): void {
  for (const expression of expressions) {
    const { tree } = expression;
    if (!tree) continue;
    const own = accesses(tree).map(pathOf);
    for (const { kind, name } of sourcesOf(tree, { owner: step, isEnv: false, trail: [] })) {
      // What the callee takes from the event itself is not the caller's doing.
      if (kind === 'text' && !own.includes(name) && !found.has(name)) found.set(name, expression);
    }
  }
}
