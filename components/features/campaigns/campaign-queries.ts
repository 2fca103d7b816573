import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";

const loadForms = () => import("@/lib/contracts/campaigns").then((file) => file.formChoicesSchema);
const loadCampaigns = () => import("@/lib/contracts/campaigns").then((file) => file.campaignChoicesSchema);

/** Both are read from the CRMs at each call, so they are kept for a minute. */
const KEPT_MS = 60_000;

export const formsQuery = queryOptions({
  queryKey: ["forms"] as const,
  queryFn: ({ signal }) => apiGet("/api/forms", loadForms, signal),
  select: ({ forms }) => forms,
  staleTime: KEPT_MS,
});

export const campaignsQuery = queryOptions({
  queryKey: ["campaigns"] as const,
  queryFn: ({ signal }) => apiGet("/api/campaigns", loadCampaigns, signal),
  select: ({ campaigns }) => campaigns,
  staleTime: KEPT_MS,
});
