import type { Hono } from "hono";
import type { VirtualClock } from "../../shared/clock";
import { validationError } from "../errors";
import { answerJson, type HubSpotEnv, requireScope } from "../http";
import { PORTAL_ID } from "../ids";
import { DEALS } from "../object-types";
import type { RateLimits } from "../rate-limits";
import type { HubSpotState } from "../state";
import { readStore } from "./objects";

const CLOSED: Record<string, string> = { closedwon: "1.0", closedlost: "0.0" };
const MADE_AT = "2024-04-01T00:00:00.000Z";

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

/** Mounts pipelines under `prefix`: deals have one, other types none. */
export function mountPipelineRoutes(app: Hono<HubSpotEnv>, prefix: string, state: HubSpotState): void {
  app.get(`${prefix}/:type`, (c) => {
    const store = readStore(c, state);
    requireScope(c, `crm.objects.${store.type.scopes}.read`, `crm.schemas.${store.type.scopes}.read`);
    if (store.type !== DEALS) throw validationError(`Object type ${store.type.typeId} does not support pipelines`);
    const stages = store.schema.get("dealstage").options.map((option, index) => ({
      id: option.value,
      label: option.label,
      displayOrder: index,
      metadata: {
        isClosed: String(option.value in CLOSED),
        probability: CLOSED[option.value] ?? String((index + 1) / 10),
      },
      createdAt: MADE_AT,
      updatedAt: MADE_AT,
      archived: false,
    }));
    const pipeline = {
      id: "default",
      label: "Sales Pipeline",
      displayOrder: 0,
      stages,
      createdAt: MADE_AT,
      updatedAt: MADE_AT,
      archived: false,
    };
    return answerJson(c, { results: [pipeline] });
  });
}
