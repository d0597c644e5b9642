/** A reference to a container image: `registry:port/name:tag@sha256:…`. */
interface ImageReference {
  /** With its registry, without tag and digest; in lower case but for what an expression says. */
  readonly name: string;
  readonly tag: string | null;
  readonly isPinned: boolean;
}

/** Reads an image's name; null where there is none (empty, `scratch`). */
export function imageReference(written: string): ImageReference | null {
  const text = written.trim().replace(/^docker:\/\//i, '');
  if (text === '' || text.toLowerCase() === 'scratch') return null;
  const [named = '', digest] = text.split('@');
  const colon = named.lastIndexOf(':');
  // What stands before a slash is a port.
  const hasTag = colon > named.lastIndexOf('/');
  return {
    name: hasTag ? named.slice(0, colon) : named,
    tag: hasTag ? named.slice(colon + 1) : null,
    isPinned: /^sha256:[0-9a-f]{64}$/i.test(digest ?? ''),
  };
}
