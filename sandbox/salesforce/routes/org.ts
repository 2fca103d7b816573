import type { OrgState } from "../state";
import { countBatches, MAX_BATCHES } from "./bulk-ingest";
import { MAX_QUERY_JOBS } from "./bulk-query";
import { type OrgApp, sendJson } from "./context";

/** `/limits` and `/recent`. */
export function mountOrg(app: OrgApp, state: OrgState): void {
  app.get("/services/data/:version/limits", () => {
    const { used, max } = state.readUsage();
    const delivered = state.readDelivered();
    const left = (most: number, taken: number) => ({ Max: most, Remaining: Math.max(0, most - taken) });
    const untouched = (count: number) => ({ Max: count, Remaining: count });
    return sendJson({
      DailyApiRequests: left(max, used),
      DailyBulkApiBatches: left(MAX_BATCHES, countBatches(state)),
      DailyBulkV2QueryFileStorageMB: untouched(976_562),
      DailyBulkV2QueryJobs: left(MAX_QUERY_JOBS, state.bulk.countToday("query")),
      DailyDeliveredPlatformEvents: left(delivered.max, delivered.used),
      DailyDurableStreamingApiEvents: untouched(10_000),
      DailyStreamingApiEvents: untouched(50_000),
      DataStorageMB: untouched(1024),
      FileStorageMB: untouched(1024),
      HourlyDashboardRefreshes: untouched(200),
      SingleEmail: untouched(5000),
    });
  });
  app.get("/services/data/:version/recent", () => sendJson([]));
}
