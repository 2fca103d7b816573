import { z } from "zod";

/** What one change event says. It names records; values are read, never taken from it (spec T18). */
export type ChangeNotice = {
  channel: string;
  replayId: number;
  /** "Lead", "Contact", … */
  entity: string;
  /** gap: something changed, no details · overflow: more changed than could be told, of any record of the entity */
  kind: "change" | "gap" | "overflow";
  ids: string[];
  /** Fields of an update; empty = any may have changed */
  fields: string[];
  /** Made by our own API calls */
  isOwn: boolean;
};

const names = z.array(z.string()).catch([]);
const dataSchema = z.looseObject({
  payload: z.looseObject({
    ChangeEventHeader: z.looseObject({
      entityName: z.string(),
      recordIds: names,
      changeType: z.string(),
      changeOrigin: z.string().catch(""),
      changedFields: names,
      nulledFields: names,
    }),
  }),
  event: z.looseObject({ replayId: z.number().int() }),
});

/** Null for what is no change event. `clientName`: what our calls name themselves in Sforce-Call-Options. */
export function readNotice(channel: string, data: unknown, clientName: string): ChangeNotice | null {
  const parsed = dataSchema.safeParse(data);
  if (!parsed.success) return null;
  const { payload, event } = parsed.data;
  const header = payload.ChangeEventHeader;
  const ids = header.recordIds.filter((id) => /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(id));
  // A wildcard ("001*") stands for records that are not named.
  const isOverflow = header.changeType === "GAP_OVERFLOW" || ids.length < header.recordIds.length;
  const isUpdate = header.changeType === "UPDATE";
  return {
    channel,
    replayId: event.replayId,
    entity: header.entityName,
    kind: isOverflow ? "overflow" : header.changeType.startsWith("GAP_") ? "gap" : "change",
    ids,
    fields: isUpdate ? flattenNames([...header.changedFields, ...header.nulledFields]) : [],
    isOwn: /;client=([^;/]+)/.exec(header.changeOrigin)?.[1] === clientName,
  };
}

/**
 * Parts of compound fields as the API names them: `Name.FirstName` is FirstName, `MailingAddress.City` is MailingCity.
 * A whole compound may be any of its parts: then no names at all are told.
 */
function flattenNames(told: string[]): string[] {
  const flat = told.map((name) => {
    const [outer = "", inner] = name.split(".");
    if (inner === undefined) return outer === "Name" || outer.endsWith("Address") ? null : outer;
    if (outer === "Name") return inner;
    return outer.endsWith("Address") ? `${outer.slice(0, -"Address".length)}${inner}` : null;
  });
  return flat.includes(null) ? [] : [...new Set(flat.filter((name) => name !== null))];
}
