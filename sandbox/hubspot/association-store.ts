import { type AssociationCategory, type AssociationType, AssociationTypes } from "./association-types";
import type { ChangeFeed, RecordRef } from "./change-feed";
import type { ObjectType } from "./object-types";

/** A record at the other end, with the type keys (`HUBSPOT_DEFINED:279`) that lead there. */
type Link = { readonly id: string; types: readonly string[] };
/** One direction of an association, with its type keys. */
export type SavedLink = [pair: string, fromId: string, toId: string, ...types: string[]];
export type SavedAssociations = { types: ReturnType<AssociationTypes["save"]> };

function pairOf(from: ObjectType, to: ObjectType): string {
  return `${from.typeId}>${to.typeId}`;
}

function keyOf(type: AssociationType): string {
  return `${type.category}:${type.typeId}`;
}

/**
 * Who is associated with whom, kept in both directions. Adding and removing look from the end that has fewer links,
 * since a company may have 100,000 contacts while a contact has a handful of companies.
 */
export class AssociationStore {
  readonly types: AssociationTypes;
  private readonly pairs = new Map<string, Map<string, Link[]>>();
  /** The same few combinations of types repeat a million times: each is kept once. */
  private readonly interned = new Map<string, readonly string[]>();

  constructor(
    private readonly feed: ChangeFeed,
    saved?: SavedAssociations,
  ) {
    this.types = new AssociationTypes(saved?.types);
  }

  /** Records of type `to` that `from` is associated with, in the order they were associated. */
  list(from: RecordRef, to: ObjectType): { id: string; types: AssociationType[] }[] {
    return this.linksOf(from, to).map((link) => ({ id: link.id, types: this.expand(from.type, to, link) }));
  }

  listIds(from: RecordRef, to: ObjectType): string[] {
    return this.linksOf(from, to).map((link) => link.id);
  }

  count(from: RecordRef, to: ObjectType): number {
    return this.linksOf(from, to).length;
  }

  /** The record that `from` holds as its primary one of type `to`. */
  findPrimary(from: RecordRef, to: ObjectType): string | undefined {
    const primary = this.types.findPrimary(from.type, to);
    if (!primary) return undefined;
    return this.linksOf(from, to).find((link) => link.types.includes(keyOf(primary)))?.id;
  }

  /** Associates two records in both directions; every association carries its unlabelled type too. */
  add(from: RecordRef, to: RecordRef, wanted: readonly AssociationType[], at: number): void {
    const { types } = this;
    const kinds = [types.getDefault(from.type, to.type), ...wanted];
    const primaryOf = (a: ObjectType, b: ObjectType) => types.findPrimary(a, b);
    const forward = primaryOf(from.type, to.type);
    const backward = primaryOf(to.type, from.type);
    // HubSpot makes the first company of a contact, deal or ticket its primary one.
    if (forward && this.findPrimary(from, to.type) === undefined) kinds.push(forward);
    if (backward && this.findPrimary(to, from.type) === undefined) kinds.push(types.invert(backward));
    for (const kind of kinds) {
      if (forward && keyOf(kind) === keyOf(forward)) this.movePrimary(from, to.id, to.type, at);
      if (backward && keyOf(types.invert(kind)) === keyOf(backward)) this.movePrimary(to, from.id, from.type, at);
    }
    this.addKinds(from, to, kinds, at);
  }

  /** Takes every association between two records away; true when there was one. */
  remove(from: RecordRef, to: RecordRef, at: number): boolean {
    const link = this.findLink(from, to);
    if (!link) return false;
    const kinds = this.expand(from.type, to.type, link);
    this.drop(from, to);
    this.drop(to, from);
    for (const kind of kinds) this.tell(from, to, kind, at, true);
    return true;
  }

  /** Takes labels away; the association itself stays, except when its unlabelled type is taken. */
  removeLabels(from: RecordRef, to: RecordRef, gone: readonly AssociationType[], at: number): void {
    const link = this.findLink(from, to);
    if (!link) return;
    if (gone.some((kind) => kind.label === null)) {
      this.remove(from, to, at);
      return;
    }
    const present = gone.filter((kind) => link.types.includes(keyOf(kind)));
    this.change(from, to, (types) => types.filter((key) => !present.some((kind) => keyOf(kind) === key)));
    const inverse = present.map((kind) => keyOf(this.types.invert(kind)));
    this.change(to, from, (types) => types.filter((key) => !inverse.includes(key)));
    for (const kind of present) this.tell(from, to, kind, at, true);
  }

  /** Forgets every association of a record (it was erased or merged away) and answers what there was. */
  detach(record: RecordRef, others: readonly ObjectType[], at: number): { to: RecordRef; types: AssociationType[] }[] {
    const detached: { to: RecordRef; types: AssociationType[] }[] = [];
    for (const type of others) {
      for (const { id, types } of this.list(record, type)) {
        detached.push({ to: { type, id }, types });
        this.remove(record, { type, id }, at);
      }
    }
    return detached;
  }

