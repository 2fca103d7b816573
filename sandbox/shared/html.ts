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

const STYLE = `
:root{color-scheme:light}*{box-sizing:border-box}
body{margin:0;font:15px/1.5 system-ui,"Noto Sans CJK JP","Hiragino Sans",sans-serif;color:#1f2430;background:#f6f7f9;display:flex;min-height:100vh}
nav{width:200px;flex:none;background:#fff;border-right:1px solid #dfe3ea;padding:20px 12px}
nav strong{display:block;padding:0 10px 2px}nav small{display:block;padding:0 10px 16px;color:#667085}
nav a{display:block;padding:6px 10px;border-radius:6px;color:inherit;text-decoration:none}
nav a:hover,nav a[aria-current]{background:#eef1f6}
main{flex:1;min-width:0;padding:24px 32px;max-width:1100px}h1{font-size:22px;margin:0 0 16px}h2{font-size:16px;margin:28px 0 8px}
table{width:100%;border-collapse:collapse;background:#fff;border:1px solid #dfe3ea;border-radius:8px}
th,td{text-align:left;padding:8px 12px;border-bottom:1px solid #eef1f6;overflow-wrap:anywhere}th{font-weight:600;color:#4a5365;font-size:13px;white-space:nowrap}
form.card,section.card{background:#fff;border:1px solid #dfe3ea;border-radius:8px;padding:20px;margin:0 0 16px}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(230px,1fr));gap:12px 16px}
label{display:block;font-size:13px;color:#4a5365;margin:0 0 3px}
input,select,textarea{width:100%;padding:7px 9px;border:1px solid #c3cad6;border-radius:6px;font:inherit;background:#fff}
input[type=checkbox]{width:auto}button,.button{display:inline-block;padding:7px 14px;border:1px solid #c3cad6;border-radius:6px;background:#fff;font:inherit;color:inherit;cursor:pointer;text-decoration:none}
button.primary{background:#24418f;border-color:#24418f;color:#fff}button.danger{color:#a3232b;border-color:#e0b4b7}
.row{display:flex;gap:8px;flex-wrap:wrap;align-items:end;margin:0 0 16px}.row>div{flex:1;min-width:160px}
.error{background:#fdecec;border:1px solid #efbcbf;color:#8c1d24;padding:10px 14px;border-radius:8px;margin:0 0 16px}
.note{background:#eaf5ec;border:1px solid #b9dec0;color:#1d5a2c;padding:10px 14px;border-radius:8px;margin:0 0 16px}
details{margin:0 0 8px}summary{display:inline-block;padding:6px 12px;border:1px solid #c3cad6;border-radius:6px;background:#fff;cursor:pointer}details[open]>summary{margin:0 0 8px}
.muted{color:#667085}.actions{margin:16px 0 0;display:flex;gap:8px}`;

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
<title>${o.title} – ${o.product}</title><style>${new Markup(STYLE)}</style></head><body>
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
};

/** One labelled input; the label is tied to it by id. */
export function renderField(o: FieldOptions): Markup {
  const id = `f-${o.name}`;
  return html`<div><label for="${id}">${o.label}</label>${renderInput(o, id)}</div>`;
}

function renderInput(o: FieldOptions, id: string): Markup {
  const required = o.required === true && html` required`;
  if (o.type === "textarea") {
    return html`<textarea id="${id}" name="${o.name}" rows="3"${required}>${o.value}</textarea>`;
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

/** A table; cells may be `Markup` or plain values. */
export function renderTable(heads: string[], rows: unknown[][]): Markup {
  if (rows.length === 0) return html`<p class="muted">Nothing here.</p>`;
  return html`<table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table>`;
}
