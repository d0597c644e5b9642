import { runnerVariables } from '../../knowledge/attacker-contexts.ts';
import { plainField, remoteTexts } from '../../knowledge/command-texts.ts';
import { ExpressionError, parseExpression } from '../expression/parse.ts';
import type { Step } from '../model/step.ts';
import type { Text } from '../model/text.ts';
import type { Range } from '../yaml/tree.ts';
import { environmentSources } from './environment.ts';
import { foreignFilesBefore } from './foreign-files.ts';
import { literalsAt } from './javascript.ts';
import { distinct, MAX_TRAIL, type Source, sourcesOf, unknown } from './sources.ts';

/** What a value in JavaScript (or Python) carries: expressions, the event's payload, variables, answers of GitHub's API. */
export function javascriptSources(text: Text, range: Range, trail: readonly unknown[]): readonly Source[] {
  const step = text.site.owner.kind === 'step' ? text.site.owner : null;
  if (!step || trail.length > MAX_TRAIL) return [];
  const reading = { owner: step, isEnv: false, trail };
  const inside = text.expressions.filter(({ from, to }) => range.start <= from && to <= range.end);
  const code = text.value.slice(range.start, range.end);
  return distinct([
    ...inside.flatMap(({ tree }) => (tree ? sourcesOf(tree, reading) : [])),
    ...codeSources(step, text.value, code, 0, trail),
  ]);
}

/** How many `const a = b` are followed. */
const MAX_HOPS = 8;

function codeSources(
  step: Step,
  all: string,
  code: string,
  hops: number,
  trail: readonly unknown[],
): readonly Source[] {
  const found: Source[] = [...readSources(step, code), ...askedVariables(step, code, trail)];
  for (const { path, whole } of pathsIn(code, step.script?.shell === 'python')) {
    const direct = pathSources(step, path, whole, trail);
    if (direct) found.push(...direct);
    else if (hops < MAX_HOPS) found.push(...declaredSources(step, all, path, hops, trail));
  }
  return found;
}

