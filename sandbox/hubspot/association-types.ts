import { notFound, validationError } from "./errors";
import type { ObjectType } from "./object-types";

export type AssociationCategory = "HUBSPOT_DEFINED" | "USER_DEFINED";

/** One kind of association, in one direction; ids are unique within a category. `inverseId` is the way back. */
export type AssociationType = {
  readonly category: AssociationCategory;
  readonly typeId: number;
  readonly from: string;
  readonly to: string;
  readonly label: string | null;
  readonly name: string;
  readonly inverseId: number;
};

type SavedTypes = { custom: AssociationType[]; nextId: number };
type Row = readonly [from: string, to: string, id: number, inverse: number, label?: string, inverseLabel?: string];

export const PRIMARY = "Primary";
/** Labels of one direction that a portal may define (HubSpot: 50 per pair on higher plans). */
const MAX_LABELS = 50;

/** Type ids of HubSpot's association guide; the unlabelled type of a pair is its default. */
const DEFINED: readonly Row[] = [
  ["0-1", "0-2", 279, 280],
  ["0-1", "0-2", 1, 2, PRIMARY, PRIMARY],
  ["0-1", "0-3", 4, 3],
  ["0-1", "0-5", 15, 16],
  ["0-1", "0-1", 449, 449],
  ["0-2", "0-2", 450, 450],
  ["0-2", "0-2", 13, 14, "Child Company", "Parent Company"],
  ["0-2", "0-3", 342, 341],
  ["0-2", "0-3", 6, 5, PRIMARY, PRIMARY],
  ["0-2", "0-5", 340, 339],
  ["0-2", "0-5", 25, 26, PRIMARY, PRIMARY],
  ["0-3", "0-3", 451, 451],
  ["0-3", "0-5", 27, 28],
  ["0-5", "0-5", 452, 452],
  ...listEngagementRows("0-1", 193),
  ...listEngagementRows("0-2", 181),
  ...listEngagementRows("0-3", 205),
  ...listEngagementRows("0-5", 219),
];

/** Calls, emails, meetings, notes and tasks have ids 0, 4, 6, 8 and 10 above the first; the way back is one higher. */
function listEngagementRows(from: string, first: number): Row[] {
  const offsets: [string, number][] = [
    ["0-48", 0],
    ["0-49", 4],
    ["0-47", 6],
    ["0-46", 8],
    ["0-27", 10],
  ];
  return offsets.map(([to, offset]) => [from, to, first + offset, first + offset + 1]);
}

function keyOf(category: string, typeId: number): string {
  return `${category}:${typeId}`;
}

/** Every kind of association of the portal: HubSpot's own and those that a person or an app defined. */
export class AssociationTypes {
  private readonly byKey = new Map<string, AssociationType>();
  private readonly byPair = new Map<string, AssociationType[]>();
  private nextId: number;

  constructor(saved?: SavedTypes) {
    for (const row of DEFINED) this.addBoth("HUBSPOT_DEFINED", row);
    for (const type of saved?.custom ?? []) this.add(type);
    this.nextId = saved?.nextId ?? 31;
  }

  /** The kinds that lead from one object type to another, the default first. */
  listBetween(from: ObjectType, to: ObjectType): readonly AssociationType[] {
    return this.byPair.get(`${from.typeId}>${to.typeId}`) ?? [];
  }

  /** The kind with this id between these types. Throws 400 when there is none. */
  get(from: ObjectType, to: ObjectType, category: string, typeId: number): AssociationType {
    const type = this.byKey.get(keyOf(category, typeId));
    if (type?.from !== from.typeId || type.to !== to.typeId) {
      throw validationError(
        `Association type with category ${category} and id ${typeId} doesn't exist between ${from.typeId} and ${to.typeId}.`,
        { subCategory: "crm.associations.INVALID_ASSOCIATION_TYPE" },
      );
    }
    return type;
  }

  /** The unlabelled kind. Throws 400 for types that cannot be associated. */
  getDefault(from: ObjectType, to: ObjectType): AssociationType {
    const type = this.listBetween(from, to).find((one) => one.label === null);
    if (!type) throw validationError(`No default association type exists between ${from.typeId} and ${to.typeId}.`);
    return type;
  }

