/** Milliseconds of the clock on the wall, and of processor time that this process had. */
export function clocks(): { readonly wall: number; readonly cpu: number } {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now(), cpu: (user + system) / 1000 };
}

/** On a busy machine a file waits more than it works, and must not be blamed for that; but nobody waits without end. */
const MOST_WAITING = 10;

/** Whether something that began then has had its time: of the processor, or ten times as much of waiting for it. */
export function isOver(since: ReturnType<typeof clocks>, deadlineMs: number): boolean {
  const now = clocks();
  const wall = now.wall - since.wall;
  return wall >= deadlineMs * MOST_WAITING || (wall >= deadlineMs && now.cpu - since.cpu >= deadlineMs);
}