/** `os.environ.get('TITLE')`, `os.getenv("TITLE")`. */
function askedVariables(step: Step, code: string, trail: readonly unknown[]): readonly Source[] {
  const calls = code.matchAll(/\bos\.(?:environ\.get|getenv)\(\s*['"](\w+)['"]/g);
  return [...calls].flatMap(([, name = '']) => environmentSources(step, name, trail) ?? runnerText(step, name));
}

/** `fs.readFileSync('pr.txt')`, `open('pr.txt').read()`: what an outsider's file says. */
function readSources(step: Step, code: string): readonly Source[] {
  const [, name] = /\b(readFile(?:Sync)?|open)\s*\(/.exec(code) ?? [];
  const [files] = name === undefined ? [] : foreignFilesBefore(step);
  if (!files || name === undefined) return [];
  const { events, confidence } = files;
  return [{ kind: 'text', name: `${name}(…)`, text: 'arbitrary', author: 'outsider', confidence, events }];
}

/** Names with what stands behind them: `context.payload.issue.title`, `pr.data.head.ref`; what is in strings left out. */
function pathsIn(code: string, isPython: boolean): readonly { readonly path: string; readonly whole: string }[] {
  const matches = [...code.slice(0, MAX_CODE).matchAll(PATHS)].slice(0, MAX_PATHS);
  const literals = literalsAt(
    code,
    matches.map(({ index }) => index),
  );
  return matches.flatMap((match, at) => {
    // In Python an f-string's names stand in quotes.
    const literal = isPython ? 'code' : (literals?.[at]?.quote ?? 'code');
    const path = match[0].replaceAll('?.', '.').replace(/\[['"](\w+)['"]\]/g, '.$1');
    return literal === 'code'
      ? [{ path, whole: code.slice(match.index + match[0].length, match.index + match[0].length + 30) }]
      : [];
  });
}

const PATHS = /(?<![\w$.'"])[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*|\[['"]\w+['"]\])*/g;
const MAX_PATHS = 64;
const MAX_CODE = 10_000;

/** Functions behind a text that let nothing harmful through. */
const CLEANERS =
  /^\s*(?:\.length\b|\.(?:includes|startsWith|endsWith|test|indexOf|some|every)\(|\s*[!=]==?|\s*\?(?![.?]))/;

function pathSources(step: Step, path: string, behind: string, trail: readonly unknown[]): readonly Source[] | null {
  if (CLEANERS.test(behind) || /\.(?:length|includes|startsWith|endsWith|indexOf|some|every|test)$/.test(path))
    return [];
  const [, payload] = /^(?:github\.)?context\.payload\.(.+)$/.exec(path) ?? [];
  if (payload !== undefined) return contextSources(step, `github.event.${methodsOff(payload)}`);
  const [, variable] = /^(?:process\.env|os\.environ)\.(\w+)/.exec(path) ?? [];
  if (variable !== undefined) return environmentSources(step, variable, trail) ?? runnerText(step, variable);
  const last = path.slice(path.lastIndexOf('.') + 1);
  if (plainField.test(last)) return [];
  if (/^(?:github\.)?context\.(?:repo|issue|sha|runId|job|eventName)/.test(path)) return [];
  return null;
}

/** `title.trim` is the title. */
function methodsOff(path: string): string {
  return path.replace(
    /\.(?:trim|toString|toLowerCase|toUpperCase|slice|substring|split|replace|replaceAll|match|concat|padEnd)$/,
    '',
  );
}

function contextSources(step: Step, path: string): readonly Source[] {
  const parsed = parseExpression(path);
  if (parsed instanceof ExpressionError) return [unknown(path)];
  return sourcesOf(parsed, { owner: step, isEnv: false, trail: [] });
}

function runnerText(step: Step, name: string): readonly Source[] {
  const path = Object.entries(runnerVariables).find(([, variable]) => variable === name)?.[0];
  return path === undefined ? [] : contextSources(step, path);
}

/** Of each name once: constants that hold each other twice and more would take exponential time. */
function declaredSources(
  step: Step,
  all: string,
  path: string,
  hops: number,
  trail: readonly unknown[],
): readonly Source[] {
  const names = declared.get(step) ?? new Map<string, readonly Source[]>();
  declared.set(step, names);
  const before = names.get(path);
  if (before) return before;
  names.set(path, []);
  const found = distinct(readDeclared(step, all, path, hops, trail));
  names.set(path, found);
  return found;
}

const declared = new WeakMap<Step, Map<string, readonly Source[]>>();

/** What the first name of a path was declared as; of GitHub's answers, what the last name says. */
function readDeclared(
  step: Step,
  all: string,
  path: string,
  hops: number,
  trail: readonly unknown[],
): readonly Source[] {
  const [first = '', ...rest] = methodsOff(path).split('.');
  const value = declarationOf(all, first);
  if (value === null) return [];
  const isAnswer = /\b(?:github|octokit)\.(?:rest|request|graphql|paginate|issues|pulls|repos)\b/.test(value);
  if (isAnswer) return answerSources(path, rest.at(-1) ?? '');
  const payload = /^(?:github\.)?context\.payload(\.[\w.]+)?\s*;?$/.exec(value.trim().replaceAll('?.', '.'));
  if (payload)
    return contextSources(
      step,
      ['github.event', (payload[1] ?? '').slice(1), ...rest].filter((one) => one !== '').join('.'),
    );
  return codeSources(step, all, value, hops + 1, trail);
}

function answerSources(path: string, last: string): readonly Source[] {
  const text = Object.hasOwn(remoteTexts, last) ? remoteTexts[last] : undefined;
  if (text === undefined) return [unknown(path)];
  return [{ kind: 'text', name: path, text, author: 'outsider', confidence: 'medium', events: null }];
}

function declarationOf(code: string, name: string): string | null {
  if (!/^[\w$]+$/.test(name) || name.length > 40) return null;
  const escaped = name.replaceAll('$', '\\$');
  const value = '\\s*=\\s*([^;\\n]{1,300})';
  const plain = new RegExp(`(?:(?:const|let|var)\\s+|^\\s*)${escaped}${value}`, 'm').exec(code);
  if (plain) return plain[1] ?? null;
  const parts = new RegExp(`\\{([^{}=]{0,120}\\b${escaped}\\b[^}=]{0,120})\\}${value}`).exec(code);
  if (!parts) return null;
  // `const { data: pull } = …`: pull is its data.
  const renamed = new RegExp(`(\\w+)\\s*:\\s*${escaped}\\b`).exec(parts[1] ?? '');
  return `${(parts[2] ?? '').trim()}.${renamed?.[1] ?? name}`;
}
