import { HubSpotError, notFound, validationError } from "./errors";
import type { ObjectType } from "./object-types";
import {
  labelStandardGroup,
  listStandardProperties,
  makeOptions,
  type PropertyDefinition,
  type PropertyGroup,
  type PropertyOption,
} from "./property-definition";

/** HubSpot allows ten unique-value properties per object type. */
const MAX_UNIQUE_PROPERTIES = 10;

/** What a person may choose when making a property; the rest follows. */
export type NewProperty = {
  name: string;
  label: string;
  type: string;
  fieldType: string;
  groupName: string;
  description?: string;
  options?: PropertyOption[];
  displayOrder?: number;
  hasUniqueValue?: boolean;
  hidden?: boolean;
  formField?: boolean;
  externalOptions?: boolean;
  numberDisplayHint?: string;
};

type SavedSchema = { definitions: PropertyDefinition[]; groups: PropertyGroup[]; required: string[] };

/** The property definitions and groups of one object type. */
export class PropertySchema {
  private readonly definitions = new Map<string, PropertyDefinition>();
  private readonly groups = new Map<string, PropertyGroup>();
  private readonly required = new Set<string>();

  constructor(readonly type: ObjectType) {
    for (const definition of listStandardProperties(type)) {
      this.definitions.set(definition.name, definition);
      this.addGroup(definition.groupName, labelStandardGroup(definition.groupName), -1);
    }
  }

  /** The live definition of a name, or undefined if there is none or it is archived. */
  find(name: string): PropertyDefinition | undefined {
    const definition = this.definitions.get(name);
    return definition && !definition.archived ? definition : undefined;
  }

  /** Like `find`, but answers 404 as the properties API does. */
  get(name: string, archived = false): PropertyDefinition {
    const definition = this.definitions.get(name);
    if (!definition || definition.archived !== archived) throw notFound({ propertyName: [name] });
    return definition;
  }

  list(archived = false): PropertyDefinition[] {
    return [...this.definitions.values()].filter((definition) => definition.archived === archived);
  }

  /** Names of the properties whose values are unique; their values are indexed. */
  listUnique(): string[] {
    return this.list()
      .filter((definition) => definition.hasUniqueValue)
      .map((definition) => definition.name);
  }

  /** An administrator makes a property required; since 2026-09 HubSpot enforces that on API writes too. */
  setRequired(name: string, isRequired: boolean): void {
    this.get(name);
    if (isRequired) this.required.add(name);
    else this.required.delete(name);
  }

  listRequired(): string[] {
    return [...this.required];
  }

  /** Replaces the options of a property that follows something else (the stages follow the pipelines). */
  setOptions(name: string, pairs: readonly (readonly string[])[]): void {
    this.definitions.set(name, { ...this.get(name), options: makeOptions(pairs) });
  }

  create(input: NewProperty, now: number): PropertyDefinition {
    this.refuseBadDefinition(input);
    const at = new Date(now).toISOString();
    const definition: PropertyDefinition = {
      name: input.name,
      label: input.label,
      type: input.type,
      fieldType: input.fieldType,
      groupName: input.groupName,
      description: input.description ?? "",
      options: input.type === "bool" && !input.options?.length ? BOOL_OPTIONS : (input.options ?? []),
      displayOrder: input.displayOrder ?? -1,
      calculated: false,
      externalOptions: input.externalOptions ?? false,
      hasUniqueValue: input.hasUniqueValue ?? false,
      hidden: input.hidden ?? false,
      hubspotDefined: false,
      formField: input.formField ?? false,
      ...(input.numberDisplayHint === undefined ? {} : { numberDisplayHint: input.numberDisplayHint }),
      dataSensitivity: "non_sensitive",
      modificationMetadata: {
        archivable: true,
        readOnlyDefinition: false,
        readOnlyValue: false,
        ...(input.type === "enumeration" ? { readOnlyOptions: false } : {}),
      },
      createdAt: at,
      updatedAt: at,
      archived: false,
    };
    this.definitions.set(input.name, definition);
    return definition;
  }

  update(name: string, change: Partial<NewProperty>, now: number): PropertyDefinition {
    const { name: _fixed, hasUniqueValue: _alsoFixed, ...rest } = change;
    if (rest.groupName !== undefined) this.refuseUnknownGroup(rest.groupName);
    const next = { ...this.get(name), ...rest, updatedAt: new Date(now).toISOString() };
    this.definitions.set(name, next);
    return next;
  }

