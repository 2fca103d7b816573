import { ActError } from "../shared/control-routes";
import { html, Markup, renderButton, renderField, renderForm, renderTable } from "../shared/html";
import { addDuplicateRule, addValidationRule, setFieldPermission } from "./acts";
import { renderOrgPage } from "./page-kit";
import type { OrgApp, OrgContext } from "./routes/context";
import type { OrgState } from "./state";

const OBJECTS = ["Lead", "Contact", "Account"].map((name) => ({ value: name, label: name }));

function renderObjectChoice(of: string): Markup {
  return renderField({ label: `${of} object`, name: "object", type: "select", options: OBJECTS });
}

function renderValidationRules(state: OrgState): Markup {
  const rows = state.setup.validationRules.map((rule) => [
    rule.object,
    rule.name,
    rule.errorCondition,
    rule.errorMessage,
    rule.errorField,
    renderButton({
      action: "/setup/remove-validation-rule",
      label: "Remove",
      values: { object: rule.object, name: rule.name },
      danger: true,
    }),
  ]);
  return html`<h2>Validation rules</h2>${renderTable(["Object", "Name", "Error condition", "Message", "Field", ""], rows)}
${renderForm({
  action: "/setup/validation-rule",
  submit: "Add validation rule",
  fields: [
    renderObjectChoice("Validation rule"),
    renderField({ label: "Rule name", name: "name", required: true }),
    renderField({ label: "Error condition formula", name: "errorCondition", type: "textarea", required: true }),
    renderField({ label: "Error message", name: "errorMessage", required: true }),
    renderField({ label: "Error field", name: "errorField" }),
  ],
})}`;
}

function renderDuplicateRules(state: OrgState): Markup {
  const rows = state.setup.duplicateRules.map((rule) => [
    rule.object,
    rule.name,
    rule.matchField,
    rule.action,
    renderButton({
      action: "/setup/remove-duplicate-rule",
      label: "Remove",
      values: { object: rule.object, name: rule.name },
      danger: true,
    }),
  ]);
  const actions = ["Block", "Alert"].map((value) => ({ value, label: value }));
  return html`<h2>Duplicate rules</h2>${renderTable(["Object", "Name", "Matching field", "Action", ""], rows)}
${renderForm({
  action: "/setup/duplicate-rule",
  submit: "Add duplicate rule",
  fields: [
    renderObjectChoice("Duplicate rule"),
    renderField({ label: "Matching field", name: "matchField", value: "Email", required: true }),
    renderField({ label: "Action", name: "ruleAction", type: "select", options: actions }),
  ],
})}`;
}

function renderPermissions(state: OrgState): Markup {
  const rows = Object.entries(state.setup.permissions).map(([field, permission]) => [
    field,
    permission.readable ? "yes" : "no",
    permission.editable ? "yes" : "no",
  ]);
  const access = [
    { value: "edit", label: "Read and edit" },
    { value: "read", label: "Read only" },
    { value: "none", label: "No access" },
  ];
  return html`<h2>Field permissions of the integration user</h2>${renderTable(["Field", "Readable", "Editable"], rows)}
${renderForm({
  action: "/setup/field-permission",
  submit: "Set permission",
  fields: [
    renderObjectChoice("Permission"),
    renderField({ label: "Field", name: "field", required: true }),
    renderField({ label: "Access", name: "access", type: "select", options: access }),
  ],
})}`;
}

/** A form's inputs share the page with those of the others, so each form gets its own ids. */
function separateIds(markup: Markup, prefix: string): Markup {
  return new Markup(markup.text.replace(/(id|for)="f-/g, `$1="${prefix}-`));
}

function renderSetup(state: OrgState, o: { error?: string; note?: string } = {}): string {
  const body = html`${separateIds(renderValidationRules(state), "v")}${separateIds(renderDuplicateRules(state), "d")}${separateIds(renderPermissions(state), "p")}`;
  return renderOrgPage({ title: "Setup", path: "/setup", body, ...o });
}

type Form = Record<string, string>;

/** `/setup`: the administrator's rules and permissions. */
export function mountSetupPages(app: OrgApp, state: OrgState): void {
  const handle = (work: (form: Form) => void) => async (c: OrgContext) => {
    const sent = await c.req.formData();
    const form: Form = Object.fromEntries([...sent].map(([name, value]) => [name, String(value).trim()]));
    try {
      work(form);
      state.touch();
      return c.redirect("/setup?saved=1", 303);
    } catch (error) {
      if (!(error instanceof ActError)) throw error;
      return c.html(renderSetup(state, { error: error.message }), 400);
    }
  };
  app.get("/setup", (c) => c.html(renderSetup(state, c.req.query("saved") ? { note: "Saved." } : {})));
  app.post(
    "/setup/validation-rule",
    handle(({ object = "", name = "", errorCondition = "", errorMessage = "", errorField }) =>
      addValidationRule(state, { object, name, errorCondition, errorMessage, errorField: errorField || undefined }),
    ),
  );
  app.post(
    "/setup/remove-validation-rule",
    handle(({ object, name }) => {
      state.setup.validationRules = state.setup.validationRules.filter(
        (rule) => rule.object !== object || rule.name !== name,
      );
    }),
  );
  app.post(
    "/setup/duplicate-rule",
    handle(({ object = "", matchField = "", ruleAction }) =>
      addDuplicateRule(state, { object, matchField, action: ruleAction === "Alert" ? "Alert" : "Block" }),
    ),
  );
  app.post(
    "/setup/remove-duplicate-rule",
    handle(({ object, name }) => {
      state.setup.duplicateRules = state.setup.duplicateRules.filter(
        (rule) => rule.object !== object || rule.name !== name,
      );
    }),
  );
  app.post(
    "/setup/field-permission",
    handle(({ object = "", field = "", access }) =>
      setFieldPermission(state, { object, field, readable: access !== "none", editable: access === "edit" }),
    ),
  );
}
