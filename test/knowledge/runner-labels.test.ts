import { describe, expect, test } from '@jest/globals';
import { runnerKindOf, runnerSystemOf } from '../../src/knowledge/runner-labels.ts';

describe('whose machine a label names', () => {
  test.each([
    ['ubuntu-latest', 'hosted', 'linux'],
    ['Ubuntu-24.04', 'hosted', 'linux'],
    ['ubuntu-26.04-arm', 'hosted', 'linux'],
    ['ubuntu-slim', 'hosted', 'linux'],
    ['windows-2025', 'hosted', 'windows'],
    ['windows-11-arm', 'hosted', 'windows'],
    ['macos-15-intel', 'hosted', 'macos'],
    ['macos-latest-xlarge', 'hosted', 'macos'],
    ['depot-ubuntu-24.04-arm-16', 'managed', 'linux'],
    ['namespace-profile-windows-2022-x86-64-4', 'managed', 'windows'],
    ['nscloud-macos-sonoma-arm64-6x14', 'managed', 'macos'],
    ['warp-ubuntu-latest-x64-4x', 'managed', 'linux'],
    ['ubicloud', 'managed', null],
    ['runs-on=123/runner=2cpu-linux-x64', 'managed', 'linux'],
    ['codebuild-build-123-1', 'managed', null],
    ['self-hosted', 'self-hosted', null],
    ['Linux', 'self-hosted', 'linux'],
    ['ARM64', 'self-hosted', null],
    ['github-ubuntu-24.04-x86_64-8', 'unknown', 'linux'],
    ['ubuntu-latest-16-cores', 'unknown', 'linux'],
    ['gpu', 'unknown', null],
    ['darwin', 'unknown', null],
  ])('%s: %s', (label, kind, system) => {
    expect(runnerKindOf(label)).toBe(kind);
    expect(runnerSystemOf(label)).toBe(system);
  });
});