  /** Takes a label from every pair of records that carries it, after the label itself was removed. */
  forgetKinds(kinds: readonly AssociationType[]): void {
    for (const kind of kinds) {
      for (const links of this.pairs.get(`${kind.from}>${kind.to}`)?.values() ?? []) {
        for (const link of links) link.types = this.intern(link.types.filter((key) => key !== keyOf(kind)));
      }
    }
  }

  save(): SavedAssociations {
    return { types: this.types.save() };
  }

  *saveLinks(): Iterable<SavedLink> {
    for (const [pair, byFrom] of this.pairs) {
      for (const [from, list] of byFrom) for (const link of list) yield [pair, from, link.id, ...link.types];
    }
  }

  /** Takes one direction of an association back from a snapshot. */
  putSaved([pair, from, to, ...types]: SavedLink): void {
    this.link(this.openPair(pair), from, to, types);
  }

  private addKinds(from: RecordRef, to: RecordRef, kinds: readonly AssociationType[], at: number): void {
    const known = this.findLink(from, to);
    const fresh = kinds.filter((kind) => !known?.types.includes(keyOf(kind)));
    const unique = fresh.filter((kind, index) => fresh.findIndex((one) => keyOf(one) === keyOf(kind)) === index);
    if (unique.length === 0) return;
    const forward = unique.map(keyOf);
    const backward = unique.map((kind) => keyOf(this.types.invert(kind)));
    if (known) {
      this.change(from, to, (types) => [...types, ...forward]);
      this.change(to, from, (types) => [...new Set([...types, ...backward])]);
    } else {
      this.push(from, to, forward);
      this.push(to, from, backward);
    }
    for (const kind of unique) this.tell(from, to, kind, at, false);
  }

  /** Only one record is the primary one: the one before loses the label. */
  private movePrimary(from: RecordRef, keptId: string, to: ObjectType, at: number): void {
    const primary = this.types.findPrimary(from.type, to);
    const holder = this.findPrimary(from, to);
    if (primary && holder !== undefined && holder !== keptId) {
      this.removeLabels(from, { type: to, id: holder }, [primary], at);
    }
  }

  private tell(from: RecordRef, to: RecordRef, kind: AssociationType, at: number, removed: boolean): void {
    const send = (a: RecordRef, b: RecordRef, { typeId, category, label }: AssociationType) =>
      this.feed.emit({
        kind: "associationChange",
        at,
        from: a,
        to: b,
        typeId,
        category,
        isPrimary: label === "Primary",
        removed,
      });
    send(from, to, kind);
    send(to, from, this.types.invert(kind));
  }

  private findLink(from: RecordRef, to: RecordRef): Link | undefined {
    const forward = this.linksOf(from, to.type);
    const backward = this.linksOf(to, from.type);
    if (backward.length < forward.length && !backward.some((link) => link.id === from.id)) return undefined;
    return forward.find((link) => link.id === to.id);
  }

  private push(from: RecordRef, to: RecordRef, types: string[]): void {
    this.link(this.openPair(pairOf(from.type, to.type)), from.id, to.id, types);
  }

  private link(links: Map<string, Link[]>, fromId: string, toId: string, types: readonly string[]): void {
    const list = links.get(fromId);
    const link = { id: toId, types: this.intern(types) };
    // A literal of one takes 8 bytes where a push onto an empty array reserves 17 places.
    if (list) list.push(link);
    else links.set(fromId, [link]);
  }

  private drop(from: RecordRef, to: RecordRef): void {
    const links = this.pairs.get(pairOf(from.type, to.type));
    const left = (links?.get(from.id) ?? []).filter((link) => link.id !== to.id);
    if (left.length > 0) links?.set(from.id, left);
    else links?.delete(from.id);
  }

  private change(from: RecordRef, to: RecordRef, edit: (types: readonly string[]) => readonly string[]): void {
    const link = this.linksOf(from, to.type).find((one) => one.id === to.id);
    if (link) link.types = this.intern(edit(link.types));
  }

  private expand(from: ObjectType, to: ObjectType, link: Link): AssociationType[] {
    return this.types.listBetween(from, to).filter((type) => link.types.includes(keyOf(type)));
  }

  private linksOf(from: RecordRef, to: ObjectType): readonly Link[] {
    return this.pairs.get(pairOf(from.type, to))?.get(from.id) ?? [];
  }

  private openPair(pair: string): Map<string, Link[]> {
    const links = this.pairs.get(pair) ?? new Map<string, Link[]>();
    this.pairs.set(pair, links);
    return links;
  }

  private intern(types: readonly string[]): readonly string[] {
    const key = types.join();
    const kept = this.interned.get(key) ?? [...types];
    this.interned.set(key, kept);
    return kept;
  }
}

/** The wire form of a kind of association. */
export function formatType({ category, typeId, label }: AssociationType): {
  category: AssociationCategory;
  typeId: number;
  label: string | null;
} {
  return { category, typeId, label };
}
