"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import type { SyncErrorView } from "@/lib/contracts/records";

type Place = "mapping" | "connection" | "owners" | "stages" | "inclusion" | "campaigns" | "sync";
type Told = Pick<SyncErrorView, "type" | "category" | "retry">;

const PATHS: Record<Place, string> = {
  mapping: "/mappings",
  connection: "/connection",
  owners: "/owners",
  stages: "/stages",
  inclusion: "/inclusion",
  campaigns: "/campaigns",
  sync: "/settings",
};
const PLACE_OF_TYPE: Record<string, Place> = {
  stage_not_mapped: "stages",
  inclusion_list_unusable: "inclusion",
  campaign_inactive: "campaigns",
  allocation_reached: "sync",
};
const PLACE_OF_CATEGORY: Record<string, Place> = { mapping: "mapping", property_values: "mapping", owner: "owners" };

function placeOf({ type, category, retry }: Told): Place | null {
  return PLACE_OF_TYPE[type] ?? (retry === "suspends" ? "connection" : (PLACE_OF_CATEGORY[category] ?? null));
}

/** The way to the setting in which an error may be cured. `mapping`: the one that it names, where its object is known. */
export function ErrorSetting({ error, mapping }: { error: Told; mapping?: { object: string; id: string | null } }) {
  const t = useTranslations("errors.settings");
  const place = placeOf(error) ?? (mapping?.id ? "mapping" : null);
  if (place === null) return null;
  const query = mapping && place === "mapping" ? `?object=${mapping.object}` : "";
  const edit = query !== "" && mapping?.id ? `&edit=${mapping.id}` : "";
  return (
    <Link href={PATHS[place] + query + edit} className={buttonClass("secondary", "sm", "w-fit")}>
      {t(place)}
    </Link>
  );
}
