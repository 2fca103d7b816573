import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";
import type { AuditFilters } from "./audit-filters";
import { toAuditQuery } from "./audit-filters";

export const usersQuery = queryOptions({
  queryKey: ["settings", "users"] as const,
  queryFn: ({ signal }) =>
    apiGet("/api/users", () => import("@/lib/contracts/users").then((file) => file.userListSchema), signal),
});

export const apiKeysQuery = queryOptions({
  queryKey: ["settings", "api-keys"] as const,
  queryFn: ({ signal }) =>
    apiGet("/api/api-keys", () => import("@/lib/contracts/api-keys").then((file) => file.apiKeyListSchema), signal),
});

export const notificationsQuery = queryOptions({
  queryKey: ["settings", "notifications"] as const,
  queryFn: ({ signal }) =>
    apiGet(
      "/api/notifications",
      () => import("@/lib/contracts/notifications").then((file) => file.notificationsSchema),
      signal,
    ),
});

/** The log, 50 entries at a time; while new filters load, the old entries stay in sight. */
export const auditQuery = (filters: AuditFilters) =>
  infiniteQueryOptions({
    queryKey: ["settings", "audit", filters] as const,
    queryFn: ({ pageParam, signal }) => {
      const query = toAuditQuery(filters);
      if (pageParam !== null) query.set("cursor", pageParam);
      const loadSchema = () => import("@/lib/contracts/audit").then((file) => file.auditListSchema);
      return apiGet(`/api/audit?${query}`, loadSchema, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
