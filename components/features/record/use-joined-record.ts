"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { recordPath } from "@/lib/browser/record-path";
import type { RecordDetail } from "@/lib/contracts/records";
import { partnerQuery } from "./record-queries";

/**
 * Two lone records that turn out to be one person become one, and one of the two is gone. Whoever has that one open is led
 * on to the other, found by the id that it took over. True while that is under way; `gone`: the last look met no record.
 */
export function useJoinedRecord(lastSeen: RecordDetail | undefined, gone: boolean): boolean {
  const router = useRouter();
  const linked = lastSeen !== undefined && (lastSeen.hubspotId ?? lastSeen.salesforceId) !== null;
  const { data: other, isError } = useQuery(partnerQuery(lastSeen, gone && linked));
  const otherId = gone ? other?.id : undefined;
  useEffect(() => {
    if (otherId !== undefined) router.replace(recordPath(lastSeen?.object ?? "contact", otherId));
  }, [otherId, router, lastSeen?.object]);
  return gone && linked && !isError;
}
