import { isAllowed } from "@/lib/access/roles";
import { Refusal } from "@/lib/server/problem";
import type { Caller } from "@/lib/server/route";
import type { ViewCaller, ViewRefusal } from "@/lib/sync/saved-views";

/** Who asks, as far as views go. */
export function asViewCaller({ name, role }: Caller): ViewCaller {
  return { name, mayShare: isAllowed(role, "configure") };
}

/** @throws Refusal with the field that is wrong */
export function refuseView(refusal: ViewRefusal): never {
  if (refusal === "not_allowed" || refusal === "not_found") throw new Refusal(refusal);
  throw new Refusal("invalid_input", { fields: [{ path: "name", message: refusal }] });
}
