import type { SignedIn } from "@/lib/access/read-session";
import { Refusal } from "@/lib/server/problem";
import type { Caller } from "@/lib/server/route";

/** E-mails go to people; the holder of an API key has no address. */
export function requirePerson(caller: Caller): SignedIn {
  if (!caller.session) throw new Refusal("not_allowed", { detail: "Notifications belong to a signed-in person." });
  return caller.session;
}
