import { notFound } from "./errors";
import { uuidOf } from "./ids";

/** A form as the forms API shows it (v3, "hubspot" forms). */
export type Form = {
  id: string;
  formType: string;
  name: string;
  createdAt: string;
  updatedAt: string;
  archived: boolean;
  archivedAt?: string;
  fieldGroups: { groupType: string; richTextType: string; fields: FormField[] }[];
  configuration: Record<string, unknown>;
  displayOptions: Record<string, unknown>;
  legalConsentOptions: Record<string, unknown>;
};
export type FormField = {
  objectTypeId: string;
  name: string;
  label: string;
  required: boolean;
  hidden: boolean;
  fieldType: string;
  dependentFields: unknown[];
  /** Addresses and telephone numbers only. */
  validation?: Record<string, unknown>;
  useCountryCodeSelect?: boolean;
};
/** One submission; there is no contact id in it, as in the real API. */
export type Submission = {
  conversionId: string;
  submittedAt: number;
  values: { name: string; value: string; objectTypeId: string }[];
  pageUrl: string;
};
type SavedForms = { forms: Form[]; submissions: [string, Submission[]][]; counter: number };

const MADE_AT = "2025-01-15T09:00:00.000Z";

function field(name: string, label: string, required: boolean): FormField {
  const base = { objectTypeId: "0-1", name, label, required, hidden: false, dependentFields: [] };
  if (name === "email") {
    const validation = { blockedEmailDomains: [], useDefaultBlockList: false };
    return { ...base, fieldType: "email", validation };
  }
  if (name === "phone") {
    const validation = { minAllowedDigits: 7, maxAllowedDigits: 20 };
    return { ...base, fieldType: "phone", useCountryCodeSelect: false, validation };
  }
  return { ...base, fieldType: "single_line_text" };
}

/** How a new form looks in HubSpot before somebody changes it. */
const STYLE = {
  fontFamily: "arial, helvetica, sans-serif",
  backgroundWidth: "100%",
  labelTextColor: "#33475b",
  labelTextSize: "14px",
  helpTextColor: "#7C98B6",
  helpTextSize: "11px",
  legalConsentTextColor: "#33475b",
  legalConsentTextSize: "14px",
  submitColor: "#ff7a59",
  submitAlignment: "left",
  submitFontColor: "#ffffff",
  submitSize: "12px",
};

const EMAIL = field("email", "Email", true);
const NAMES = [field("firstname", "First name", false), field("lastname", "Last name", false)];
const START: readonly [name: string, fields: FormField[]][] = [
  ["Contact us", [EMAIL, ...NAMES, field("phone", "Phone number", false), field("message", "Message", false)]],
  ["Newsletter", [EMAIL]],
  ["Download the brochure", [EMAIL, ...NAMES, field("company", "Company name", true)]],
];

/** Forms and what was submitted through them, oldest first. */
export class FormStore {
  private readonly forms = new Map<string, Form>();
  private readonly submissions = new Map<string, Submission[]>();
  private counter: number;

  constructor(saved?: SavedForms) {
    this.counter = saved?.counter ?? 0;
    for (const form of saved?.forms ??
      START.map(([name, fields]) => buildForm(uuidOf("form", name), name, fields, MADE_AT))) {
      this.forms.set(form.id, form);
    }
    for (const [id, list] of saved?.submissions ?? []) this.submissions.set(id, list);
  }

  list(archived = false): Form[] {
    return [...this.forms.values()].filter((form) => form.archived === archived);
  }

  /** Throws 404. */
  get(id: string): Form {
    const form = this.forms.get(id);
    if (!form) throw notFound({ formId: [id] });
    return form;
  }

  /** The form of this name; a name that is new makes a form, so that a test need not build one first. */
  open(name: string, now: number): Form {
    const known = this.list().find((form) => form.name === name);
    return (
      known ?? this.put(buildForm(uuidOf("form", name, now), name, [EMAIL, ...NAMES], new Date(now).toISOString()))
    );
  }

  create(input: Partial<Form> & { name: string }, now: number): Form {
    this.counter += 1;
    const made = buildForm(uuidOf("form", this.counter, now), input.name, [EMAIL], new Date(now).toISOString());
    return this.put({ ...made, ...input, id: made.id });
  }

  update(id: string, change: Partial<Form>, now: number): Form {
    return this.put({ ...this.get(id), ...change, id, updatedAt: new Date(now).toISOString() });
  }

  archive(id: string, now: number): void {
    const archivedAt = new Date(now).toISOString();
    this.put({ ...this.get(id), archived: true, archivedAt });
  }

  submit(id: string, values: Submission["values"], pageUrl: string, now: number): Submission {
    this.counter += 1;
    const submission = { conversionId: uuidOf("conversion", this.counter, now), submittedAt: now, values, pageUrl };
    const list = this.submissions.get(this.get(id).id) ?? [];
    list.push(submission);
    this.submissions.set(id, list);
    return submission;
  }

  /** What was submitted, newest first. Throws 404 for an unknown form. */
  listSubmissions(id: string): Submission[] {
    return [...(this.submissions.get(this.get(id).id) ?? [])].sort((a, b) => b.submittedAt - a.submittedAt);
  }

  save(): SavedForms {
    return { forms: [...this.forms.values()], submissions: [...this.submissions], counter: this.counter };
  }

  private put(form: Form): Form {
    this.forms.set(form.id, form);
    return form;
  }
}

function buildForm(id: string, name: string, fields: FormField[], at: string): Form {
  return {
    id,
    formType: "hubspot",
    name,
    createdAt: at,
    updatedAt: at,
    archived: false,
    fieldGroups: fields.map((one) => ({ groupType: "default_group", richTextType: "text", fields: [one] })),
    configuration: {
      language: "en",
      createNewContactForNewEmail: true,
      editable: true,
      allowLinkToResetKnownValues: false,
      lifecycleStages: [],
      postSubmitAction: { type: "thank_you", value: "Thanks for submitting the form." },
      prePopulateKnownValues: true,
      cloneable: true,
      notifyContactOwner: false,
      recaptchaEnabled: false,
      archivable: true,
      notifyRecipients: [],
    },
    displayOptions: {
      renderRawHtml: false,
      theme: "default_style",
      submitButtonText: "Submit",
      style: STYLE,
      cssClass: "",
    },
    legalConsentOptions: { type: "none" },
  };
}
