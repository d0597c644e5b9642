import { describe, expect, test } from '@jest/globals';
import { parseBash } from '../../../src/engine/shell/bash.ts';
import { installOf } from '../../../src/engine/shell/installs.ts';

/** Protects lockfiles: what a command line installs by name is seen, and options, files and folders are not taken for packages. */

/** Packages of each command, `!` behind those without an exact version. */
function packages(text: string): string {
  const commands = parseBash(text, [])?.commands ?? [];
  return commands
    .flatMap((command) => installOf(command)?.packages ?? [])
    .map(({ name, isPinned }) => (isPinned ? name : `${name}!`))
    .join(' ');
}

describe('by name', () => {
  test.each([
    ['npm install octo', 'octo!'],
    ['npm i -g --no-audit octo@latest @octo/cli@^2 x@1.2.3', 'octo@latest! @octo/cli@^2! x@1.2.3'],
    ['sudo npm --prefix web install octo', 'octo!'],
    ['npm install --registry https://r.example.com octo', 'octo!'],
    ['pnpm add -D octo', 'octo!'],
    ['pnpm dlx octo run main.js', 'octo!'],
    ['yarn global add octo', 'octo!'],
    ['npx -y octo@latest build x@y', 'octo@latest!'],
    ['bunx octo --flag value', 'octo!'],
    ['pip install octo', 'octo!'],
    ['pip3 install -U --user -i https://i.example.com octo==1.2 other>=2', 'octo==1.2 other!'],
    ["pip install 'octo[extra]==1.2' 'lib>=2,<3'", 'octo[extra]==1.2 lib>=2,<3!'],
    ['python3.12 -m pip install --quiet octo', 'octo!'],
    ['pip install git+https://github.com/octo/lib', 'git+https://github.com/octo/lib!'],
    ['uv pip install --system octo', 'octo!'],
    ['uv tool install octo@1.2.3', 'octo@1.2.3'],
    ['uvx --from octo-tool tool arg', 'octo-tool!'],
    ['uvx octo@latest arg', 'octo@latest!'],
    ['pipx run octo arg', 'octo!'],
    ['gem install --no-document octo', 'octo!'],
    ['gem install octo -v 1.2.3', 'octo'],
    ['gem install octo --version=1.2.3', 'octo'],
    ['go install example.com/octo/cmd@latest', 'example.com/octo/cmd@latest!'],
    ['go run -mod=mod example.com/octo@main ./...', 'example.com/octo@main!'],
    ['cargo install octo --locked', 'octo!'],
    ['cargo install --version 1.2.3 octo', 'octo'],
    ['cargo install --git https://github.com/octo/x', 'https://github.com/octo/x!'],
    [
      'cargo install --git https://github.com/octo/x --rev 18283e04ce6e62d37312384ff67231eb8fd56d24',
      'https://github.com/octo/x',
    ],
    ['dotnet tool install -g octo', 'octo!'],
    ['dotnet tool install --global octo --version 1.2.3', 'octo'],
    ['choco install octo -y --version=1.2.3', 'octo'],
    ['composer global require octo/lib', 'octo/lib!'],
  ])('%s', (text, expected) => {
    expect(packages(text)).toBe(expected);
  });
});

describe('not by name', () => {
  test.each([
    'npm install',
    'npm ci',
    'npm i --workspace web',
    'npm install ./x.tgz ../y',
    'npm run install octo',
    'npx octo',
    'yarn install --immutable',
    'pip install -r requirements.txt -c constraints.txt',
    'pip install . -e ./lib .[dev] "lib/sub"',
    'pip install dist/*.whl x-1.0.whl',
    'pip install --no-index --find-links dist octo',
    'pip install --require-hashes -r x.txt',
    'pip install git+https://github.com/octo/lib@18283e04ce6e62d37312384ff67231eb8fd56d24',
    'pip install "$PACKAGE" $OTHER',
    'pip download octo',
    'python -m pip --version',
    'uv sync --locked',
    'uv run pytest',
    'gem build x.gemspec && gem install x.gem',
    'bundle install',
    'go install ./...',
    'go install example.com/octo@v1.2.3',
    'go run .',
    'go get -u ./...',
    'cargo install --path crates/x',
    'cargo build',
    'dotnet tool restore',
    'nuget install packages.config',
    'composer install',
    'echo npm install octo',
    'apt-get install octo',
  ])('%s', (text) => {
    expect(packages(text)).toBe('');
  });
});
