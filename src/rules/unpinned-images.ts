import type { Facts } from '../engine/facts.ts';
import { imageReference } from '../engine/model/image.ts';
import { actionImages, imagesOf, jobImages, type NamedImage } from '../engine/model/image-uses.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

export const unpinnedImages = defineRule({
  id: 'unpinned-images',
  severity: 'medium',
  section: 'Supply chain',
  summary: 'A container image is not pinned to a digest',
  why: 'A tag is moved with each build of the image, `latest` with every one. Whoever can push to that name decides what runs, with what the job holds.',
  remedy: 'Name a version and its digest: `name:1.2.3@sha256:…`.',
  options: {
    /** Names without tag, `*` at the end for any rest: whose tags are taken on trust. */
    trusted: [] as readonly string[],
  },
  peers: [
    'zizmor: unpinned-images',
    'poutine: unpinnable_action',
    'ghalint: deny_job_container_latest_image',
    'semgrep: third-party-action-not-pinned-to-commit-sha',
    'sisakulint: unpinned-images',
  ],
  visit: {
    *job(job, { options, facts }) {
      yield* problems(jobImages(job), options.trusted, facts);
    },
    *uses(uses, { options, facts }) {
      if (uses.kind === 'docker') yield* problems(imagesOf(uses.text, uses.job), options.trusted, facts);
    },
    *action(action, { options, facts }) {
      yield* problems(actionImages(action), options.trusted, facts);
    },
  },
});

function* problems(images: readonly NamedImage[], trusted: readonly string[], facts: Facts): Generator<Problem> {
  for (const image of images) {
    if (image.value === null) {
      yield {
        at: image.at,
        message: 'Which image this is, and whether it is pinned, only the run knows',
        confidence: 'low',
      };
      continue;
    }
    const reference = imageReference(image.value);
    if (!reference || reference.isPinned || isTrusted(reference.name, trusted)) continue;
    const { name, tag } = reference;
    const isMoving = tag === null || /^(?:latest|main|master|edge|nightly|dev)$/i.test(tag);
    const digest = facts.data.images.get(image.value.trim().replace(/^docker:\/\//i, ''));
    yield {
      at: image.at,
      message: isMoving
        ? `\`${name}\` ${tag === null ? 'has no tag' : `has the tag \`${tag}\``}: each run takes whatever was pushed last`
        : `\`${name}:${tag}\` has no digest: the tag can be put on another image`,
      // One habit of a file; a version is another one than none.
      subject: isMoving ? 'moving' : 'tags',
      route: '',
      member: name,
      severity: isMoving ? 'medium' : 'info',
      audience: isMoving ? 'regular' : 'pedantic',
      fix: digest ? { title: 'Pin to its digest', safe: true, edits: [image.append(`@${digest}`)] } : null,
    };
  }
}

function isTrusted(name: string, trusted: readonly string[]): boolean {
  return trusted.some((pattern) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name.toLowerCase() === pattern.toLowerCase(),
  );
}
