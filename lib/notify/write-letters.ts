import { readEnv } from "@/lib/server/env";
import type { DigestFacts } from "@/lib/store/digest-queries";
import { type MailContent, renderMail } from "./render-mail";
import type { Letter } from "./send-mail";
import { formatMoment, type MailLanguage, mailWords, nameError } from "./words";

export type SuspendedFacts = { at: string; reason: string; side: string; detail: string };
export type BrakeFacts = { at: string; count: number };
export type DigestLetterFacts = DigestFacts & { kind: "daily" | "weekly"; from: string; to: string };
export type Reader = { email: string; language: MailLanguage; timeZone: string };

export function writeTest(reader: Reader): Letter {
  const t = mailWords(reader.language);
  return toLetter(reader, {
    subject: t("test.subject"),
    paragraphs: [t("test.what")],
    button: { label: t("test.button"), url: readEnv().publicUrl },
  });
}

/** The connection stands still: why, since when, what to do. */
export function writeSuspended(reader: Reader, facts: SuspendedFacts): Letter {
  const t = mailWords(reader.language);
  const { reason, side, detail } = facts;
  const crm = side === "salesforce" ? "Salesforce" : side === "hubspot" ? "HubSpot" : "CRM";
  const at = formatMoment(new Date(facts.at), reader.language, reader.timeZone);
  return toLetter(reader, {
    subject: t("suspended.subject", { side }),
    paragraphs: [t("suspended.what", { at, reason, crm }), t("suspended.todo", { reason, crm })],
    facts: detail === "" ? [] : [{ name: t("suspended.answer"), value: detail }],
    button: { label: t("suspended.button"), url: `${readEnv().publicUrl}/connection` },
    note: t("whyYou"),
  });
}

/** More would change than was set as the limit: how much, since when, what to do. */
export function writeBrakeWaiting(reader: Reader, facts: BrakeFacts): Letter {
  const t = mailWords(reader.language);
  const { count } = facts;
  const at = formatMoment(new Date(facts.at), reader.language, reader.timeZone);
  return toLetter(reader, {
    subject: t("brake_waiting.subject"),
    paragraphs: [t("brake_waiting.what", { at, count }), t("brake_waiting.todo")],
    button: { label: t("brake_waiting.button"), url: `${readEnv().publicUrl}/runs` },
    note: t("whyYou"),
  });
}

/** What happened in a day or a week, and what stands now. */
export function writeDigest(reader: Reader, facts: DigestLetterFacts): Letter {
  const { language, timeZone } = reader;
  const t = mailWords(language);
  const number = (value: number) => new Intl.NumberFormat(language).format(value);
  const { states, calls, errors } = facts;
  const rows: [string, string][] = [
    [t("digest.inSync"), number(states.in_sync)],
    [t("digest.failing"), number(states.failing)],
    [t("digest.excluded"), number(states.excluded)],
    [t("digest.due"), number(states.due)],
    [t("digest.created"), number(facts.created)],
    [t("digest.toSalesforce"), number(facts.toSalesforce)],
    [t("digest.toHubspot"), number(facts.toHubspot)],
    [t("digest.calls"), `${number(calls.hubspot)} / ${number(calls.salesforce)}`],
  ];
  for (const { type, side, records } of errors)
    rows.push([`${t("digest.errors")}: ${nameError(language, type, side)}`, number(records)]);
  const [from, to] = [facts.from, facts.to].map((at) => formatMoment(new Date(at), language, timeZone));
  return toLetter(reader, {
    subject: t("digest.subject", { kind: facts.kind, failing: states.failing }),
    paragraphs: [t("digest.what", { from: from ?? "", to: to ?? "" })],
    facts: rows.map(([name, value]) => ({ name, value })),
    button:
      states.failing > 0
        ? { label: t("digest.errorsButton"), url: `${readEnv().publicUrl}/health` }
        : { label: t("digest.button"), url: readEnv().publicUrl },
    note: t("whyYou"),
  });
}

function toLetter(reader: Reader, content: MailContent): Letter {
  return { to: reader.email, ...renderMail(content, reader.language) };
}
