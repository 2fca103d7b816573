import type { ConnectionView } from "@/lib/contracts/connection";

/** One part of what turning on would do: the records of one object on one side. */
export type Look = { side: "hubspot" | "salesforce"; object: "contact" | "company" | "deal" };

/** Parents before their children, as they will sync. */
export function listLooks({ company, deal, contactSyncOn }: ConnectionView["settings"]): Look[] {
  const objects = [
    ...(company.on ? (["company"] as const) : []),
    ...(contactSyncOn ? (["contact"] as const) : []),
    ...(deal.on ? (["deal"] as const) : []),
  ];
  return objects.flatMap((object) => [
    { side: "hubspot" as const, object },
    { side: "salesforce" as const, object },
  ]);
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Ids of previews out of the address; what is no id counts as not looked at. Empty when nothing was looked at. */
export function readLooks(text: string | null, count: number): (string | null)[] {
  if (!text) return [];
  const ids = text.split(".").map((id) => (ID.test(id) ? id : null));
  return ids.some((id) => id !== null) ? ids.slice(0, count) : [];
}

export function writeLooks(ids: readonly (string | null)[]): string {
  return ids.map((id) => id ?? "").join(".");
}
