import { CONTAINER_POWERS, HOST_PATHS, SETUP_IMAGES } from '../../knowledge/container-powers.ts';
import type { ShellCommand } from '../shell/script.ts';
import type { Container } from './container.ts';
import { scalarsOf } from './nodes.ts';
import type { Script } from './script.ts';
import type { Located } from './source.ts';

/** Something of the host that a container is given. */
export interface ContainerPower {
  readonly at: Located;
  /** As written: `--privileged`. */
  readonly what: string;
  /** For a message: `all rights of the host`. */
  readonly gives: string;
  /** It ends all separation from the host. */
  readonly isWhole: boolean;
}

interface Word {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** What a job's container or service is given of the host, by its options and volumes. */
export function containerPowers({ job, name, options }: Container): readonly ContainerPower[] {
  const words = [...(options?.value ?? '').matchAll(/\S+/g)].map(({ 0: text, index }) => ({
    text: text.replace(/^(['"])(.*)\1$/, '$2'),
    from: index,
    to: index + text.length,
  }));
  const byOption = powersOf(words).map(({ from, to, ...power }) => ({
    ...power,
    at: options ? options.span(from, to) : job,
  }));
  const path = name === '' ? ['container', 'volumes'] : ['services', name, 'volumes'];
  const volumes = scalarsOf(job.find(...path)).flatMap((scalar) => job.textOf(scalar) ?? []);
  const byVolume = volumes.flatMap((text) => {
    const power = mounted(text.value);
    return power ? [{ ...power, at: text }] : [];
  });
  return [...byOption, ...byVolume];
}

/** What a script's `docker run` gives to a container, those that set up emulation left out. */
export function dockerPowers(script: Script): readonly ContainerPower[] {
  return script.commands.filter(isRun).flatMap(({ words }) => {
    if (words.some(({ text }) => SETUP_IMAGES.test(text))) return [];
    const found = powersOf(words.map(({ text, start, end }) => ({ text, from: start, to: end })));
    return found.map(({ from, to, ...power }) => ({ ...power, at: script.text.span(from, to) }));
  });
}

function isRun({ name, words }: ShellCommand): boolean {
  return (
    /^(docker|podman|nerdctl)$/.test(name) && words.slice(1, 4).some(({ text }) => text === 'run' || text === 'create')
  );
}

function powersOf(words: readonly Word[]) {
  return words.flatMap(({ text, from, to }, index) => {
    const [option = '', ...rest] = text.split('=');
    const next = words[index + 1];
    const takesNext = rest.length === 0 && option !== '--privileged' && next !== undefined;
    const value = takesNext ? next.text : rest.join('=');
    const span = { from, to: takesNext ? next.to : to, what: takesNext ? `${text} ${next.text}` : text };
    if (option === '-v' || option === '--volume') {
      const power = mounted(value);
      return power ? [{ ...power, ...span }] : [];
    }
    if (option === '--mount') {
      const power = mounted(/(?:^|,)(?:source|src)=([^,]*)/.exec(value)?.[1] ?? '');
      return power ? [{ ...power, ...span }] : [];
    }
    const row = CONTAINER_POWERS.find((one) => one.option.test(option) && (one.value?.test(value) ?? true));
    return row ? [{ gives: row.gives, isWhole: row.isWhole, ...span }] : [];
  });
}

/** `/var/run/docker.sock:/var/run/docker.sock`. */
function mounted(volume: string): { readonly what: string; readonly gives: string; readonly isWhole: boolean } | null {
  const [source = ''] = volume.split(':');
  if (!source.startsWith('/') || !HOST_PATHS.test(source)) return null;
  const isSocket = source.endsWith('.sock');
  return { what: volume, gives: isSocket ? 'the host’s container engine' : 'the host’s files', isWhole: true };
}
