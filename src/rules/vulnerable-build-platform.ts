import { versionOf } from '../engine/model/version.ts';
import { defineRule } from '../engine/rule.ts';
import { concerned, worst } from '../engine/vulnerabilities.ts';

export const vulnerableBuildPlatform = defineRule({
  id: 'vulnerable-build-platform',
  severity: 'high',
  section: 'Supply chain',
  summary: 'The GitHub Enterprise Server has a known vulnerability',
  why: 'Whoever takes over the server has every repository, secret and runner on it; no workflow can guard against that.',
  remedy: 'Update the server to a release that the advisory does not concern.',
  peers: ['poutine: known_vulnerability_in_build_platform'],
  visit: {
    *project(project, { facts }) {
      const [workflow] = project.workflows;
      const { platform } = facts;
      const version = platform && versionOf(platform.version);
      if (!workflow || !platform || !version) return;
      const found = concerned(platform.advisories, version);
      if (found.length === 0) return;
      const ids = found.map(({ id, summary }) => `${id} (${summary})`).join(', ');
      yield {
        at: workflow.key('on') ?? workflow,
        message: `The server that runs this, version ${platform.version}, has ${ids}`,
        route: '',
        subject: 'server',
        severity: worst(found),
      };
    },
  },
});
