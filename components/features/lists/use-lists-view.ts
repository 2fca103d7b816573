"use client";

import { useEffect, useState } from "react";
import { LIST_OBJECTS, type ListObject } from "@/components/lists/lists-queries";
import { useDebounced } from "@/lib/browser/use-debounced";
import { useUrlParams } from "@/lib/browser/use-url-params";

/** HubSpot's search is asked after this pause, ms: its limit is four searches a second. */
const SETTLE_MS = 350;

/** What the page shows, kept in its address: object, search, the list that is open, its preview or job. */
export function useListsView() {
  const { params, setParams } = useUrlParams();
  const object: ListObject = LIST_OBJECTS.find((one) => one === params.get("object")) ?? "contact";
  const [typed, setTyped] = useState(params.get("search") ?? "");
  const search = useDebounced(typed, SETTLE_MS).trim().slice(0, 100);
  useEffect(() => setParams({ search: search === "" ? null : search }), [search, setParams]);
  return {
    object,
    setObject: (next: ListObject) =>
      setParams({ object: next === "contact" ? null : next, list: null, preview: null, job: null }),
    typed,
    setTyped,
    search,
    listId: params.get("list"),
    previewId: params.get("preview"),
    jobId: params.get("job"),
    open: (listId: string | null) => setParams({ list: listId, preview: null, job: null }),
    showPreview: (listId: string, preview: string) => setParams({ list: listId, preview, job: null }),
    showJob: (listId: string, job: string) => setParams({ list: listId, job, preview: null }),
    putAway: () => setParams({ preview: null, job: null }),
  };
}

export type ListsView = ReturnType<typeof useListsView>;
