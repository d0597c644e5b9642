import type { Located } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import type { Text } from '../model/text.ts';
import { secretsOfText } from './secret-values.ts';
import { expressionValue, type SecretValue, worstOf } from './secret-words.ts';

/** A line of JavaScript, Python or Ruby that prints a secret. */
interface Printed {
  readonly at: Located;
  readonly value: SecretValue;
}

/** Longer code is no glue, and each line is searched. In UTF-16 units. */
const MAX_CODE = 65_536;
const PRINTS =
  /(?:console\.(?:log|info|warn|error|debug|dir)|core\.(?:info|notice|warning|debug|error|setFailed|summary\.addRaw)|(?:process|sys)\.std(?:out|err)\.write|\bprint|\bpprint|\bputs)\s*\(?(.*)/;
const ASSIGNS = /^\s*(?:const |let |var )?([A-Za-z_]\w*)\s*=\s*(?!=)(.+)$/;
const VARIABLE =
  /(?:process\.env|ENV|os\.environ)(?:\.get\()?(?:\.|\[?\s*['"`])(\w+)|os\.getenv\(\s*['"](\w+)|process\.env\.(\w+)/g;
/** Ways to write a value otherwise. */
const TRANSFORM =
  /base64|\.(?:slice|substring|substr|split|replace|replaceAll|reverse|encode|hex|join|charAt)\(|\[-?\d*:|\[::|reversed\(|btoa\(|atob\(|JSON\.parse|json\.loads|encodeURI|quote\(|hexlify|\.toString\(\s*['"]/;
/** Only whether it is there, or how long it is. */
const HARMLESS = /\.length\b|\blen\(|!!|\bbool\(|Boolean\(|typeof|\?\s*['"`]/;

/** Lines of a step's code in another language than a shell's that print a secret: github-script's, `shell: python`, `node -e`. */
export function printedInCode(step: Step): readonly Printed[] {
  if (step.script?.shell === 'cmd') return printedByCmd(step, step.script.text);
  const text = codeOf(step);
  if (!text || text.value.length > MAX_CODE || !/secrets|env|token/i.test(text.value)) return [];
  const variables = new Map<string, SecretValue | null>();
  const found: Printed[] = [];
  let at = 0;
  for (const line of text.value.split('\n')) {
    const [, target, right] = ASSIGNS.exec(line) ?? [];
    if (target && right && variables.size < MAX_VARIABLES)
      variables.set(target, heldBy(step, text, at, line, variables));
    const printed = PRINTS.exec(line);
    const isMask = /setSecret|add-mask/.test(line);
    const value =
      printed && !isMask ? heldBy(step, text, at + (printed.index ?? 0), line.slice(printed.index), variables) : null;
    if (isMask)
      for (const name of variables.keys()) if (new RegExp(`\\b${name}\\b`).test(line)) variables.set(name, null);
    if (value) found.push({ at: text.span(at + (printed?.index ?? 0), at + line.trimEnd().length), value });
    at += line.length + 1;
  }
  return found;
}

/** `echo %TOKEN:~0,4%`: lines of a shell that has no parser here. */
function printedByCmd(step: Step, text: Text): readonly Printed[] {
  return [...text.value.matchAll(/^[ \t]*@?echo\b[^\n]*/gim)].flatMap(({ 0: line, index }): readonly Printed[] => {
    if (/[>|]|::add-mask::/.test(line)) return [];
    const value = worstOf(
      [...line.matchAll(/%(\w+)(:[^%\n]*)?%/g)].map(({ 0: written, 1: name = '', 2: part }): SecretValue | null => {
        const given = step.variable(name);
        const names = given ? secretsOfText(given.text) : [];
        if (names.length === 0) return null;
        return part ? { kind: 'derived', names, by: written } : { kind: 'known', names, by: '' };
      }),
    );
    return value ? [{ at: text.span(index, index + line.length), value }] : [];
  });
}

/** A request of a step's code with a secret in it. */
interface Sent {
  readonly at: Located;
  readonly value: SecretValue;
  readonly host: string;
  readonly how: 'body';
}

const SENDS =
  /(?:\bfetch|\baxios(?:\.\w+)?|\brequests\.\w+|\burlopen|\bRequest|\bhttps?\.(?:get|request)|\bgot(?:\.\w+)?|\bhttpx\.\w+|\bNet::HTTP\.\w+)\s*\(/g;
/** A call with all its arguments is seldom longer. */
const MAX_CALL = 1_000;

/** Requests that JavaScript, Python or Ruby makes with a secret of the step's variables, to an address that is written out. */
export function sentInCode(step: Step): readonly Sent[] {
  const text = codeOf(step);
  if (!text || text.value.length > MAX_CODE) return [];
  const variables = new Map<string, SecretValue | null>();
  let at = 0;
  for (const line of text.value.split('\n')) {
    const [, target, right] = ASSIGNS.exec(line) ?? [];
    if (target && right && variables.size < MAX_VARIABLES)
      variables.set(target, heldBy(step, text, at, line, variables));
    at += line.length + 1;
  }
  return [...text.value.matchAll(SENDS)].slice(0, MAX_CALLS).flatMap(({ index }): readonly Sent[] => {
    const call = text.value.slice(index, index + MAX_CALL).split(/\n\s*\n|\);?\s*\n/)[0] ?? '';
    const [, host] = /['"`]https?:\/\/(?:[^@/'"`]*@)?([\w.-]+)/.exec(call) ?? [];
    const value = host ? heldBy(step, text, index, call, variables) : null;
    return host && value
      ? [
          {
            at: text.span(index, index + (call.split('\n')[0] ?? '').length),
            value,
            host: host.toLowerCase(),
            how: 'body',
          },
        ]
      : [];
  });
}

const MAX_CALLS = 100;
/** Each line is searched for each of them. */
const MAX_VARIABLES = 64;

/** A constant, since lists are prepared once. */
const GITHUB_SCRIPT = ['actions/github-script'];

function codeOf(step: Step): Text | null {
  const { script, uses } = step;
  if (script)
    return /^(?:python|node|ruby|deno)/.test(step.shell?.value ?? '') || INLINE.test(script.value) ? script.text : null;
  return uses?.matches(GITHUB_SCRIPT) ? step.with('script') : null;
}

const INLINE = /\b(?:python3?|node|ruby|deno) (?:-[a-z]+ )*(?:-[ce]|eval|-|<<)/;

function heldBy(
  step: Step,
  text: Text,
  from: number,
  line: string,
  variables: ReadonlyMap<string, SecretValue | null>,
): SecretValue | null {
  if (HARMLESS.test(line)) return null;
  const names = [...line.matchAll(VARIABLE)].flatMap(({ 1: a, 2: b, 3: c }) => a ?? b ?? c ?? []);
  const given = names.map((name): SecretValue | null => {
    const variable = step.variable(name);
    const secrets = variable ? secretsOfText(variable.text) : [];
    return secrets.length > 0 ? { kind: 'known', names: secrets, by: '' } : null;
  });
  const own = [...variables].filter(([name]) =>
    new RegExp(`\\b${name}\\b`).test(line.replace(/^\s*(?:const|let|var)?\s*\w+\s*=/, '')),
  );
  const expanded = text.expressions
    .filter((one) => from <= one.from && one.to <= from + line.length)
    .map(expressionValue);
  const value = worstOf([...given, ...own.map(([, held]) => held), ...expanded]);
  const by = TRANSFORM.exec(line)?.[0].replace(/[^\w]/g, '');
  return value?.kind === 'known' && by !== undefined ? { ...value, kind: 'derived', by: by || 'a slice' } : value;
}
