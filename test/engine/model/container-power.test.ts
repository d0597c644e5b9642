import { expect, test } from '@jest/globals';
import { containerPowers, dockerPowers } from '../../../src/engine/model/container-power.ts';
import { jobOf, written } from '../given.ts';

/** Protects hosts: every spelling of a way to them is seen, and what containers commonly need is not blamed. */

const container = (lines: string) => {
  const job = jobOf(
    `on: push\njobs:\n  a:\n    runs-on: self-hosted\n    container:\n      image: x\n      ${lines}\n    steps: []\n`,
  );
  return job.container ? containerPowers(job.container).map(({ at }) => written(at)) : [];
};

test.each<[string, readonly string[]]>([
  ['options: --privileged', ['--privileged']],
  ['options: --cpus 1 --privileged=true --rm', ['--privileged=true']],
  ['options: --privileged=false', []],
  ['options: --cap-add=sys_admin', ['--cap-add=sys_admin']],
  ['options: --cap-add CAP_SYS_ADMIN', ['--cap-add CAP_SYS_ADMIN']],
  ['options: --cap-add NET_BIND_SERVICE', []],
  ['options: --pid host --network=bridge', ['--pid host']],
  ['options: --net=host', ['--net=host']],
  ['options: --device=/dev/sda', ['--device=/dev/sda']],
  ['options: --device /dev/fuse --gpus all', []],
  ['options: --security-opt seccomp=unconfined', ['--security-opt seccomp=unconfined']],
  ['options: -v /var/run/docker.sock:/var/run/docker.sock:ro', ['-v /var/run/docker.sock:/var/run/docker.sock:ro']],
  ['options: --volume=/:/host', ['--volume=/:/host']],
  ['options: -v /opt/cache:/cache', []],
  [
    'options: --mount type=bind,source=/run/docker.sock,target=/x',
    ['--mount type=bind,source=/run/docker.sock,target=/x'],
  ],
  ['options: --mount type=volume,source=data,target=/x', []],
  ['volumes: ["/etc:/etc", data:/data]', ['"/etc:/etc"']],
])('%s', (lines, expected) => {
  expect(container(lines)).toEqual(expected);
});

test.each<[string, number]>([
  ['docker run --privileged x', 1],
  ['sudo podman run --rm --pid=host x', 1],
  ['docker container run -v /:/h x', 1],
  ['docker create --privileged x', 1],
  ['docker build --network=host .', 0],
  ['docker run --privileged --rm tonistiigi/binfmt --install all', 0],
  ['# docker run --privileged x', 0],
  ['echo docker run --privileged', 0],
])('%s', (script, count) => {
  const job = jobOf(
    `on: push\njobs:\n  a:\n    runs-on: self-hosted\n    steps:\n      - run: |\n          ${script}\n`,
  );
  expect(job.steps.flatMap((step) => (step.script ? dockerPowers(step.script) : []))).toHaveLength(count);
});
