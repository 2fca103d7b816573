import { moveActivityProperties } from "./activity-properties";
import type { AssociationType } from "./association-types";
import type { RecordRef } from "./change-feed";
import { COMPANIES, CONTACTS, DEALS, ENGAGEMENT_TYPES, type ObjectType, TICKETS } from "./object-types";
import type { Change } from "./record";
import type { HubSpotState } from "./state";
import { setComputed, updateRecord } from "./write-record";

/** Associates two live records and moves what HubSpot computes from associations. No kinds = the unlabelled one. */
export function associate(
  state: HubSpotState,
  from: RecordRef,
  to: RecordRef,
  kinds: readonly AssociationType[],
  change: Change,
): void {
  state.associations.add(from, to, kinds, change.at);
  followAssociation(state, from, to, change);
  followAssociation(state, to, from, change);
  if (ENGAGEMENT_TYPES.includes(from.type)) moveActivityProperties(state, from, to, change);
  if (ENGAGEMENT_TYPES.includes(to.type)) moveActivityProperties(state, to, from, change);
}

/** Takes every association between two records away. */
export function dissociate(state: HubSpotState, from: RecordRef, to: RecordRef, change: Change): void {
  if (!state.associations.remove(from, to, change.at)) return;
  followAssociation(state, from, to, change);
  followAssociation(state, to, from, change);
}

/** Takes labels away from an association. */
export function unlabel(
  state: HubSpotState,
  from: RecordRef,
  to: RecordRef,
  kinds: readonly AssociationType[],
  change: Change,
): void {
  state.associations.removeLabels(from, to, kinds, change.at);
  followAssociation(state, from, to, change);
  followAssociation(state, to, from, change);
}

/** Brings the properties of `from` up to date that say something of its associations with records like `to`. */
function followAssociation(state: HubSpotState, from: RecordRef, to: RecordRef, change: Change): void {
  const { associations } = state;
  const store = state.storeOf(from.type);
  if (from.type === CONTACTS && to.type === COMPANIES) {
    const record = store.find(from.id);
    const values = { associatedcompanyid: associations.findPrimary(from, COMPANIES) ?? "" };
    // Of the same moment as the last edit (sample data): it needs no stamp and no history of its own.
    if (record?.updatedAt === change.at) setComputed(store, from.id, values);
    else if (record) updateRecord(store, record, values, { ...change, sourceType: "CALCULATED" });
  } else if (from.type === DEALS && to.type === COMPANIES) {
    setComputed(store, from.id, { hs_primary_associated_company: associations.findPrimary(from, COMPANIES) ?? "" });
  } else if (from.type === TICKETS && to.type === COMPANIES) {
    setComputed(store, from.id, { hs_num_associated_companies: String(associations.count(from, COMPANIES)) });
  } else if (to.type === DEALS && (from.type === CONTACTS || from.type === COMPANIES)) {
    setComputed(store, from.id, { num_associated_deals: String(associations.count(from, DEALS)) });
  } else if (to.type === CONTACTS && (from.type === COMPANIES || from.type === DEALS)) {
    setComputed(store, from.id, { num_associated_contacts: String(associations.count(from, CONTACTS)) });
  }
}

/** The associations of a record with live records: those with archived ones wait for a restore. */
export function listAssociations(state: HubSpotState, from: RecordRef, to: ObjectType) {
  const store = state.storeOf(to);
  return state.associations.list(from, to).filter((link) => store.find(link.id) !== undefined);
}
