/**
 * V8's own defaults let a process grow to what the machine has before it cleans up. App and worker hold no data of their
 * own, so they clean up early: small nurseries, a bounded heap. package.json says the same for `npm start` and `npm run worker`.
 */
export const MEMORY_FLAGS = ["--max-old-space-size=256", "--max-semi-space-size=2"];

/**
 * The worker's heap grows only as far as a batch needs, and its code is kept small rather than
 * fast: it waits for the network most of the time.
 */
export const WORKER_FLAGS = ["--max-old-space-size=128", "--max-semi-space-size=1", "--optimize-for-size"];

/**
 * glibc gives every thread a store of its own that it hardly ever gives back: 10 to 20 MB a process. One for all is enough
 * for programs that wait for the network. It is read before a program starts, so it is set from outside: the Dockerfile says the same.
 */
export const MEMORY_ENV = { MALLOC_ARENA_MAX: "1" };
