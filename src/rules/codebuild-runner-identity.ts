import type { LocatedText } from '../engine/model/source.ts';
import { defineRule } from '../engine/rule.ts';

/** `codebuild-<project>-<run>-<attempt>`, maybe in lower case; the project's name ends where an expression or the end begins. */
const LABEL = /^codebuild-(.+?)(?:-\$\{\{.*)?$/is;

export const codebuildRunnerIdentity = defineRule({
  id: 'codebuild-runner-identity',
  severity: 'medium',
  section: 'Identity',
  summary: 'Nobody says as whom CodeBuild registers the runner',
  why: 'For each job CodeBuild asks GitHub for a runner, as whoever authorised its source credential. Where that is a person, the build holds that person’s administration rights; and when the person loses them, every build fails before its first step.',
  remedy:
    'Make a connection (CodeConnections) with the installed GitHub App, name it in the CodeBuild project, and disconnect and connect the source again: connections cannot be edited, so plan a short outage. Check in the audit log that the App registers the runners, then say so by `runner-connections: { PROJECT: app }`.',
  options: {
    /** CodeBuild project → whose connection it uses; `*` for all. */
    'runner-connections': {} as Readonly<Record<string, 'app' | 'person'>>,
  },
  visit: {
    *job({ runsOn }, { options, facts }) {
      const label = runsOn?.labels.find(({ value }) => LABEL.test(value.trim()));
      if (!runsOn || !label) return;
      const project = projectOf(label);
      const actor = of(facts.setting('runnerActors') ?? {}, project);
      const attested = of(options['runner-connections'], project);
      if (actor === 'app' || (actor === null && attested === 'app')) return;
      const isPersons = actor === 'person' || attested === 'person';
      yield {
        at: label.source === runsOn.source ? label : runsOn,
        message: isPersons
          ? `A person registers the runners of CodeBuild project \`${project}\`${actor === 'person' ? ', as the audit log says' : ''}: the job holds that person’s rights, and stops when they go`
          : `Nothing says that an App, and not a person, registers the runners of CodeBuild project \`${project}\``,
        subject: project,
        route: '' as const,
        severity: isPersons ? 'high' : 'medium',
        confidence: isPersons ? 'high' : 'medium',
      };
    },
  },
});

function projectOf({ value }: LocatedText): string {
  return (LABEL.exec(value.trim())?.[1] ?? '').replace(/-\d+-\d+$/, '');
}

function of(actors: Readonly<Record<string, 'app' | 'person'>>, project: string): 'app' | 'person' | null {
  const entry = Object.entries(actors).find(([name]) => name.toLowerCase() === project.toLowerCase());
  return entry?.[1] ?? (Object.hasOwn(actors, '*') ? (actors['*'] ?? null) : null);
}
