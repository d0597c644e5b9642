/** Text as HTML. */
function html(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** A whole page; `body` is HTML. */
function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${html(title)}</title><meta name="viewport" content="width=device-width">
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:38rem;margin:3rem auto;padding:0 1rem}label{display:block;margin:1rem 0}
input{font:inherit;width:100%;padding:.4rem}button{font:inherit;padding:.5rem 1rem}code{background:#8882;padding:0 .2rem}</style></head>
<body><h1>${html(title)}</h1>${body}</body></html>`;
}

/** The first page: where GitHub reaches this server, and whose App it will be. */
export function askPage(key: string): string {
  return page(
    'Set up Gargoyle',
    `<p>This creates a GitHub App of your own with the permissions that Gargoyle needs, and writes its credentials to a file on this
machine that only you can read.</p>
<form method="get" action="/"><input type="hidden" name="key" value="${html(key)}"><input type="hidden" name="step" value="create">
<label>Organisation that will own the App (empty: your own account) <input name="organisation" autocomplete="off"></label>
<label>Address at which GitHub reaches this server (empty: set it later)
<input name="address" type="url" placeholder="https://gargoyle.example.com"></label>
<button>Continue</button></form>`,
  );
}

/** The second page: one click that hands the manifest to GitHub. */
export function createPage(action: string, owner: string, manifest: object): string {
  return page(
    'Set up Gargoyle',
    `<p>GitHub will show what the App may do, and ask for a name. It will belong to ${owner ? `<code>${html(owner)}</code>` : 'your account'}.</p>
<form method="post" action="${html(action)}"><input type="hidden" name="manifest" value="${html(JSON.stringify(manifest))}">
<button>Create the App on GitHub</button></form>`,
  );
}

/** The last page. `notes` are sentences. */
export function createdPage(installUrl: string | null, file: string, notes: readonly string[]): string {
  const install = installUrl ? `<p><a href="${html(installUrl)}">Install it on your repositories.</a></p>` : '';
  const said = notes.map((note) => `<p>${html(note)}</p>`).join('');
  return page('The App exists', `<p>Its credentials are in <code>${html(file)}</code>.</p>${said}${install}`);
}

/** Why it did not work, and what to do. */
export function refusalPage(reason: string): string {
  return page('This did not work', `<p>${html(reason)}</p>`);
}
