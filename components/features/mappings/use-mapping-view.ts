"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useState } from "react";
import { MAPPING_FILTERS, type MappingFilter } from "./mapping-filter";

/** Search, filter and the open editor, kept in the URL so that a view can be shared and a record can link to its mapping. */
export function useMappingView() {
  const params = useSearchParams();
  const path = usePathname();
  const [search, setSearchState] = useState(params.get("search") ?? "");
  const filter = MAPPING_FILTERS.find((known) => known === params.get("show")) ?? "all";
  const editing = params.get("edit");
  const write = (changes: Record<string, string | null>) => {
    const next = new URLSearchParams(window.location.search);
    for (const [key, value] of Object.entries(changes)) {
      if (value === null || value === "") next.delete(key);
      else next.set(key, value);
    }
    const query = next.toString();
    window.history.replaceState(null, "", query === "" ? path : `${path}?${query}`);
  };
  return {
    search,
    filter,
    editing,
    setSearch: (value: string) => {
      setSearchState(value);
      write({ search: value.trim() });
    },
    setFilter: (value: MappingFilter) => write({ show: value === "all" ? null : value }),
    setEditing: (id: string | null) => write({ edit: id }),
    clear: () => {
      setSearchState("");
      write({ search: null, show: null });
    },
  };
}
