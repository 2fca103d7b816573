import type { AskedJob } from "@/lib/contracts/jobs";

export type ImportSource = "hubspot" | "salesforce";
type AskedImport = Extract<AskedJob, { kind: "import_hubspot" | "import_salesforce" }>;
type ImportObject = AskedImport["object"];

/** What the import dialog holds; days as the browser's date boxes give them ("2026-04-01"), "" = any. */
export type ImportForm = {
  source: ImportSource;
  object: ImportObject;
  leads: boolean;
  contacts: boolean;
  createdFrom: string;
  createdTo: string;
  modifiedFrom: string;
};

export const EMPTY_IMPORT: ImportForm = {
  source: "hubspot",
  object: "contact",
  leads: true,
  contacts: true,
  createdFrom: "",
  createdTo: "",
  modifiedFrom: "",
};

const OBJECTS: Record<ImportSource, readonly ImportObject[]> = {
  hubspot: [
    ...(["contact", "company", "deal", "task", "call", "email", "meeting", "note"] as const),
    ...(["form_submission", "marketing_email"] as const),
  ],
  salesforce: ["contact", "company", "deal", "task", "call", "email", "meeting"],
};

export function objectsOf(source: ImportSource): readonly ImportObject[] {
  return OBJECTS[source];
}

/** Another side: an object that it does not have becomes contacts. */
export function withSource(form: ImportForm, source: ImportSource): ImportForm {
  return { ...form, source, object: OBJECTS[source].includes(form.object) ? form.object : "contact" };
}

type ImportFault = {
  field: "types" | "createdFrom" | "createdTo" | "modifiedFrom";
  fault: "noType" | "order" | "date";
};

/** Salesforce and HubSpot hold nothing from before, and neither do we accept more. */
const EARLIEST = "1970-01-01";
const LATEST = "2199-12-31";

/** What keeps the form from being sent; null when it can be. Date boxes give "" for what is no date. */
export function checkImport(form: ImportForm): ImportFault | null {
  if (form.source === "salesforce" && form.object === "contact" && !form.leads && !form.contacts) {
    return { field: "types", fault: "noType" };
  }
  for (const field of ["createdFrom", "createdTo", "modifiedFrom"] as const) {
    const day = form[field];
    if (day !== "" && (day < EARLIEST || day > LATEST || Number.isNaN(Date.parse(day))))
      return { field, fault: "date" };
  }
  const { createdFrom, createdTo } = form;
  return createdFrom !== "" && createdTo !== "" && createdTo < createdFrom
    ? { field: "createdTo", fault: "order" }
    : null;
}

/** The request that the form stands for. Days are those of the person: they begin at midnight in the browser's zone; "to" takes its whole day in. */
export function toImportRequest(form: ImportForm): AskedJob {
  const dates = {
    createdFrom: startOf(form.createdFrom, 0),
    createdTo: startOf(form.createdTo, 1),
    modifiedFrom: startOf(form.modifiedFrom, 0),
  };
  if (form.source === "hubspot") {
    return { kind: "import_hubspot", object: form.object, ...dates } as AskedJob;
  }
  const types = form.object === "contact" ? chosenTypes(form) : null;
  return { kind: "import_salesforce", object: form.object, types, ...dates } as AskedJob;
}

function chosenTypes({ leads, contacts }: ImportForm): ("Lead" | "Contact")[] {
  return [...(leads ? (["Lead"] as const) : []), ...(contacts ? (["Contact"] as const) : [])];
}

function startOf(day: string, daysLater: number): string | null {
  if (day === "") return null;
  const at = new Date(`${day}T00:00:00`);
  at.setDate(at.getDate() + daysLater);
  return at.toISOString();
}
