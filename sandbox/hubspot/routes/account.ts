import type { Hono } from "hono";
import type { VirtualClock } from "../../shared/clock";
import { answerJson, type HubSpotEnv } from "../http";
import { PORTAL_ID } from "../ids";
import type { RateLimits } from "../rate-limits";

/** Mounts the portal's details and its use of the API under `prefix` (`/account-info/{version}`). */
export function mountAccountRoutes(
  app: Hono<HubSpotEnv>,
  prefix: string,
  limits: RateLimits,
  clock: VirtualClock,
): void {
  app.get(`${prefix}/details`, (c) =>
    answerJson(c, {
      portalId: PORTAL_ID,
      accountType: "STANDARD",
      timeZone: "Asia/Tokyo",
      companyCurrency: "JPY",
      additionalCurrencies: ["USD", "EUR"],
      utcOffset: "+09:00",
      utcOffsetMilliseconds: 32_400_000,
      uiDomain: new URL(c.req.url).host,
      dataHostingLocation: "na1",
    }),
  );
  app.get(`${prefix}/api-usage/daily/private-apps`, (c) => {
    const { used, limit, resetsAt } = limits.describeDay();
    const usage = {
      name: "private-apps-api-calls-daily",
      usageLimit: limit,
      currentUsage: used,
      collectedAt: new Date(clock.now()).toISOString(),
      fetchStatus: "SUCCESS",
      resetsAt: new Date(resetsAt).toISOString(),
    };
    return answerJson(c, { results: [usage] });
  });
}
