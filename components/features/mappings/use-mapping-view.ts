"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useState } from "react";
import type { MappedObject, UpdateRule } from "@/lib/decide/record-types";
import type { MappingFilter } from "./mapping-filter";
import { RULE_ORDER } from "./rule-order";
import { OBJECTS } from "./salesforce-ends";

/** Object, search, filters and the open editor, kept in the URL so that a view can be shared and a record can link to its mapping. */
export function useMappingView() {
  const params = useSearchParams();
  const path = usePathname();
  const object: MappedObject = OBJECTS.find((known) => known === params.get("object")) ?? "contact";
  // The box belongs to one object: another tab starts empty.
  const [typed, setTyped] = useState({ object, search: params.get("search") ?? "" });
  const search = typed.object === object ? typed.search : (params.get("search") ?? "");
  const filter: MappingFilter = {
    withNotes: params.get("show") === "notes",
    rule: RULE_ORDER.find((known) => known === params.get("rule")) ?? null,
  };
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
    object,
    search,
    filter,
    editing: params.get("edit"),
    setSearch: (value: string) => {
      setTyped({ object, search: value });
      write({ search: value.trim() });
    },
    setWithNotes: (withNotes: boolean) => write({ show: withNotes ? "notes" : null }),
    setRule: (rule: UpdateRule | null) => write({ rule }),
    setEditing: (id: string | null) => write({ edit: id }),
    clear: () => {
      setTyped({ object, search: "" });
      write({ search: null, show: null, rule: null });
    },
  };
}
