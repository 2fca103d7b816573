import { createRecord, findForWrite, storeRow } from "./records";
import type { OrgState } from "./state";
import type { Row } from "./table";
import type { Writer } from "./writer";

/** What the copy has in common with its event. */
const SHARED = ["Subject", "Description", "Location", "WhoId", "WhatId", "StartDateTime", "EndDateTime", "ShowAs"];

/**
 * Invites a user to an event: Salesforce keeps a copy of it in that user's calendar, an Event of its own with IsChild.
 * Throws SalesforceError.
 */
export function inviteUser(state: OrgState, eventId: string, userId: string, writer: Writer): Row {
  const def = state.schema.findObject("Event");
  if (!def) throw new Error("no object Event");
  const event = findForWrite(state, def, eventId, writer);
  const fields = Object.fromEntries(SHARED.map((name) => [name, event[name] ?? null]));
  const copy = createRecord(state, def, { ...fields, OwnerId: userId }, writer);
  storeRow(state, def, { ...event, IsGroupEvent: true }, writer);
  storeRow(state, def, { ...copy, IsChild: true, IsGroupEvent: true }, writer);
  return copy;
}
