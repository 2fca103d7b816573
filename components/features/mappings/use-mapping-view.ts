"use client";

import { useState } from "react";
import { useUrlParams } from "@/lib/browser/use-url-params";
import type { MappedObject, UpdateRule } from "@/lib/decide/record-types";
import type { MappingFilter } from "./mapping-filter";
import { RULE_ORDER } from "./rule-order";
import { OBJECTS } from "./salesforce-ends";

/** Object, search, filters and the open editor, kept in the URL so that a view can be shared and a record can link to its mapping. */
export function useMappingView() {
  const { params, setParams } = useUrlParams();
  const object: MappedObject = OBJECTS.find((known) => known === params.get("object")) ?? "contact";
  // The box belongs to one object: another tab starts empty.
  const [typed, setTyped] = useState({ object, search: params.get("search") ?? "" });
  const search = typed.object === object ? typed.search : (params.get("search") ?? "");
  const filter: MappingFilter = {
    withNotes: params.get("show") === "notes",
    rule: RULE_ORDER.find((known) => known === params.get("rule")) ?? null,
  };
  return {
    object,
    search,
    filter,
    editing: params.get("edit"),
    setSearch: (value: string) => {
      setTyped({ object, search: value });
      setParams({ search: value.trim() });
    },
    setWithNotes: (withNotes: boolean) => setParams({ show: withNotes ? "notes" : null }),
    setRule: (rule: UpdateRule | null) => setParams({ rule }),
    setEditing: (id: string | null) => setParams({ edit: id }),
    clear: () => {
      setTyped({ object, search: "" });
      setParams({ search: null, show: null, rule: null });
    },
  };
}
