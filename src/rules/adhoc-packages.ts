import { allCommands } from '../engine/model/command-groups.ts';
import { holdsPower } from '../engine/model/power.ts';
import { shellScripts } from '../engine/model/shell-scripts.ts';
import type { Located } from '../engine/model/source.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import { type Install, installOf, type NamedPackage } from '../engine/shell/installs.ts';

export const adhocPackages = defineRule({
  id: 'adhoc-packages',
  severity: 'low',
  section: 'Supply chain',
  summary: 'A package is installed beside every lockfile',
  why: 'Whatever its owner (or who took their account) published last is installed and runs its scripts at once, with what the job holds. No review and no lockfile stands between.',
  remedy: 'Put it into the project’s dependencies and install from the lockfile; at least name an exact version.',
  peers: ['zizmor: adhoc-packages', 'scorecard: Pinned-Dependencies'],
  visit: {
    *step(step) {
      const isPowerful = holdsPower(step);
      for (const script of shellScripts(step)) {
        for (const command of allCommands(script)) {
          const install = installOf(command);
          if (install) yield problem(script.text.span(command.start, command.end), install, isPowerful);
        }
      }
    },
  },
});

function problem(at: Located, install: Install, isPowerful: boolean): Problem {
  const loose = install.packages.filter((one) => !one.isPinned && !one.isOwn);
  const isLoose = loose.length > 0;
  const shown = isLoose ? loose : install.packages;
  return {
    at,
    message: messageOf(install, shown, isLoose),
    // One habit of a file.
    subject: isLoose ? 'packages' : 'versions',
    route: '',
    member: shown.map(({ name }) => name.replace(/@?[\d.]+\S*$/, '')).join(' '),
    severity: isPowerful ? 'medium' : 'low',
    // An exact version can't be replaced in a registry, but what it depends on can; cargo has a word against that.
    confidence: isLoose ? 'high' : isUnlocked(install) ? 'medium' : 'low',
    // Without anything to take, it is a question of builds that can be repeated.
    audience: isLoose || isUnlocked(install) ? (isPowerful ? 'regular' : 'pedantic') : 'auditor',
  };
}

function isUnlocked({ what, command }: Pick<Install, 'what' | 'command'>): boolean {
  return what === 'cargo install' && !command.words.some(({ text }) => text === '--locked');
}

function messageOf({ what, instead, command }: Install, packages: readonly NamedPackage[], isLoose: boolean): string {
  const names = packages
    .slice(0, 5)
    .map(({ name }) => `\`${name}\``)
    .join(', ');
  const more = packages.length > 5 ? ` and ${packages.length - 5} more` : '';
  return isLoose
    ? `\`${what}\` takes whatever was published last as ${names}${more}, and runs it with what this job holds; name exact versions, or install from the lockfile (\`${instead}\`)`
    : `\`${what}\` takes ${names}${more} beside the lockfile, and with it the newest of all that it depends on${isUnlocked({ what, command }) ? '; `--locked` takes what it was released with' : ''}`;
}
