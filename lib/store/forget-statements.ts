import { Debug as clientDebug } from "@prisma/client/runtime/client";
import { Debug as adapterDebug } from "@prisma/driver-adapter-utils";

/** Both copies of Prisma's debug helper keep the arguments of so many calls, printed or not. */
const KEPT_CALLS = 100;
/** Once for all statements of this time: pushing so many calls takes 0.1 ms, which a page's every query need not pay. */
const EVERY_MS = 100;
const helpers = [clientDebug("kakehashi:forget"), adapterDebug("kakehashi:forget")];
let isPending = false;

/**
 * Makes Prisma forget, in a moment, the statements that it keeps for its debug output. Each holds all its values: a batch
 * of an import writes megabytes of people at a time, and a hundred such statements are more than a worker's whole heap.
 */
export function forgetStatementsSoon(): void {
  if (isPending) return;
  isPending = true;
  setTimeout(forgetStatements, EVERY_MS).unref();
}

function forgetStatements(): void {
  isPending = false;
  for (const say of helpers) {
    // Somebody who sets DEBUG wants to read it, not us.
    if (say.enabled) continue;
    for (let call = 0; call < KEPT_CALLS; call++) say("");
  }
}
