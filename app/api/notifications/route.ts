import { notificationsPatchSchema } from "@/lib/contracts/notifications";
import { changeChoice } from "@/lib/notify/choices";
import { isTimeZone } from "@/lib/notify/digest-time";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { requirePerson } from "./require-person";
import { viewNotifications } from "./view-notifications";

export const GET = defineRoute({
  allow: "read",
  handle: async ({ caller }) => viewNotifications(requirePerson(caller)),
});

export const PATCH = defineRoute({
  allow: "read",
  body: notificationsPatchSchema,
  handle: async ({ caller, body }) => {
    const person = requirePerson(caller);
    if (body.timeZone !== undefined && !isTimeZone(body.timeZone)) {
      throw new Refusal("invalid_input", { fields: [{ path: "timeZone", message: "invalid" }] });
    }
    await changeChoice(person, body, new Date());
    return viewNotifications(person);
  },
});