  /** The kind that makes one record the main one of its kind (contact, deal or ticket to company). */
  findPrimary(from: ObjectType, to: ObjectType): AssociationType | undefined {
    if (to.typeId !== "0-2") return undefined;
    return this.listBetween(from, to).find((one) => one.label === PRIMARY);
  }

  invert(type: AssociationType): AssociationType {
    return this.byKey.get(keyOf(type.category, type.inverseId)) ?? type;
  }

  /** Defines a label, or a pair of labels when `inverseLabel` is given. Answers one or two kinds. */
  define(
    from: ObjectType,
    to: ObjectType,
    input: { name: string; label: string | null; inverseLabel?: string | null | undefined },
  ): AssociationType[] {
    const custom = this.listBetween(from, to).filter((type) => type.category === "USER_DEFINED");
    if (custom.length >= MAX_LABELS)
      throw validationError(`Only ${MAX_LABELS} labels are allowed between two objects.`);
    if (custom.some((type) => type.label === input.label && input.label !== null)) {
      throw validationError(`An association label named "${input.label}" already exists.`);
    }
    const id = this.nextId;
    const isPaired = input.inverseLabel != null || from.typeId !== to.typeId;
    this.nextId += isPaired ? 2 : 1;
    const inverse = isPaired ? id + 1 : id;
    const forward: AssociationType = {
      category: "USER_DEFINED",
      typeId: id,
      from: from.typeId,
      to: to.typeId,
      label: input.label,
      name: input.name,
      inverseId: inverse,
    };
    this.add(forward);
    if (!isPaired) return [forward];
    const label = input.inverseLabel ?? input.label;
    const back = { ...forward, typeId: inverse, from: to.typeId, to: from.typeId, label, inverseId: id };
    this.add(back);
    return [forward, back];
  }

  /** Gives a label another text. Throws 404 for HubSpot's own kinds and unknown ids. */
  rename(from: ObjectType, to: ObjectType, typeId: number, label: string, inverseLabel?: string | null): void {
    const type = this.getCustom(from, to, typeId);
    const back = this.invert(type);
    this.replace({ ...type, label });
    if (inverseLabel != null && back.typeId !== type.typeId) this.replace({ ...back, label: inverseLabel });
  }

  /** Takes a label away, in both directions. Throws 404 for HubSpot's own kinds and unknown ids. */
  remove(from: ObjectType, to: ObjectType, typeId: number): AssociationType[] {
    const type = this.getCustom(from, to, typeId);
    const gone = [...new Set([type, this.invert(type)])];
    for (const one of gone) {
      this.byKey.delete(keyOf(one.category, one.typeId));
      const pair = `${one.from}>${one.to}`;
      this.byPair.set(
        pair,
        (this.byPair.get(pair) ?? []).filter((other) => other.typeId !== one.typeId || other.category !== one.category),
      );
    }
    return gone;
  }

  save(): SavedTypes {
    return { custom: [...this.byKey.values()].filter((type) => type.category === "USER_DEFINED"), nextId: this.nextId };
  }

  private getCustom(from: ObjectType, to: ObjectType, typeId: number): AssociationType {
    const type = this.byKey.get(keyOf("USER_DEFINED", typeId));
    if (type?.from !== from.typeId || type.to !== to.typeId) throw notFound({ associationTypeId: [String(typeId)] });
    return type;
  }

  private addBoth(category: AssociationCategory, [from, to, typeId, inverseId, label, inverseLabel]: Row): void {
    const name = `${from}_to_${to}${label ? `_${label.toLowerCase().replaceAll(" ", "_")}` : ""}`;
    this.add({ category, typeId, from, to, label: label ?? null, name, inverseId });
    if (typeId === inverseId) return;
    this.add({ category, typeId: inverseId, from: to, to: from, label: inverseLabel ?? null, name, inverseId: typeId });
  }

  private add(type: AssociationType): void {
    this.byKey.set(keyOf(type.category, type.typeId), type);
    const pair = `${type.from}>${type.to}`;
    this.byPair.set(pair, [...(this.byPair.get(pair) ?? []), type]);
  }

  private replace(type: AssociationType): void {
    this.byKey.set(keyOf(type.category, type.typeId), type);
    const pair = `${type.from}>${type.to}`;
    const list = this.byPair.get(pair) ?? [];
    this.byPair.set(
      pair,
      list.map((one) => (one.typeId === type.typeId && one.category === type.category ? type : one)),
    );
  }
}
