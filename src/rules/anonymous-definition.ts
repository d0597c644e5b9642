import { defineRule } from '../engine/rule.ts';

export const anonymousDefinition = defineRule({
  id: 'anonymous-definition',
  severity: 'info',
  audience: 'pedantic',
  section: 'Hygiene',
  summary: 'A workflow or action has no name',
  why: 'Without a name its runs are listed by the path of the file, and `workflow_run` can only follow it by that.',
  remedy: 'Give it a `name:`.',
  peers: ['zizmor: anonymous-definition'],
  visit: {
    *workflow(workflow) {
      if (workflow.name) return;
      const name = nameOf(workflow.path);
      yield {
        at: workflow.triggers.key ?? workflow,
        subject: 'name',
        message: 'The workflow has no name',
        fix: name
          ? { title: 'Name it after its file', safe: true, edits: [workflow.insertBefore('on', 'name', name)] }
          : null,
      };
    },
    *action(action) {
      if (!action.name) yield { at: action.key('runs') ?? action, subject: 'name', message: 'The action has no name' };
    },
  },
});

/** `.github/workflows/build-docs.yml` → `Build docs`; null where that needs quotes. */
function nameOf(path: string): string | null {
  const words = path
    .replace(/^.*\/|\.ya?ml$/g, '')
    .replace(/[-_.]+/g, ' ')
    .trim();
  return /^[a-z][\w ]*$/i.test(words) ? words.charAt(0).toUpperCase() + words.slice(1) : null;
}
