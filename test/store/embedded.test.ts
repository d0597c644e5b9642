import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { temporaryFolder } from '../../simulator/temporary-folder.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { readPostmaster } from '../../src/store/postmaster.ts';
import { serverUser } from '../../src/store/server-user.ts';
import { killAll, startProcess } from '../queue/processes.ts';

// Servers are made, killed and recovered here: seconds alone, many on a busy machine.
jest.setTimeout(60_000);

let folder: string;
let dataFolder: string;

beforeAll(() => {
  folder = temporaryFolder();
  dataFolder = join(folder, 'data');
});
afterAll(async () => {
  await killAll();
  rmSync(folder, { recursive: true, force: true });
});

function open(): Promise<Database> {
  return openDatabase({ dataFolder, databaseUrl: null });
}

async function serverPid(): Promise<number | undefined> {
  return (await readPostmaster(join(dataFolder, 'server')))?.pid;
}

async function note(database: Database, key: number): Promise<void> {
  await database.pool.query('insert into gargoyle.pull (repository_id, pull, generation) values (1, $1, 1)', [key]);
}

async function notes(database: Database): Promise<readonly number[]> {
  const { rows } = await database.pool.query<{ pull: string }>('select pull from gargoyle.pull order by pull');
  return rows.map((row) => Number(row.pull));
}

test('two that start at once share one server, which stops with the last of them', async () => {
  const [one, two] = await Promise.all([open(), open()]);
  const pid = await serverPid();
  await note(one, 1);
  await one.close();
  expect(await notes(two)).toEqual([1]);
  expect(await serverPid()).toBe(pid);
  await two.close();
  expect(await serverPid()).toBeUndefined();
});

test('it is for this machine and this folder’s owner only', async () => {
  const database = await open();
  const { rows } = await database.pool.query(
    `select name, setting from pg_settings where name in ('listen_addresses', 'unix_socket_directories', 'fsync') order by name`,
  );
  expect(rows).toEqual([
    { name: 'fsync', setting: 'on' },
    { name: 'listen_addresses', setting: '127.0.0.1' },
    { name: 'unix_socket_directories', setting: '' },
  ]);
  for (const file of ['access.json', 'server.log']) expect(statSync(join(dataFolder, file)).mode & 0o077).toBe(0);
  const { port, password } = JSON.parse(readFileSync(join(dataFolder, 'access.json'), 'utf8'));
  const databaseUrl = `postgres://gargoyle@127.0.0.1:${port}/postgres`;
  await expect(openDatabase({ dataFolder, databaseUrl })).rejects.toThrow(/password/);
  const same = await openDatabase({ dataFolder, databaseUrl: databaseUrl.replace('@', `:${password}@`) });
  expect(await notes(same)).toEqual([1]);
  await same.close();
  await database.close();
});

test('after kill -9 of the process, the server that still runs is adopted, and stopped at the end', async () => {
  const child = startProcess(dataFolder, 'open');
  await child.said('ready');
  const pid = await serverPid();
  await child.kill();
  const database = await open();
  expect(await serverPid()).toBe(pid);
  expect(await notes(database)).toEqual([1]);
  await database.close();
  expect(await serverPid()).toBeUndefined();
});

test('after kill -9 of the server, it recovers what was committed', async () => {
  const before = await open();
  await note(before, 2);
  const pid = await serverPid();
  process.kill(pid ?? 0, 'SIGKILL');
  const database = await open();
  expect(await notes(database)).toEqual([1, 2]);
  expect(await serverPid()).not.toBe(pid);
  await before.close();
  expect(await notes(database)).toEqual([1, 2]);
  await database.close();
});

test('a pid file that names somebody else’s process does not stop it from starting', async () => {
  // Of the server's own user: PostgreSQL itself takes no notice of a process that it may not signal.
  const other = spawn('/bin/sleep', ['300'], (await serverUser()) ?? {});
  const pidFile = join(dataFolder, 'server', 'postmaster.pid');
  writeFileSync(pidFile, `${other.pid}\n${join(dataFolder, 'server')}\n1\n1\n\n127.0.0.1\n0 0\nready\n`);
  const database = await open();
  expect(await notes(database)).toEqual([1, 2]);
  await database.close();
  other.kill();
});

test('when its port was taken meanwhile, it moves to another', async () => {
  const { port } = JSON.parse(readFileSync(join(dataFolder, 'access.json'), 'utf8'));
  const squatter = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
  const database = await open();
  expect(await notes(database)).toEqual([1, 2]);
  expect(JSON.parse(readFileSync(join(dataFolder, 'access.json'), 'utf8')).port).not.toBe(port);
  await database.close();
  squatter.close();
});

test('a database that a newer version wrote is left alone', async () => {
  const database = await open();
  await database.pool.query('insert into gargoyle.migration (number) values (900)');
  await expect(open()).rejects.toThrow(/newer Gargoyle/);
  await database.pool.query('delete from gargoyle.migration where number = 900');
  await database.close();
});

const asRoot = process.getuid?.() === 0 ? test : test.skip;

asRoot('as root, a folder that the server’s user cannot reach is refused with the remedy', async () => {
  const closed = mkdtempSync(join(tmpdir(), 'gargoyle-closed-'));
  chmodSync(closed, 0o700);
  mkdirSync(join(closed, 'data'));
  const opening = openDatabase({ dataFolder: join(closed, 'data'), databaseUrl: null });
  await expect(opening).rejects.toThrow(/cannot reach .*GARGOYLE_DATA/);
  rmSync(closed, { recursive: true });
});
