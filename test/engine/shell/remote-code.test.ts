import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { remoteExecutions } from '../../../src/engine/model/remote-execution.ts';
import { loadPowerShell } from '../../../src/engine/shell/powershell.ts';
import { jobOf } from '../given.ts';

/** Protects the jobs that run what they download: every way in which a shell hands over what it fetched, and none in which it doesn't. */

const { resolve } = createRequire(import.meta.url);
beforeAll(async () => {
  await loadPowerShell({
    runtime: new Uint8Array(readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm'))),
    grammar: new Uint8Array(readFileSync(resolve('tree-sitter-powershell/tree-sitter-powershell.wasm'))),
  });
});

function urls(run: string, shell = 'bash'): readonly string[] {
  const text = run.replaceAll('\n', '\n          ');
  const job = jobOf(
    `on: push\njobs:\n  a:\n    runs-on: x\n    env: { URL: https://e.x/env }\n    steps:\n      - shell: ${shell}\n        run: |\n          ${text}\n`,
  );
  const script = job.steps[0]?.script;
  if (!script) throw new Error('no script');
  return remoteExecutions(script).map(({ url }) => url);
}

const U = 'https://e.x/i';

describe('bash', () => {
  test.each([
    `curl -fsSL ${U} | sh`,
    `curl ${U} | sudo -E bash -s -- -y`,
    `curl ${U} | bash -o pipefail`,
    `wget -qO- ${U} | /bin/bash`,
    `wget --output-document=- ${U} | tee log | sh -x`,
    `(curl -s ${U} || exit 1) | sh`,
    `curl ${U} | python3`,
    `curl ${U} | node -`,
    `curl ${U} | perl - --self-upgrade`,
    `curl ${U} | docker exec -i c bash`,
    `curl ${U} | ssh host sh`,
    `bash <(curl ${U}) --flag`,
    `source <(curl ${U})`,
    `. /dev/stdin <<< "$(curl ${U})"`,
    `bash < <(curl ${U})`,
    `sh -c "$(curl ${U})"`,
    `sudo bash -ec "$(wget -O - ${U})"`,
    `su - me -c "$(curl ${U})"`,
    `python3 -c "$(curl ${U})"`,
    `eval "$(curl ${U} | sed s/a/b/)"`,
    `eval \`curl ${U}\``,
    `echo "$(curl ${U})" | sh`,
    `X=$(curl ${U})\neval "$X"`,
    `X=$(curl ${U})\nbash -c "$X"`,
    `X=$(curl ${U}); printf %s "\${X}" | sh`,
    `if true; then\n  curl ${U} | sh\nfi`,
    `bash -c 'curl ${U} | sh'`,
    `docker run a sh -ec 'apk add curl && curl ${U} | sh'`,
    `ssh host 'curl ${U} | sh'`,
    `bash <<'EOF'\ncurl ${U} | sh\nEOF`,
    `curl -o i.sh ${U}\nsh i.sh`,
    `curl ${U} -fsSLo /tmp/i.sh && bash -e /tmp/i.sh`,
    `curl --output ./i.sh ${U}; chmod u+x i.sh; ./i.sh`,
    `curl ${U} > i.sh && . ./i.sh`,
    `curl -O ${U}; sudo install -m 755 i /usr/local/bin`,
    `wget ${U}\nmv i tool\nchmod 755 tool`,
    `curl ${U} | sudo tee run.sh\nbash run.sh`,
    `curl -Lo x.deb ${U}\nsudo dpkg -i x.deb`,
    `curl -Lo x.deb ${U}\nsudo apt-get install -y ./x.deb`,
    `deno run --allow-net ${U}`,
    `gh api ${U} --jq .content | base64 -d | bash`,
    `gh release download v1 -R ${U} -p tool\nchmod +x tool`,
  ])('%s', (run) => {
    expect(urls(run)).toEqual([U]);
  });

  test.each([
    `curl ${U} | jq .`,
    `gh api ${U} | jq .`,
    `gh release download v1 -p data.json && jq . data.json`,
    `curl ${U} | tar xz -C bin`,
    `curl ${U} | python3 -m json.tool`,
    `curl ${U} | python3 -c 'print(1)'`,
    `curl ${U} | perl -ne 'print'`,
    `curl ${U} | bash build.sh`,
    `curl ${U} | bash -c 'cat > x'`,
    `curl -o data ${U} && bash build.sh data`,
    `V=$(curl ${U})\nbash -c "echo $V"`,
    `V=$(curl ${U})\n./build.sh "$V"`,
    `sh -c 'echo curl' ; curl ${U}`,
    `curl -o i.sh ${U}\nsha256sum -c sums\nsh i.sh`,
    `curl -o i.sh ${U}\ncosign verify-blob --signature s i.sh && sh i.sh`,
    `curl -o i.sh ${U}\nopenssl dgst -verify k -signature s i.sh\nsh i.sh`,
    `bash i.sh\ncurl -o i.sh ${U}`,
    `curl https://e.x/18283e04ce6e62d37312384ff67231eb8fd56d24/i | sh`,
    'curl http://127.0.0.1/i | sh',
    `cat <<'EOF' > readme\ncurl ${U} | sh\nEOF`,
    `echo 'curl ${U} | sh'`,
    'deno run main.ts https://e.x',
  ])('not %s', (run) => {
    expect(urls(run).filter((url) => url !== 'https://e.x')).toEqual([]);
  });

  test('variables of the script and of env are put in', () => {
    expect(urls('curl "$URL/a" | sh')).toEqual(['https://e.x/env/a']);
    expect(urls('curl $' + '{{ env.URL }}/a | sh')).toEqual(['https://e.x/env/a']);
    expect(urls('B=https://e.x/b\ncurl "${B}/c" | sh')).toEqual(['https://e.x/b/c']);
    expect(urls('curl "$OTHER" | sh')).toEqual(['$OTHER']);
  });
});

describe('cmd, by what it has in common with bash', () => {
  test.each([
    `curl -o i.bat ${U} && i.bat`,
    `curl -o i.exe ${U}\n.\\i.exe /S`,
    `@echo off\nREM it's fine\npowershell -Command "irm ${U} | iex"`,
  ])('%s', (run) => {
    expect(urls(run, 'cmd')).toEqual([U]);
  });
  test('not a comment', () => {
    expect(urls(`rem curl ${U} | sh\n:: curl ${U} | sh\necho x`, 'cmd')).toEqual([]);
  });
});

describe('PowerShell', () => {
  test.each([
    `irm ${U} | iex`,
    `iwr -useb '${U}' | Invoke-Expression`,
    `(irm -Uri "${U}") | iex`,
    `iex (irm ${U})`,
    `iex "& { $(irm ${U}) } -Yes"`,
    `iex ((New-Object System.Net.WebClient).DownloadString('${U}'))`,
    `(New-Object Net.WebClient).DownloadString('${U}') | iex`,
    `& ([scriptblock]::Create((irm ${U})))`,
    `$s = irm ${U}\nInvoke-Expression $s`,
    `Invoke-WebRequest -Uri ${U} -OutFile i.ps1\n.\\i.ps1 -Quiet`,
    `iwr ${U} -OutFile i.ps1\n./i.ps1`,
    `Invoke-WebRequest ${U} -OutFile "$env:TEMP\\i.exe"\n& "$env:TEMP\\i.exe" /S`,
    `curl.exe -o i.exe ${U}; Start-Process -FilePath i.exe -Wait`,
    `Start-BitsTransfer -Source ${U} -Destination i.msi\nmsiexec /i i.msi`,
    `curl -sSf ${U} -o r.exe\n.\\r.exe -y`,
  ])('%s', (run) => {
    expect(urls(run, 'pwsh')).toEqual([U]);
  });

  test.each([
    `$j = irm ${U}\nWrite-Output $j.name`,
    `iwr ${U} -OutFile i.exe\nif ((Get-FileHash i.exe).Hash -ne $env:SUM) { exit 1 }\n./i.exe`,
    `iwr ${U} -OutFile i.zip\nExpand-Archive i.zip`,
    `Write-Output "irm ${U} | iex"`,
  ])('not %s', (run) => {
    expect(urls(run, 'pwsh')).toEqual([]);
  });
});
