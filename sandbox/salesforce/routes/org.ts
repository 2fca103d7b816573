import type { OrgState } from "../state";
import { type OrgApp, sendJson } from "./context";

/** `/limits` and `/recent`. */
export function mountOrg(app: OrgApp, state: OrgState): void {
  app.get("/services/data/:version/limits", () => {
    const { used, max } = state.readUsage();
    const untouched = (count: number) => ({ Max: count, Remaining: count });
    return sendJson({
      DailyApiRequests: { Max: max, Remaining: Math.max(0, max - used) },
      DailyBulkApiBatches: untouched(15_000),
      DailyBulkV2QueryJobs: untouched(10_000),
      DailyStreamingApiEvents: untouched(50_000),
      DataStorageMB: untouched(1024),
      FileStorageMB: untouched(1024),
      HourlyDashboardRefreshes: untouched(200),
      SingleEmail: untouched(5000),
    });
  });
  app.get("/services/data/:version/recent", () => sendJson([]));
}
