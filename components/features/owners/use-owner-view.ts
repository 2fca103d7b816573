"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useState } from "react";
import { OWNER_FILTERS, type OwnerFilter } from "./owner-rows";

/** Search and filter, kept in the URL. */
export function useOwnerView() {
  const params = useSearchParams();
  const path = usePathname();
  const [search, setTyped] = useState(params.get("search") ?? "");
  const filter = OWNER_FILTERS.find((known) => known === params.get("show")) ?? "all";
  const write = (next: { search: string; filter: OwnerFilter }) => {
    const query = new URLSearchParams();
    if (next.search.trim() !== "") query.set("search", next.search.trim());
    if (next.filter !== "all") query.set("show", next.filter);
    window.history.replaceState(null, "", query.size === 0 ? path : `${path}?${query}`);
  };
  return {
    search,
    filter,
    setSearch: (text: string) => {
      setTyped(text);
      write({ search: text, filter });
    },
    setFilter: (next: OwnerFilter) => write({ search, filter: next }),
    clear: () => {
      setTyped("");
      write({ search: "", filter: "all" });
    },
  };
}
