import { SEVERITIES, type Severity } from '../engine/finding.ts';
import type { Located, SourceEdit } from '../engine/model/source.ts';
import type { Step } from '../engine/model/step.ts';
import { usesTable } from '../engine/model/uses-table.ts';
import { defineRule } from '../engine/rule.ts';
import { APP_TOKEN_ACTIONS, ORGANISATION_PERMISSION } from '../knowledge/app-token-actions.ts';

const rowsOf = usesTable(APP_TOKEN_ACTIONS, ({ action }) => [action]);

export const githubApp = defineRule({
  id: 'github-app',
  severity: 'high',
  section: 'Identity',
  summary: 'App’s token reaches further than it must',
  why: 'An installation token that is limited to nothing may do in every repository of the installation all that the App may: whoever reads it in this one job has them all.',
  remedy:
    'Name the `repositories`, give `permission-…` inputs for what the job does, and let the action revoke the token when the job ends.',
  peers: ['zizmor: github-app', 'ghalint: github_app_should_limit_repositories, github_app_should_limit_permissions'],
  visit: {
    *step(step) {
      const { uses } = step;
      const row = uses && rowsOf(uses)[0];
      if (!uses || !row || step.hasDynamicInputs) return;
      const faults = [...reach(step, row), ...rights(step, row), ...lifetime(step)];
      const worst = [...faults].sort((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity))[0];
      if (!worst) return;
      const { at, severity, edit } = worst;
      const isUnsure = faults.every((fault) => fault.isUnsure);
      yield {
        at,
        message: `The App’s token ${faults.map(({ says }) => says).join(', ')}${row.legacy ? `; \`${row.action}\` ${row.legacy}: use \`actions/create-github-app-token\`` : ''}`,
        subject: 'token',
        severity,
        confidence: isUnsure ? 'low' : 'high',
        // One that leaves the rest as it is would not take the finding away.
        fix: edit && faults.length === 1 ? { title: edit.title, safe: false, edits: [edit.edit] } : null,
      };
    },
  },
});

type Row = (typeof APP_TOKEN_ACTIONS)[number];

interface Fault {
  readonly at: Located;
  readonly says: string;
  readonly severity: Severity;
  readonly isUnsure?: boolean;
  readonly edit?: { readonly title: string; readonly edit: SourceEdit | null };
}

/** It reaches every repository of the installation. */
function* reach(step: Step, { repositories, isWideByDefault }: Row): Generator<Fault> {
  const owner = step.with('owner');
  const limits = [...step.inputs.keys()].filter((name) => name.startsWith('permission-'));
  const isOfOrganisation = limits.length > 0 && limits.every((name) => ORGANISATION_PERMISSION.test(name));
  const isLimited = repositories !== null && step.with(repositories) !== null;
  if (isLimited || isOfOrganisation || (!isWideByDefault && !owner)) return;
  const edit =
    owner && !isWideByDefault ? step.ensure(['with', 'repositories'], '${{ github.event.repository.name }}') : null;
  const title = 'Limit the token to this repository';
  yield {
    at: owner ?? step.uses ?? step,
    says: 'reaches all repositories of the installation',
    severity: 'high',
    edit: { title, edit },
  };
}

/** It may do all that the App may. */
function* rights(step: Step, { permissions }: Row): Generator<Fault> {
  const prefix = permissions?.replace('*', '') ?? null;
  const isLimited = prefix !== null && [...step.inputs.keys()].some((name) => name.startsWith(prefix));
  if (!isLimited) yield { at: step.uses ?? step, says: 'has every permission of the App', severity: 'medium' };
}

/** It outlives the job. */
function* lifetime(step: Step): Generator<Fault> {
  const text = step.with('skip-token-revoke');
  if (!text || (text.isLiteral && text.value.trim() !== 'true')) return;
  yield { at: text, says: 'is not revoked when the job ends', severity: 'high', isUnsure: !text.isLiteral };
}
