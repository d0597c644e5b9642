import { IGNORE_TOOLS } from '../engine/ignores.ts';
import type { ProjectModel } from '../engine/model/project.ts';
import type { Located, SourceFile } from '../engine/model/source.ts';
import { defineRule } from '../engine/rule.ts';

/** Files that say who must review, and what is checked. */
const GUARDS = /^(?:(?:\.github\/|docs\/)?CODEOWNERS|\.github\/(?:gargoyle|zizmor)\.ya?ml|\.poutine\.yml)$/;
const IGNORE = new RegExp(`^#+\\s*(?:${IGNORE_TOOLS.join('|')})\\s*:\\s*ignore`);

export const policySelfChange = defineRule({
  id: 'policy-self-change',
  severity: 'info',
  section: 'Changes',
  summary: 'A change alters what it is checked by',
  why: 'Who wants to bring in a weakness first asks the checker to look away, or takes away the reviewer who would see it. Both belong into a change of their own.',
  remedy:
    'Have an owner of the workflows look at it. What the change accepts for itself counts only after it was merged.',
  *compare({ base, head, basePath }) {
    for (const source of sourcesOf(head)) {
      const path = basePath(source.path);
      const before = sourcesOf(base).find((one) => one.path === path);
      if (before?.text === source.text) continue;
      const known = new Set(ignoresOf(before).map(({ text }) => text));
      const ignores = ignoresOf(source).filter(({ text }) => !known.has(text));
      for (const { at, text } of ignores) {
        const message = `This change brings the comment \`${text}\`, by which a check looks away from its own finding`;
        yield { at, message };
      }
      const isGuard = GUARDS.test(source.path);
      if (source.kind === 'dependabot' || (!isGuard && ignores.length > 0)) continue;
      const at = firstChange(source, before);
      yield { at, message: changed(source.path), subject: 'file', audience: isGuard ? 'regular' : 'pedantic' };
    }
    const [workflow] = head.workflows;
    for (const { path } of workflow ? sourcesOf(base) : []) {
      if (!workflow || !GUARDS.test(path) || head.data.files.has(path)) continue;
      const at = workflow.key('on') ?? workflow;
      yield {
        at,
        message: `This change takes \`${path}\` away, which decides what is checked or reviewed`,
        subject: path,
      };
    }
  },
});

function changed(path: string): string {
  return `This change alters \`${path}\`, which decides what is run, checked or reviewed`;
}

function sourcesOf(project: ProjectModel): readonly SourceFile[] {
  const parsed = [...project.workflows, ...project.actions, ...project.dependabots].map(({ source }) => source);
  return [...parsed, ...project.others.map(({ source }) => source).filter(({ path }) => GUARDS.test(path))];
}

function ignoresOf(source: SourceFile | undefined): readonly { readonly at: Located; readonly text: string }[] {
  const comments = source?.document.comments.filter(({ text }) => IGNORE.test(text)) ?? [];
  return comments.flatMap((comment) => (source ? [{ at: source.at(comment), text: comment.text.trim() }] : []));
}

/** The first line that is another one than before. */
function firstChange(source: SourceFile, before: SourceFile | undefined): Located {
  const known = before?.text.split('\n') ?? [];
  let start = 0;
  for (const [index, line] of source.text.split('\n').entries()) {
    if (known[index] !== line) return source.at({ start, end: start + line.length });
    start += line.length + 1;
  }
  return source.at({ start: 0, end: 0 });
}
