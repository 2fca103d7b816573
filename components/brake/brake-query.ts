import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";

const loadBrake = () => import("@/lib/contracts/brake").then((file) => file.brakeAnswerSchema);

/** The run that waits for a person's word, if one does. */
export const brakeQuery = queryOptions({
  queryKey: ["brake"] as const,
  queryFn: ({ signal }) => apiGet("/api/brake", loadBrake, signal),
  refetchInterval: 15_000,
});
