import { describe, expect, test } from '@jest/globals';
import { findExpressions } from '../../../src/engine/expression/parse.ts';
import { parseBash } from '../../../src/engine/shell/bash.ts';
import type { ShellCommand, ShellScript } from '../../../src/engine/shell/script.ts';

/** `X` in the tables stands for an expression. */
const X = '${{ x }}';

function script(text: string): ShellScript {
  const parsed = parseBash(text, findExpressions(text));
  if (parsed === null) throw new Error('not parsed');
  return parsed;
}

function commands(text: string): readonly ShellCommand[] {
  return script(text).commands;
}

/** Which variable is written at the expression, and whether one may be, follows from this. */
describe('quotingAt', () => {
  test.each([
    ['echo X', 'bare'],
    ['echo "a X"', 'double'],
    ["echo 'X'", 'single'],
    ["echo $'X'", 'ansi'],
    ['echo $"X"', 'double'],
    ['echo a\\"X\\"', 'bare'],
    ['echo "$(foo X)"', 'bare'],
    ['echo "$(foo "X")"', 'double'],
    ['echo "$(foo \'X\')"', 'single'],
    ['echo `foo X`', 'bare'],
    ['echo "`foo \\"X\\"`"', 'unknown'],
    ['diff <(echo X) y', 'bare'],
    ['A=X', 'assignment'],
    ['A="X"', 'double'],
    ['export A=X', 'assignment'],
    ['A=(X)', 'bare'],
    ['A=("X")', 'double'],
    ['X=1', 'unknown'],
    ['a[X]=1', 'arithmetic'],
    ['[[ X == y ]]', 'test'],
    ['[[ "X" == y ]]', 'double'],
    ['[[ "X" -eq 1 ]]', 'arithmetic'],
    ["[[ 'X' -eq 1 ]]", 'arithmetic'],
    ['[[ -v X ]]', 'arithmetic'],
    ['[[ 1 -eq $(foo "X") ]]', 'double'],
    ['[ "X" -eq 1 ]', 'double'],
    ['((a = X))', 'arithmetic'],
    ['echo $((1 + X))', 'arithmetic'],
    ['echo $(( "X" ))', 'arithmetic'],
    ['echo $(( $(foo X) ))', 'bare'],
    ['let "a=X"', 'arithmetic'],
    ['for ((i=0; i<X; i++)); do :; done', 'arithmetic'],
    ['for ((i=0; i<1; i++)); do echo X; done', 'bare'],
    ['for i in X; do :; done', 'bare'],
    ['case X in *) ;; esac', 'bare'],
    ['echo "${a:-X}"', 'double'],
    ['echo ${a:-X}', 'bare'],
    ['echo "${a:-\'X\'}"', 'double'],
    ['echo "${a#\'X\'}"', 'unknown'],
    ['echo ${a:X:1}', 'arithmetic'],
    ['echo "${a[X]}"', 'arithmetic'],
    ['cat <<EOF\nX "y"\nEOF', 'heredoc'],
    ["cat <<EOF\n'X'\nEOF", 'heredoc'],
    ['cat <<EOF\n$(foo X)\nEOF', 'bare'],
    ["cat <<'EOF'\nX\nEOF", 'heredoc-quoted'],
    ['cat <<\\EOF\nX\nEOF', 'heredoc-quoted'],
    ['cat <<-EOF\n\tX\n\tEOF\necho "y"', 'heredoc'],
    ['cat <<EOF\ny\nEOF\necho "X"', 'double'],
    ['cat <<< "X"', 'double'],
    ['# X', 'comment'],
    ["echo a # it's X", 'comment'],
    ['echo "#X"', 'double'],
    ['echo "a # X"', 'double'],
    ['cat <<EOF\n# X\nEOF', 'heredoc'],
    ['(( 16 # X ))', 'arithmetic'],
    ['echo a#X', 'bare'],
    ['(# X\n:)', 'comment'],
    ['f() { echo X; }', 'bare'],
    ['if X; then :; fi', 'bare'],
    ['echo >> "X"', 'double'],
  ])('%j is %s', (text, quoting) => {
    const written = text.replace('X', () => X);
    expect(script(written).isBroken).toBe(false);
    expect(script(written).quotingAt(written.indexOf(X) + 2)).toBe(quoting);
  });
});

