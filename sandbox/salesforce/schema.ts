import { readFileSync } from "node:fs";

export type FieldType =
  | "id"
  | "boolean"
  | "reference"
  | "string"
  | "picklist"
  | "multipicklist"
  | "textarea"
  | "double"
  | "int"
  | "percent"
  | "currency"
  | "address"
  | "phone"
  | "email"
  | "url"
  | "date"
  | "datetime";

/** One field; what is left out is false / none. `createOnly` = settable at creation, never later. */
export type FieldDef = {
  name: string;
  label: string;
  type: FieldType;
  length?: number;
  precision?: number;
  scale?: number;
  digits?: number;
  required?: boolean;
  readOnly?: boolean;
  createOnly?: boolean;
  defaultedOnCreate?: boolean;
  default?: string;
  picklist?: string[];
  /** What people see of picklist values that have another label */
  labels?: Record<string, string>;
  /** Task.Status: the values of a closed task; Task.Priority: those of an urgent one */
  closed?: string[];
  high?: string[];
  restricted?: boolean;
  referenceTo?: string[];
  relationshipName?: string;
  compound?: string;
  nameField?: boolean;
  idLookup?: boolean;
  formula?: string;
  unique?: boolean;
  externalId?: boolean;
  /** The values of a dependent picklist that the controlling field's value allows. */
  controller?: { field: string; allowed: Record<string, string[]> };
  /** The name under which the parent finds its children, such as `Contacts` or `Visits__r`. */
  childRelationship?: string;
  /** Children go with their parent. */
  masterDetail?: boolean;
};

export type ObjectJson = {
  name: string;
  label: string;
  labelPlural: string;
  keyPrefix: string;
  /** Records come from the set-up and cannot be written by anyone. */
  fixed?: boolean;
  fields: FieldDef[];
};

/** One object type with its fields, found by name in any case. */
export class ObjectDef {
  readonly name: string;
  label: string;
  labelPlural: string;
  readonly keyPrefix: string;
  readonly fixed: boolean;
  private readonly byName = new Map<string, FieldDef>();
  private readonly byRelationship = new Map<string, FieldDef>();

  constructor(json: ObjectJson) {
    this.name = json.name;
    this.label = json.label;
    this.labelPlural = json.labelPlural;
    this.keyPrefix = json.keyPrefix;
    this.fixed = json.fixed === true || json.name === "Organization";
    for (const field of json.fields) this.addField(field);
  }

  get fields(): FieldDef[] {
    return [...this.byName.values()];
  }

  get fieldCount(): number {
    return this.byName.size;
  }

  findField(name: string): FieldDef | undefined {
    return this.byName.get(name.toLowerCase());
  }

  /** The reference field behind a relationship name such as `Owner`. */
  findRelationship(name: string): FieldDef | undefined {
    return this.byRelationship.get(name.toLowerCase());
  }

  addField(field: FieldDef): void {
    this.byName.set(field.name.toLowerCase(), field);
    if (field.relationshipName) this.byRelationship.set(field.relationshipName.toLowerCase(), field);
  }

  removeField(name: string): void {
    this.byName.delete(name.toLowerCase());
  }

  toJson(): ObjectJson {
    const { name, label, labelPlural, keyPrefix, fixed, fields } = this;
    return { name, label, labelPlural, keyPrefix, fixed, fields };
  }
}

/** All object types, found by name (any case) or by the key prefix of an id. */
export class Schema {
  private readonly byName = new Map<string, ObjectDef>();
  private readonly byPrefix = new Map<string, ObjectDef>();
  /** When a field was last added or a permission changed, epoch ms: `If-Modified-Since` of describe. */
  changedAt: number;

  constructor(objects: ObjectJson[], changedAt: number) {
    this.changedAt = changedAt;
    for (const json of objects) this.addObject(json);
  }

  addObject(json: ObjectJson): ObjectDef {
    const def = new ObjectDef(json);
    this.byName.set(def.name.toLowerCase(), def);
    this.byPrefix.set(def.keyPrefix, def);
    return def;
  }

  removeObject(def: ObjectDef): void {
    this.byName.delete(def.name.toLowerCase());
    this.byPrefix.delete(def.keyPrefix);
  }

  get objects(): ObjectDef[] {
    return [...this.byName.values()];
  }

  findObject(name: string): ObjectDef | undefined {
    return this.byName.get(name.toLowerCase());
  }

  findByPrefix(id: string): ObjectDef | undefined {
    return this.byPrefix.get(id.slice(0, 3));
  }

  toJson(): ObjectJson[] {
    return this.objects.map((def) => def.toJson());
  }
}

/** The schema of a fresh organisation: standard objects, the sample custom fields, no field of any product. */
export function readStandardObjects(): ObjectJson[] {
  return ["objects", "setup-objects"].flatMap((file) => {
    const text = readFileSync(new URL(`./data/${file}.json`, import.meta.url), "utf8");
    return (JSON.parse(text) as { objects: ObjectJson[] }).objects;
  });
}
