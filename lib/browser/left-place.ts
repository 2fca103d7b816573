type ListedObject = "contact" | "company" | "deal";

/** Where somebody was in a list when a record was opened. */
type LeftPlace = {
  /** The query of the list's address, with its "?" */
  query: string;
  offset: number;
  /** The row that the keys were at */
  active: number;
};

// Of this tab only, and gone with a reload: an address that is opened anew begins at the top.
const places = new Map<ListedObject, LeftPlace>();

export function leavePlace(object: ListedObject, place: LeftPlace): void {
  places.set(object, place);
}

/** The query of the list as it was left, so that the way back from a record keeps its filters. */
export function leftQuery(object: ListedObject): string {
  return places.get(object)?.query ?? "";
}

/** The place, when the same view of the list is opened again; it is given once. */
export function returnToPlace(object: ListedObject, query: string): LeftPlace | null {
  const place = places.get(object);
  if (place?.query !== query) return null;
  places.set(object, { query, offset: 0, active: -1 });
  return place;
}
