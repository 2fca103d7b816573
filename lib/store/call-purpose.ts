import { AsyncLocalStorage } from "node:async_hooks";
import type { CallPurpose } from "./call-budget";

/** Connecting, resuming, describing fields: a person waits for them, and they belong to no object. */
const UNTOLD: CallPurpose = { object: "connection", reason: "manual" };
const storage = new AsyncLocalStorage<CallPurpose>();

/**
 * Tells for what the calls inside `work` are made, so that they are counted under it (spec Q1); what is left out stays as
 * the surrounding work told it. The calls pass through adapters that know nothing of budgets.
 */
export function withPurpose<Result>(purpose: Partial<CallPurpose>, work: () => Promise<Result>): Promise<Result> {
  return storage.run({ ...currentPurpose(), ...purpose }, work);
}

export function currentPurpose(): CallPurpose {
  return storage.getStore() ?? UNTOLD;
}
