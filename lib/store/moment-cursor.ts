/** A place in a list by moment and id. Moments are kept to the millisecond, so the cursor names them exactly. */
export type MomentCursor = { at: Date; id: string };

export function writeMomentCursor({ at, id }: MomentCursor): string {
  return `${at.toISOString()}_${id}`;
}

/** Null for what is no cursor. */
export function readMomentCursor(cursor: string | undefined): MomentCursor | null {
  const [stamp = "", id = ""] = cursor?.split("_") ?? [];
  const at = new Date(stamp);
  return Number.isNaN(at.getTime()) || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? null : { at, id };
}
