import type { z } from "zod";
import type { errorSummaryQuerySchema } from "@/lib/contracts/errors";
import type { ErrorFilter } from "@/lib/store/error-queries";

/** The filters of the address as the store takes them. */
export function readErrorFilter(query: z.output<typeof errorSummaryQuerySchema>): ErrorFilter {
  const { object, side, category, search, state } = query;
  return { object, side, category, type: query.type || undefined, search, state };
}