/** Moving an expression to `env:` cures nothing where the text is parsed once more: no fix may be offered there. */
describe('insideInterpreter', () => {
  test.each([
    'bash -c "X"',
    "bash -ec 'a X'",
    'bash -o pipefail -c "X"',
    '/bin/sh -c "X"',
    'sudo -u me bash -c "X"',
    'timeout 5 sh -c "X"',
    'eval "X"',
    'eval "$(foo X)"',
    'ssh -i key h@x "cd X"',
    'ssh h <<EOF\nX\nEOF',
    'docker run --rm img sh -c "X"',
    'docker exec -i c bash <<< "X"',
    'python3 -c "print(\'X\')"',
    'python3.12 -c "X"',
    'node -e "X"',
    'node --eval="X"',
    'perl -pe "s/X//" f',
    'ruby -e "X"',
    'jq ".a = \\"X\\"" f',
    'yq e ".a = \\"X\\"" f',
    'gh api x --jq ".X"',
    'sed -i "s/a/X/" f',
    'sed -i -e "s/a/X/" f',
    'awk "{print X}" f',
    'psql -U u -c "select \'X\'"',
    'mysql -u u -e "X"',
    'sqlite3 db "X"',
    'pwsh -NoProfile -Command "X"',
    'find . -exec sh -c "X" \\;',
    'xargs -I{} sh -c "X {}"',
    'trap "X" EXIT',
    'make V="X" all',
    'su me -c "X"',
    'bash <<EOF\nX\nEOF',
    'bash <<< "X"',
    'cat <<EOF | python3\nX\nEOF',
    'echo "X" | bash',
    'echo "X" | sudo tee run.sh',
    'cat > run.sh <<EOF\nX\nEOF',
    'echo "X" >> Dockerfile',
  ])('%j', (text) => {
    const written = text.replace('X', () => X);
    expect(script(written).insideInterpreter(written.indexOf(X))).toBe(true);
  });

  test.each([
    'echo "X"',
    'echo "X" | grep a',
    'bash run.sh -c "X"',
    'cat x | bash -s "X"',
    'python3 run.py -c "X"',
    'node run.js -e "X"',
    'jq --arg v "X" .a=$v f',
    'jq -r .a "X"',
    'awk -v a="X" "{print a}" f',
    'sed -n -e p "X"',
    'docker run -e A="X" img sh -c "env"',
    'gh pr create -t "X"',
    'git commit -m "X"',
    'cat > notes.txt <<EOF\nX\nEOF',
    'curl "X" | bash',
    'make X',
  ])('not %j', (text) => {
    const written = text.replace('X', () => X);
    expect(script(written).insideInterpreter(written.indexOf(X))).toBe(false);
  });
});

