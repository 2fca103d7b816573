"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { apiSend } from "@/lib/browser/api-client";
import { connectionQuery } from "@/lib/browser/connection-query";
import { useUrlParams } from "@/lib/browser/use-url-params";
import type { ConnectionView } from "@/lib/contracts/connection";
import type { SetupStep } from "@/lib/decide/setup-steps";
import { readStep } from "./setup-steps";

/** The step in the address, else the one that the server says; going to another one is remembered by the server. */
export function useSetupStep(connection: ConnectionView, mayEdit: boolean) {
  const { params, push } = useUrlParams();
  const client = useQueryClient();
  const step = readStep(params.get("step"), connection);
  const go = useCallback(
    (next: SetupStep) => {
      // The page is one: the address changes without asking the server for it again.
      push(new URLSearchParams({ step: next }));
      window.scrollTo({ top: 0 });
      if (!mayEdit) return;
      // Only for whoever comes back later: going on does not wait for it, nor does it fail with it.
      void apiSend("PATCH", "/api/setup", { step: next })
        .then(() => client.invalidateQueries({ queryKey: connectionQuery.queryKey }))
        .catch(() => undefined);
    },
    [push, client, mayEdit],
  );
  return { step, go };
}
