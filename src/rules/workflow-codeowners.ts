import { codeowners, type OwnerLine, ownerLines, ownersOf } from '../engine/model/codeowners.ts';
import type { OtherFile } from '../engine/model/other-file.ts';
import type { ProjectModel } from '../engine/model/project.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

export const workflowCodeowners = defineRule({
  id: 'workflow-codeowners',
  severity: 'low',
  section: 'Dependencies and coverage',
  summary: 'Nobody must review changes of the workflows',
  why: 'A workflow holds the repository’s token and secrets. Without an owner any reviewer’s approval is enough to change what is done with them.',
  remedy:
    'Add a line for `/.github/` with the people who know what a workflow can do, and demand their review in a ruleset.',
  needs: ['paths'],
  peers: [],
  visit: {
    *project(project) {
      const owned = ownedPaths(project);
      const file = codeowners(project);
      if (owned.length === 0 || file === null) return;
      if (file === 'missing') yield* withoutFile(project);
      else yield* uncovered(file, owned);
    },
  },
});

/** Workflows, manifests of actions, and what updates them. */
function ownedPaths({ workflows, actions, dependabots }: ProjectModel): readonly string[] {
  const paths = [...workflows, ...actions].map(({ path }) => path);
  return [...paths, ...dependabots.map(({ source }) => source.path)];
}

/** Where one person does everything there is nobody else to ask. */
function* withoutFile(project: ProjectModel): Iterable<Problem> {
  const [workflow] = project.workflows;
  const at = workflow?.triggers.key ?? workflow;
  if (at)
    yield {
      at,
      subject: 'CODEOWNERS',
      message: 'There is no CODEOWNERS file: anyone with write access may approve a change of this workflow',
      audience: 'pedantic',
    };
}

function* uncovered(file: OtherFile, paths: readonly string[]): Iterable<Problem> {
  const lines = ownerLines(file);
  const without = paths.filter((path) => (ownersOf(lines, path) ?? []).length === 0);
  const [first] = without;
  if (first === undefined) return;
  const more = without.length > 1 ? ` and ${without.length - 1} more` : '';
  yield {
    at: lines[0]?.at ?? file.span(0, file.text.length),
    subject: 'workflows',
    message: `Nobody owns \`${first}\`${more}: anyone with write access may approve a change of it`,
    fix: fixOf(file, lines, without),
  };
}

/** Only where there is no choice: one owner of everything that is owned. */
function fixOf(file: OtherFile, lines: readonly OwnerLine[], paths: readonly string[]): Problem['fix'] {
  const owners = new Set(lines.flatMap((line) => line.owners));
  const [only] = owners;
  if (owners.size !== 1 || only === undefined) return null;
  const end = file.text.length;
  const named = new Set(paths.map((path) => (path.startsWith('.github/') ? '/.github/' : `/${path}`)));
  if ([...named].some((path) => /[\s#\\*?[\]]/.test(path))) return null;
  const added = [...named].map((path) => `${path} ${only}\n`).join('');
  const text = (file.text.endsWith('\n') ? '' : '\n') + added;
  return { title: `Let ${only} own it`, safe: false, edits: [file.source.edit({ start: end, end, text })] };
}
