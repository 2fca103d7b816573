import { associate } from "./associate";
import { PRIMARY } from "./association-types";
import { HubSpotError, notFound, validationError } from "./errors";
import type { ObjectStore } from "./object-store";
import { listEmails } from "./object-store";
import { CONTACTS } from "./object-types";
import { type Change, type CrmRecord, extendHistory, type PropertyVersion } from "./record";
import type { HubSpotState } from "./state";

function splitList(value: string | undefined): string[] {
  return value ? value.split(";").filter((part) => part !== "") : [];
}

/** Values that the winner takes over where it has none; HubSpot keeps the winner's own values. */
function listTakenOver(store: ObjectStore, winner: CrmRecord, loser: CrmRecord): [string, string][] {
  return Object.entries(loser.properties).filter(([name]) => {
    const definition = store.schema.find(name);
    return winner.properties[name] === undefined && definition && !definition.modificationMetadata.readOnlyValue;
  });
}

function describeMerge(winner: CrmRecord, loser: CrmRecord, at: number): Record<string, string> {
  const { properties: kept } = winner;
  const { properties: lost } = loser;
  const losers = [...splitList(lost.hs_merged_object_ids), loser.id];
  return {
    hs_merged_object_ids: [...splitList(kept.hs_merged_object_ids), ...losers].join(";"),
    hs_calculated_merged_vids: [
      ...splitList(kept.hs_calculated_merged_vids),
      ...splitList(lost.hs_calculated_merged_vids),
      `${loser.id}:${at}`,
    ].join(";"),
    hs_all_contact_vids: [...splitList(kept.hs_all_contact_vids), ...splitList(lost.hs_all_contact_vids)].join(";"),
  };
}

/**
 * Merges `loserId` into `winnerId`: the winner fills its blanks, the loser's addresses become additional ones, and the
 * loser's id leads to the winner in single calls only. Throws 404/400 for ids that cannot be merged.
 */
export function mergeRecords(
  state: HubSpotState,
  store: ObjectStore,
  winnerId: string,
  loserId: string,
  change: Change,
): CrmRecord {
  const winner = store.resolve(winnerId);
  const loser = store.resolve(loserId);
  if (!winner || !loser) throw notFound({ id: [winner ? loserId : winnerId] });
  if (winner.id === loser.id) throw validationError("Cannot merge an object with itself");
  const properties: Record<string, string> = { ...winner.properties };
  const history: Record<string, readonly PropertyVersion[]> = { ...winner.history };
  const written: [string, string][] = [
    ...listTakenOver(store, winner, loser),
    ...(store.type === CONTACTS
      ? Object.entries(describeMerge(winner, loser, change.at))
      : [["hs_merged_object_ids", loser.id] as [string, string]]),
  ];
  for (const [name, value] of written) {
    history[name] = extendHistory(winner, name, value, change);
    properties[name] = value;
  }
  const more = [...listEmails(winner), ...listEmails(loser)].filter((address) => address !== properties.email);
  if (more.length > 0) properties.hs_additional_emails = [...new Set(more)].join(";");
  if (properties.email) properties.hs_email_domain = properties.email.split("@")[1] ?? "";
  properties[store.type.modifiedProperty] = new Date(change.at).toISOString();
  const gone = store.type === CONTACTS ? [loser] : [winner, loser];
  // Contacts keep the primary's id; since 2025 a merge of other records makes a new one (HubSpot's merge webhooks).
  const id = store.type === CONTACTS ? winner.id : store.takeId();
  properties.hs_object_id = id;
  for (const record of gone) {
    store.erase(record.id, change.at);
    store.redirect(record.id, id);
  }
  const loserIds = gone.map((record) => record.id);
  if (store.type !== CONTACTS) properties.hs_merged_object_ids = loserIds.join(";");
  const next: CrmRecord = { ...winner, id, properties, history, updatedAt: change.at };
  store.put(next);
  for (const loserId of loserIds) moveAssociations(state, store, loserId, id, change);
  const { type, feed } = store;
  const record = store.find(id) ?? next;
  const movedProperties = written.length;
  feed?.emit({ kind: "merge", at: change.at, type, record, primaryId: winner.id, loserIds, movedProperties });
  return record;
}

/** The winner takes over the loser's associations; it keeps its own primary company. */
function moveAssociations(
  state: HubSpotState,
  store: ObjectStore,
  loserId: string,
  winnerId: string,
  change: Change,
): void {
  const { type } = store;
  for (const { to, types } of state.associations.detach({ type, id: loserId }, state.listTypes(), change.at)) {
    if (to.type === type && to.id === winnerId) continue;
    const kinds = types.filter((kind) => kind.label !== PRIMARY);
    associate(state, { type, id: winnerId }, to, kinds, change);
  }
}

/** Erases a contact for privacy: no archive, no trace under its id. Throws 404 when there is none. */
export function eraseForPrivacy(
  state: HubSpotState,
  store: ObjectStore,
  key: string,
  idProperty: string | undefined,
  at: number,
): string {
  const record = idProperty === "email" ? store.findByEmail(key) : (store.resolve(key) ?? store.findArchived(key));
  if (!record) throw new HubSpotError(404, notFound({ id: [key] }).body);
  const { type, feed } = store;
  state.associations.detach({ type, id: record.id }, state.listTypes(), at);
  store.erase(record.id, at);
  if (!record.archived) feed?.emit({ kind: "deletion", at, type, record });
  feed?.emit({ kind: "privacyDeletion", at, type, id: record.id });
  return record.id;
}
