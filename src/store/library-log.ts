import { Logger } from 'graphile-worker';

/** The queue library's own log, silent: it prints task errors and stacks unredacted, and we log each task once, at the edge. */
export const quietLogger = new Logger(() => () => undefined);