describe('commands', () => {
  test.each([
    ['npm ci && npm test; make', 'npm npm make'],
    ['if a; then b; elif c; then d; else e; fi', 'a b c d e'],
    ['f() { a; }; while b; do c; done; case x in y) d;; esac', 'a b c d'],
    ['A=$(a "$(b)") c > $(d)', 'c a b d'],
    ['(a; { b; }) | c', 'a b c'],
    ['! a || time b &', 'a b'],
    ['echo $((1 + $(a))) `b`', 'echo a b'],
    ['cat <<EOF\n$(a) `b`\nEOF', 'cat a b'],
    ['[[ $(a) == b ]]', 'a'],
    ["echo 'a; b' # c\n# d", 'echo'],
    ["cat <<'EOF'\n$(a)\nEOF", 'cat'],
    ['sudo -E -u root env -i A=1 nice -n 5 /usr/bin/npm ci', 'npm'],
    ['timeout -k 5 10 stdbuf -oL npm ci', 'npm'],
    ['xargs -n 1 -0 npm ci', 'npm'],
    ['command -v npm', 'command'],
    ['exec npm ci', 'npm'],
    ['"npm" ci; n\\pm ci', 'npm npm'],
    ['$CMD a; "${X}/bin/foo" b', '$CMD foo'],
    ['A=1', ''],
    ['coproc a; select x in y; do b; done', 'a b'],
  ])('%j → %s', (text, names) => {
    expect(
      commands(text)
        .map(({ name }) => name)
        .join(' '),
    ).toBe(names);
  });

  test('words have their text, span and quoting', () => {
    const text = `npm run "a $B" 'c' d\\ e ${X}f {g,h} "i"`;
    const [npm] = commands(text);
    expect(
      npm?.words.map((word) => [word.text, word.quoted, word.isLiteral, text.slice(word.start, word.end)]),
    ).toEqual([
      ['npm', false, true, 'npm'],
      ['run', false, true, 'run'],
      ['a $B', true, false, '"a $B"'],
      ['c', true, true, "'c'"],
      ['d e', false, true, 'd\\ e'],
      ['xxxxxxxxf', false, true, `${X}f`],
      ['{g,h}', false, false, '{g,h}'],
      ['i', true, true, '"i"'],
    ]);
  });

  test('what stands before a command is kept apart', () => {
    const [npm] = commands('A=1 sudo -E B=2 npm ci');
    expect(npm?.words.map(({ text }) => text)).toEqual(['npm', 'ci']);
    expect(npm?.prefix.map(({ text }) => text)).toEqual(['sudo', '-E', 'B=2']);
    expect(npm?.assignments.map(({ name, value }) => [name, value?.text])).toEqual([
      ['A', '1'],
      ['B', '2'],
    ]);
  });

  test('redirections of groups count for the commands in them, not for substitutions', () => {
    const found = commands('{ echo a; b >> own; echo $(c); { d; } >> in; } >> "$GITHUB_ENV"');
    expect(
      found.map(({ name, redirections }) => [
        name,
        redirections.map(({ operator, target }) => operator + target?.text),
      ]),
    ).toEqual([
      ['echo', ['>>$GITHUB_ENV']],
      ['b', ['>>own', '>>$GITHUB_ENV']],
      ['echo', ['>>$GITHUB_ENV']],
      ['c', []],
      ['d', ['>>in', '>>$GITHUB_ENV']],
    ]);
  });

  test('here-documents have their body', () => {
    const text = 'cat > f <<EOF\na $B\nEOF\n';
    const [cat] = commands(text);
    const body = cat?.redirections.find(({ operator }) => operator === '<<')?.body;
    expect(body).toMatchObject({ text: 'a $B\n', quoted: false });
    expect(text.slice(body?.start, body?.end)).toBe('a $B\n');
    expect(cat?.redirections.map(({ operator, target }) => [operator, target?.text])).toEqual([
      ['>', 'f'],
      ['<<', undefined],
    ]);
  });

  test('pipelines are known by id and position', () => {
    const found = commands('a | { b; c | d; } | e; f');
    const ids = new Map<number, string[]>();
    for (const { name, pipeline } of found) {
      ids.set(pipeline.id, [...(ids.get(pipeline.id) ?? []), `${name}${pipeline.position}/${pipeline.length}`]);
    }
    expect([...ids.values()]).toEqual([['a0/3', 'b1/3', 'e2/3'], ['c0/2', 'd1/2'], ['f0/1']]);
  });

  test('in a substitution with escaped backticks, places are those of the substitution', () => {
    const text = 'echo `a \\`b c\\`` d';
    const found = commands(text);
    expect(found.map(({ name, start, end }) => [name, text.slice(start, end)])).toEqual([
      ['echo', text],
      ['a', '`a \\`b c\\``'],
      ['b', '`a \\`b c\\``'],
    ]);
  });

  test('an expression of several lines keeps its line breaks', () => {
    const text = 'echo ${{ a ||\n b }} c';
    expect(parseBash(text, findExpressions(text))?.commands[0]?.words.length).toBe(2);
  });
});

describe('scripts that can not be parsed', () => {
  /** bash runs what stands before the error: an error must not hide a command. */
  test.each(['npm ci\nfi', 'npm ci\necho "open', 'npm ci\necho $(open', 'echo "$(npm ci; fi)"'])(
    '%j keeps its commands',
    (text) => {
      const parsed = script(text);
      expect(parsed.isBroken).toBe(true);
      expect(parsed.commands.map(({ name }) => name)).toContain('npm');
      expect(parsed.quotingAt(1)).toBe('unknown');
    },
  );

  test('over 64 KB nothing is known', () => {
    expect(parseBash('a'.repeat(64 * 1024 + 1), [])).toBeNull();
  });

  test.each(['"$(', '"${a:-', 'a|', '((1+'])('endless %j ends in under two seconds', (unit) => {
    const text = unit.repeat(Math.floor((64 * 1024) / unit.length));
    const start = process.cpuUsage();
    const parsed = parseBash(text, []);
    parsed?.quotingAt(100);
    parsed?.insideInterpreter(100);
    expect(process.cpuUsage(start).user).toBeLessThan(2_000_000);
  });
});
