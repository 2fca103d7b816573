import type { AssociationType } from "./association-types";
import { HubSpotError, notFound, validationError } from "./errors";
import { PORTAL_ID } from "./ids";
import { ObjectStore } from "./object-store";
import type { ObjectType } from "./object-types";
import type { Portal } from "./portal";
import type { NewProperty } from "./schema";

/** What a person or app says of a custom object type. */
export type NewObjectSchema = {
  name: string;
  labels: { singular?: string | undefined; plural?: string | undefined };
  description?: string | undefined;
  primaryDisplayProperty?: string | undefined;
  secondaryDisplayProperties: string[];
  searchableProperties: string[];
  requiredProperties: string[];
  properties: NewProperty[];
  associatedObjects: string[];
};
/** A custom object type as it is kept; its properties live in its store. */
export type ObjectSchema = Omit<NewObjectSchema, "properties" | "associatedObjects"> & {
  objectTypeId: string;
  associations: { id: string; fromObjectTypeId: string; toObjectTypeId: string; name: string }[];
  createdAt: string;
  updatedAt: string;
};
type SavedSchemas = { schemas: ObjectSchema[]; nextId: number };

/** HubSpot allows ten custom object types (more can be bought). */
const MAX_SCHEMAS = 10;
const FIRST_ID = 23_508_141;

/** What the rest of the sandbox needs to know of a custom object type. */
export function typeOf(schema: ObjectSchema): ObjectType {
  const number = Number(schema.objectTypeId.slice(2)) - FIRST_ID;
  return {
    name: `p${PORTAL_ID}_${schema.name}`,
    label: schema.name.toUpperCase(),
    typeId: schema.objectTypeId,
    scopes: "custom",
    createdProperty: "hs_createdate",
    modifiedProperty: "hs_lastmodifieddate",
    defaultProperties: ["hs_createdate", "hs_lastmodifieddate", "hs_object_id"],
    queryProperties: schema.searchableProperties,
    requiredProperties: schema.requiredProperties,
    firstId: 70_000_000_001 + number * 100_000_000,
  };
}

/** The custom object types of the portal. */
export class CustomSchemas {
  private readonly schemas = new Map<string, ObjectSchema>();
  private nextId: number;

  constructor(
    private readonly state: Portal,
    saved?: SavedSchemas,
  ) {
    this.nextId = saved?.nextId ?? FIRST_ID;
    for (const schema of saved?.schemas ?? []) this.schemas.set(schema.objectTypeId, schema);
  }

  list(): ObjectSchema[] {
    return [...this.schemas.values()];
  }

  /** By type id, full name or short name. Throws 404. */
  get(spelling: string): ObjectSchema {
    const wanted = spelling.toLowerCase();
    const found = this.list().find(({ objectTypeId, name }) =>
      [objectTypeId, name, `p${PORTAL_ID}_${name}`].includes(wanted),
    );
    if (!found) throw notFound({ objectType: [spelling] });
    return found;
  }

  /** Throws 400 for a bad name or display property, 409 for a taken name. */
  create(input: NewObjectSchema): ObjectSchema {
    const { properties, associatedObjects, ...rest } = input;
    this.refuseBadName(input.name);
    const names = properties.map((one) => one.name);
    const used = [input.primaryDisplayProperty, ...input.requiredProperties, ...input.searchableProperties];
    const unknown = used.find((name) => name !== undefined && !names.includes(name));
    if (unknown !== undefined) throw validationError(`Property "${unknown}" is not among the schema's properties.`);
    const at = new Date(this.state.clock.now()).toISOString();
    const schema: ObjectSchema = {
      ...rest,
      objectTypeId: `2-${this.nextId}`,
      associations: [],
      createdAt: at,
      updatedAt: at,
    };
    const store = new ObjectStore(typeOf(schema));
    const groupName = `${schema.name}_information`;
    for (const property of properties) {
      store.schema.create({ ...property, groupName: property.groupName || groupName }, this.state.clock.now());
      if (property.hasUniqueValue) store.indexUnique(property.name);
    }
    this.nextId += 1;
    this.schemas.set(schema.objectTypeId, schema);
    this.state.openStore(store);
    for (const other of ["TASK", "NOTE", "EMAIL", "CALL", "MEETING", ...associatedObjects])
      this.associate(schema, other);
    return schema;
  }

  update(spelling: string, change: Partial<NewObjectSchema>): ObjectSchema {
    const { properties: _own, associatedObjects: _also, name: _fixed, ...rest } = change;
    const schema = this.get(spelling);
    const next = { ...schema, ...rest, updatedAt: new Date(this.state.clock.now()).toISOString() };
    this.schemas.set(schema.objectTypeId, next);
    return next;
  }

  /** Throws 400 while the type has records. */
  remove(spelling: string): void {
    const schema = this.get(spelling);
    const store = this.state.findStore(schema.objectTypeId);
    if (store && store.size > 0)
      throw validationError(`${schema.name} still has ${store.size} records; delete them first.`);
    this.schemas.delete(schema.objectTypeId);
    this.state.closeStore(schema.objectTypeId);
  }

  /** Lets records of the type be associated with another type, and answers the kind that leads there. */
  associate(schema: ObjectSchema, spelling: string, name?: string): AssociationType {
    const other = this.state.findStore(spelling);
    const own = this.state.findStore(schema.objectTypeId);
    if (!other || !own) throw validationError(`Unable to infer object type from: ${spelling}`);
    const kindName = name ?? `${schema.name}_to_${other.type.label.toLowerCase()}`;
    const known = this.state.associations.types.listBetween(own.type, other.type);
    const [kind] =
      known.length > 0
        ? known
        : this.state.associations.types.define(own.type, other.type, { name: kindName, label: null });
    if (!kind) throw new Error("a definition always answers a kind");
    schema.associations.push({
      id: String(kind.typeId),
      fromObjectTypeId: schema.objectTypeId,
      toObjectTypeId: other.type.typeId,
      name: kindName,
    });
    return kind;
  }

  /** Takes a kind of association out of the definition; what is associated stays so. Throws 404. */
  dissociate(spelling: string, id: string): void {
    const schema = this.get(spelling);
    if (!schema.associations.some((one) => one.id === id)) throw notFound({ associationIdentifier: [id] });
    schema.associations = schema.associations.filter((one) => one.id !== id);
  }

  save(): SavedSchemas {
    return { schemas: this.list(), nextId: this.nextId };
  }

  private refuseBadName(name: string): void {
    if (!/^[a-z][a-z0-9_]*$/i.test(name)) throw validationError(`Object type name "${name}" is invalid.`);
    if (this.schemas.size >= MAX_SCHEMAS)
      throw validationError(`A portal may have ${MAX_SCHEMAS} custom object types.`);
    if (!this.list().some((one) => one.name === name)) return;
    throw new HubSpotError(409, {
      status: "error",
      message: `Object type '${name}' already exists.`,
      category: "OBJECT_ALREADY_EXISTS",
    });
  }
}
