import { type NotificationChoice, readNotificationChoice, saveNotificationChoice } from "@/lib/store/notifications";

/** Before somebody chose: those who can do something about it are told at once, nobody gets digests. */
export function defaultChoice(role: string): NotificationChoice {
  return { instant: role === "owner" || role === "admin", digest: "off", timeZone: "UTC", lastDigestAt: null };
}

export async function readChoice(userId: string, role: string): Promise<NotificationChoice> {
  return (await readNotificationChoice(userId)) ?? defaultChoice(role);
}

/** Saves what was given, keeps the rest. The first digest comes at the next eight o'clock, not at once for days gone by. */
export async function changeChoice(
  user: { userId: string; role: string },
  patch: Partial<Pick<NotificationChoice, "instant" | "digest" | "timeZone">>,
  now: Date,
): Promise<NotificationChoice> {
  const before = await readChoice(user.userId, user.role);
  const after = { ...before, ...patch };
  if (after.digest !== before.digest) after.lastDigestAt = now;
  await saveNotificationChoice(user.userId, after);
  return after;
}
