import { scannerOf, usualBranch } from '../engine/model/scanning.ts';
import type { Trigger, TriggerFilter } from '../engine/model/triggers.ts';
import { defineRule } from '../engine/rule.ts';
import { insertEntry } from '../engine/yaml/edit.ts';

export const scannerTriggerScope = defineRule({
  id: 'scanner-trigger-scope',
  severity: 'info',
  // It wastes minutes and endangers nobody.
  audience: 'pedantic',
  section: 'Dependencies and coverage',
  summary: 'A scanner runs on every push to every branch',
  why: 'With a pull request the same commit is scanned twice, and results of branches that nobody keeps stand beside those that count.',
  remedy: 'Name the branches that count (`push: branches: [main]`); pull requests have their own event.',
  peers: ['semgrep: semgrep-github-action-push-without-branches'],
  visit: {
    *workflow(workflow, { project }) {
      const push = workflow.triggers.get('push');
      if (!push || FILTERS.some((name) => push.filter(name) !== null)) return;
      const scanner = scannerOf(workflow);
      if (!scanner) return;
      const isTwice = workflow.triggers.has('pull_request', 'pull_request_target');
      yield {
        at: push,
        message: isTwice
          ? `\`${scanner.name}\` scans each commit of a pull request twice: every branch's pushes start it too`
          : `Pushes to every branch start \`${scanner.name}\``,
        confidence: isTwice ? 'high' : 'low',
        related: [{ at: scanner.at, message: 'the scanner' }],
        fix: fixOf(push, usualBranch(project)),
      };
    },
  },
});

const FILTERS: readonly TriggerFilter[] = ['branches', 'branches-ignore', 'tags', 'tags-ignore'];

function fixOf({ node, source }: Trigger, branch: string | null) {
  if (!node || !branch) return null;
  const edit = source.edit(insertEntry(source.text, node, 'branches', `[${branch}]`));
  return { title: `Only pushes to ${branch}`, safe: false, edits: [edit] };
}
