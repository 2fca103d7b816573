"use client";

import { useState } from "react";
import { useUrlParams } from "@/lib/browser/use-url-params";
import { OWNER_FILTERS, type OwnerFilter } from "./owner-rows";

/** Search and filter, kept in the URL. */
export function useOwnerView() {
  const { params, setParams } = useUrlParams();
  const [search, setTyped] = useState(params.get("search") ?? "");
  const filter = OWNER_FILTERS.find((known) => known === params.get("show")) ?? "all";
  const setSearch = (text: string) => {
    setTyped(text);
    setParams({ search: text.trim() });
  };
  const setFilter = (next: OwnerFilter) => setParams({ show: next === "all" ? null : next });
  return {
    search,
    filter,
    setSearch,
    setFilter,
    clear: () => {
      setSearch("");
      setFilter("all");
    },
  };
}
