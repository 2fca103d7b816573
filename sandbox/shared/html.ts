import { PAGE_STYLE } from "./page-style";

/** Text that is already safe HTML. */
export class Markup {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text;
  }
}

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Escapes a value for text and quoted attributes; null and undefined become "". */
export function escapeHtml(value: unknown): string {
  if (value === null || value === undefined) return "";
  return String(value).replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
}

function renderValue(value: unknown): string {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(renderValue).join("");
  if (value === false) return "";
  return escapeHtml(value);
}

/** Template tag: escapes every value except `Markup` and lists of it. `false`, null and undefined print nothing. */
export function html(parts: TemplateStringsArray, ...values: unknown[]): Markup {
  let text = parts[0] ?? "";
  values.forEach((value, i) => {
    text += renderValue(value) + (parts[i + 1] ?? "");
  });
  return new Markup(text);
}

export type PageOptions = {
  product: string;
  subtitle?: string;
  title: string;
  /** Path of the page, to mark its entry in the navigation. */
  path?: string;
  nav?: { href: string; label: string }[];
  error?: string | undefined;
  note?: string | undefined;
  body: Markup;
};

/** A whole HTML page as text. Without `nav` it is a bare page (the consent pages). */
export function renderPage(o: PageOptions): string {
  const links = (o.nav ?? []).map(
    (entry) => html`<a href="${entry.href}"${entry.href === o.path && html` aria-current="page"`}>${entry.label}</a>`,
  );
  return html`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${o.title} – ${o.product}</title><style>${new Markup(PAGE_STYLE)}</style></head><body data-product="${o.product.split(" ")[0]}">
${o.nav && html`<nav aria-label="Main"><strong>${o.product}</strong><small>${o.subtitle ?? "Sandbox"}</small>${links}</nav>`}
<main><h1>${o.title}</h1>${o.error && html`<p class="error" role="alert">${o.error}</p>`}${o.note && html`<p class="note" role="status">${o.note}</p>`}${o.body}</main></body></html>`
    .text;
}

export type FieldOptions = {
  label: string;
  name: string;
  value?: unknown;
  type?: "text" | "email" | "number" | "date" | "textarea" | "select" | "checkbox";
  options?: { value: string; label: string }[];
  required?: boolean;
  /** Tells apart equally named inputs of several forms on one page */
  form?: string;
};

/** One labelled input; the label is tied to it by id. */
export function renderField(o: FieldOptions): Markup {
  const id = o.form === undefined ? `f-${o.name}` : `f-${o.form}-${o.name}`;
  return html`<div><label for="${id}">${o.label}</label>${renderInput(o, id)}</div>`;
}

function renderInput(o: FieldOptions, id: string): Markup {
  const required = o.required === true && html` required`;
  if (o.type === "textarea") {
    return html`<textarea id="${id}" name="${o.name}" rows="2"${required}>${o.value}</textarea>`;
  }
  if (o.type === "select") {
    const options = (o.options ?? []).map(
      (option) =>
        html`<option value="${option.value}"${option.value === String(o.value ?? "") && html` selected`}>${option.label}</option>`,
    );
    return html`<select id="${id}" name="${o.name}"${required}>${options}</select>`;
  }
  if (o.type === "checkbox") {
    return html`<input type="checkbox" id="${id}" name="${o.name}" value="true"${o.value === true && html` checked`}>`;
  }
  return html`<input type="${o.type ?? "text"}" id="${id}" name="${o.name}" value="${o.value}"${required}>`;
}

/** A form that posts to `action`, with a submit button called `submit` (default "Save"). */
export function renderForm(o: { action: string; fields: Markup[]; submit?: string }): Markup {
  return html`<form class="card" method="post" action="${o.action}"><div class="grid">${o.fields}</div>
<div class="actions"><button class="primary" type="submit">${o.submit ?? "Save"}</button></div></form>`;
}

/** A button alone, which posts to `action` with hidden values. */
export function renderButton(o: {
  action: string;
  label: string;
  values?: Record<string, string>;
  danger?: boolean;
}): Markup {
  const hidden = Object.entries(o.values ?? {}).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return html`<form method="post" action="${o.action}">${hidden}<button class="${o.danger ? "danger" : ""}" type="submit">${o.label}</button></form>`;
}

/** A moment as people read it, to the minute (to the second when `precise`), in UTC; anything else stays as it is. */
export function renderMoment(value: unknown, precise = false): Markup {
  const at = typeof value === "number" ? value : Date.parse(String(value ?? "").replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  if (Number.isNaN(at)) return html`${value}`;
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}" title="${iso}">${iso.slice(0, precise ? 19 : 16).replace("T", " ")}</time>`;
}

/** A table; cells may be `Markup` or plain values. */
export function renderTable(heads: string[], rows: unknown[][]): Markup {
  if (rows.length === 0) return html`<p class="muted">Nothing here.</p>`;
  return html`<div class="table"><table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
}
