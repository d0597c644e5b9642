import { type PlainUrl, plainRegistries, plainSettings, plainUrls } from '../engine/model/plain-urls.ts';
import { shellScripts } from '../engine/model/shell-scripts.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

export const insecureUrlScheme = defineRule({
  id: 'insecure-url-scheme',
  severity: 'medium',
  section: 'Supply chain',
  summary: 'Code or data is fetched without encryption',
  why: 'Over `http://`, `git://` or `ftp://` anybody on the way (a mirror, a proxy, a cache) can put something else in, and nobody notices.',
  remedy: 'Use `https://`, after looking whether the server offers it.',
  peers: ['zizmor: insecure-url-scheme'],
  visit: {
    *workflow(workflow) {
      for (const one of plainSettings(workflow.env)) yield problem(one);
    },
    *job(job) {
      for (const one of plainSettings(job.env)) yield problem(one);
    },
    *step(step) {
      for (const script of shellScripts(step)) for (const one of plainUrls(script)) yield problem(one);
      for (const one of plainSettings(step.env)) yield problem(one);
    },
    *dependabot(dependabot) {
      for (const one of plainRegistries(dependabot)) yield problem(one);
    },
  },
});

function problem({ at, url, secured }: PlainUrl): Problem {
  return {
    at,
    message: `\`${url.slice(0, 200)}\` is fetched without encryption: anybody on the way can put something else in`,
    subject: url.slice(0, 200),
    route: '',
    // The server may not offer it.
    fix: { title: 'Use https', safe: false, edits: [secured] },
  };
}
