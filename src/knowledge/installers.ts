/**
 * Installers that their makers document as a script to be fetched and run, from hosts that hold nothing else. Whoever
 * can change these can change what they install as well.
 *
 * Source: the projects' own installation pages, 2026-11.
 */
export const vendorInstallers = [
  'sh.rustup.rs',
  'static.rust-lang.org/rustup/',
  'win.rustup.rs',
  'raw.githubusercontent.com/homebrew/install/',
  'raw.githubusercontent.com/nvm-sh/nvm/',
  'get.docker.com',
  'astral.sh/uv/',
  'astral.sh/ruff/',
  'bun.sh/install',
  'bun.com/install',
  'deno.land/install.sh',
  'deno.land/x/install/',
  'get.pnpm.io/',
  'install.python-poetry.org',
  'get.volta.sh',
  'nixos.org/nix/install',
  'install.determinate.systems/',
  'get.sdkman.io',
  'pyenv.run',
  'mise.run',
  'community.chocolatey.org/install.ps1',
  'chocolatey.org/install.ps1',
  'get.scoop.sh',
  'rustwasm.github.io/wasm-pack/installer/',
] as const;
