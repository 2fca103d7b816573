"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type ComponentType, useEffect, useState } from "react";
import { meQuery } from "@/lib/browser/me-query";
import { noteSession, useSessionEnded } from "@/lib/browser/session-end";

type LoadedDialog = ComponentType<{ email: string }>;

/** Where the session ended while the page was open: signing in again over the page. Nobody's page yet: the sign-in page. */
export function SessionGuard() {
  const ended = useSessionEnded();
  const client = useQueryClient();
  const [Loaded, setLoaded] = useState<LoadedDialog | null>(null);
  const email = ended ? client.getQueryData(meQuery.queryKey)?.email : undefined;
  useEffect(() => {
    if (!ended) return;
    if (email === undefined) {
      const here = window.location.pathname + window.location.search;
      window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
      return;
    }
    // A network that fails as well: the next refusal tries again.
    import("./session-dialog").then((file) => setLoaded(() => file.SessionDialog), noteSession);
  }, [ended, email]);
  return ended && Loaded && email !== undefined ? <Loaded email={email} /> : null;
}
