import { findBuiltWorker } from "./built-worker.mjs";

/** The worker as `npm run build` left it, without a compiler in the process; from its sources where they are newer. */
const built = findBuiltWorker();
if (built !== null) await import(built);
else {
  const { register } = await import("tsx/esm/api");
  register();
  await import("./worker.ts");
}