  /** Archives a property made here; HubSpot's own cannot be archived. Unknown names answer 404. */
  archive(name: string, now: number): void {
    const definition = this.get(name);
    if (definition.hubspotDefined) throw validationError(`HubSpot defined property "${name}" cannot be archived.`);
    this.definitions.set(name, { ...definition, archived: true, archivedAt: new Date(now).toISOString() });
  }

  listGroups(): PropertyGroup[] {
    return [...this.groups.values()];
  }

  getGroup(name: string): PropertyGroup {
    const group = this.groups.get(name);
    if (!group) throw notFound({ groupName: [name] });
    return group;
  }

  createGroup(name: string, label: string, displayOrder = -1): PropertyGroup {
    if (this.groups.has(name)) {
      throw alreadyExists(`A property group named '${name}' already exists.`, "GROUP_WITH_NAME_EXISTS");
    }
    return this.addGroup(name, label, displayOrder);
  }

  updateGroup(name: string, change: { label?: string; displayOrder?: number }): PropertyGroup {
    const next = { ...this.getGroup(name), ...change };
    this.groups.set(name, next);
    return next;
  }

  archiveGroup(name: string): void {
    this.getGroup(name);
    if (this.list().some((definition) => definition.groupName === name)) {
      throw validationError(`Property group "${name}" has active properties.`, {
        subCategory: "PropertyGroupError.GROUP_WITH_ACTIVE_PROPERTIES",
      });
    }
    this.groups.delete(name);
  }

  save(): SavedSchema {
    return {
      definitions: [...this.definitions.values()],
      groups: this.listGroups(),
      required: this.listRequired(),
    };
  }

  load(saved: SavedSchema): void {
    for (const name of saved.required) this.required.add(name);
    for (const definition of saved.definitions) this.definitions.set(definition.name, definition);
    for (const group of saved.groups) this.groups.set(group.name, group);
  }

  private addGroup(name: string, label: string, displayOrder: number): PropertyGroup {
    const group = this.groups.get(name) ?? { name, label, displayOrder, archived: false };
    this.groups.set(name, group);
    return group;
  }

  private refuseBadDefinition(input: NewProperty): void {
    if (this.find(input.name)) {
      throw alreadyExists(`A property named '${input.name}' already exists.`, "PROPERTY_WITH_NAME_EXISTS");
    }
    if (!/^[a-z][a-z0-9_]{0,99}$/.test(input.name)) {
      throw validationError(
        `Property name "${input.name}" is invalid: it must start with a letter and hold only lower-case letters, numbers and underscores.`,
        { subCategory: "PropertyValidationError.INVALID_PROPERTY_NAME" },
      );
    }
    if (!FIELD_TYPES[input.type]?.includes(input.fieldType)) {
      throw validationError(`Invalid fieldType "${input.fieldType}" for property type "${input.type}".`);
    }
    this.refuseUnknownGroup(input.groupName);
    if (input.hasUniqueValue && this.listUnique().length >= MAX_UNIQUE_PROPERTIES) {
      throw validationError(`Cannot create more than ${MAX_UNIQUE_PROPERTIES} unique properties per object type.`);
    }
  }

  private refuseUnknownGroup(name: string): void {
    if (!this.groups.has(name)) throw validationError(`Property group "${name}" does not exist.`);
  }
}

const BOOL_OPTIONS = makeOptions([
  ["Yes", "true"],
  ["No", "false"],
]);

const FIELD_TYPES: Record<string, string[]> = {
  string: ["text", "textarea", "html", "file", "phonenumber", "calculation_equation"],
  number: ["number", "calculation_equation"],
  bool: ["booleancheckbox", "calculation_equation"],
  date: ["date"],
  datetime: ["date"],
  phone_number: ["phonenumber"],
  enumeration: ["select", "radio", "checkbox", "booleancheckbox", "calculation_equation"],
};

function alreadyExists(message: string, code: string): HubSpotError {
  return new HubSpotError(409, {
    status: "error",
    message,
    category: "OBJECT_ALREADY_EXISTS",
    subCategory: `Properties.${code}`,
  });
}
