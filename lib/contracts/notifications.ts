import { z } from "zod";

const digest = z.enum(["off", "daily", "weekly"]);

/** GET /api/notifications — of the person who asks. */
export const notificationsSchema = z.object({
  /** Whether a mail server is set; without one nothing is sent */
  mailReady: z.boolean(),
  sender: z.string().nullable(),
  email: z.string(),
  /** At once: the connection stands still, a mass change waits */
  instant: z.boolean(),
  digest,
  /** IANA name; digests come at eight o'clock there */
  timeZone: z.string(),
  /** What the mail server said to an e-mail that is still waiting */
  problem: z.string().nullable(),
});
export type Notifications = z.infer<typeof notificationsSchema>;

/** PATCH /api/notifications */
export const notificationsPatchSchema = z
  .object({
    instant: z.boolean(),
    digest,
    timeZone: z.string().max(60),
  })
  .partial();
export type NotificationsPatch = z.infer<typeof notificationsPatchSchema>;

/** POST /api/notifications/test — sends an e-mail to the person who asks. */
export const testMailSchema = z.object({ sentTo: z.string() });
