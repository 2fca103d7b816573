import { type MailLanguage, mailWords } from "./words";

/** What an e-mail says; all texts are plain. `facts`: rows of a name and a value. */
export type MailContent = {
  subject: string;
  paragraphs: string[];
  facts?: { name: string; value: string }[];
  button: { label: string; url: string };
  /** Small print under the button */
  note?: string;
};

/** The same content as plain text and as HTML that the common mail programs draw (inline styles, one column). */
export function renderMail(
  content: MailContent,
  language: MailLanguage,
): { subject: string; text: string; html: string } {
  // A line break in a subject would begin a header of its own.
  const subject = content.subject.replace(/[\r\n]+/g, " ");
  return { subject, text: renderText(content, language), html: renderHtml({ ...content, subject }, language) };
}

function renderText({ paragraphs, facts = [], button, note }: MailContent, language: MailLanguage): string {
  const t = mailWords(language);
  const rows = facts.map(({ name, value }) => `${name}: ${value}`).join("\n");
  const parts = [...paragraphs, rows, `${button.label}:\n${button.url}`, note ?? "", `-- \n${t("signature")}`];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function renderHtml({ subject, paragraphs, facts = [], button, note }: MailContent, language: MailLanguage): string {
  const t = mailWords(language);
  const font = `font-family:-apple-system,'Segoe UI','Hiragino Sans','Noto Sans JP',sans-serif`;
  const rows = facts.map(
    ({ name, value }) =>
      `<tr><td style="padding:6px 16px 6px 0;color:#63666d;border-top:1px solid #e6e7ea">${escapeHtml(name)}</td><td style="padding:6px 0;text-align:right;border-top:1px solid #e6e7ea">${escapeHtml(value)}</td></tr>`,
  );
  const url = escapeHtml(button.url);
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;background:#f5f5f7;${font};font-size:15px;line-height:1.55;color:#17181b"><div style="max-width:520px;margin:0 auto;padding:32px 16px">
<div style="background:#ffffff;border:1px solid #e6e7ea;border-radius:12px;padding:28px">
<p style="margin:0 0 20px;font-weight:600">Kakehashi</p>
${paragraphs.map((paragraph) => `<p style="margin:0 0 14px">${escapeHtml(paragraph)}</p>`).join("\n")}
${rows.length > 0 ? `<table style="width:100%;border-collapse:collapse;margin:0 0 20px;font-size:14px">${rows.join("")}</table>` : ""}
<p style="margin:20px 0"><a href="${url}" style="display:inline-block;background:#17181b;color:#ffffff;text-decoration:none;padding:9px 16px;border-radius:8px;font-weight:600">${escapeHtml(button.label)}</a></p>
${note ? `<p style="margin:0 0 14px;color:#63666d;font-size:13px">${escapeHtml(note)}</p>` : ""}
<p style="margin:0;color:#63666d;font-size:12px">${escapeHtml(t("linkFallback"))}<br><span style="word-break:break-all">${url}</span></p>
</div><p style="margin:16px 0 0;color:#63666d;font-size:12px;text-align:center">${escapeHtml(t("signature"))}</p></div></body></html>`;
}

function escapeHtml(text: string): string {
  const named: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (letter) => named[letter] ?? letter);
}
