import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PATCH as changeNotifications, GET as readNotifications } from "@/app/api/notifications/route";
import { POST as sendTest } from "@/app/api/notifications/test/route";
import { POST as invite } from "@/app/api/users/invitations/route";
import { ADMIN, type AppWorld, callRoute, signIn, startAppWorld } from "@/lib/access/testing/app-world";
import { getDatabase } from "@/lib/store/client";
import { claimMails, queueMails } from "@/lib/store/notifications";
import { sendDueNotifications } from "./send-due-notifications";

type Arrived = { to: string[]; raw: string };

let world: AppWorld;
let owner: Record<string, string>;
let server: SMTPServer;
let refuse = false;
const arrived: Arrived[] = [];

beforeAll(async () => {
  server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    onAuth: ({ username, password }, _session, done) =>
      username === "mailer" && password === "secret" ? done(null, { user: username }) : done(new Error("wrong")),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        if (refuse) return done(new Error("The mailbox is full"));
        const to = session.envelope.rcptTo.map((address) => address.address);
        arrived.push({ to, raw: Buffer.concat(chunks).toString("utf8") });
        return done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as { port: number };
  process.env.SMTP_URL = `smtp://mailer:secret@127.0.0.1:${port}`;
  process.env.MAIL_FROM = "Kakehashi <sync@people.example>";
  world = await startAppWorld(3);
  owner = await signIn();
});
afterAll(async () => {
  await world.stop();
  await new Promise<void>((resolve) => server.close(resolve));
});
beforeEach(async () => {
  arrived.length = 0;
  refuse = false;
  await getDatabase().outgoingMail.deleteMany();
  await getDatabase().connection.updateMany({ data: { status: "active", suspendedAt: null } });
});

/** The plain text part and the subject as a mail program shows them. */
function read({ raw }: Arrived): { subject: string; text: string } {
  const subject = /^Subject: ((?:.|\r\n[ \t])+)/m.exec(raw)?.[1] ?? "";
  const part = raw.split(/^--.+$/m).find((one) => /content-type: text\/plain/i.test(one)) ?? raw;
  const [head = "", ...rest] = part.split(/\r\n\r\n/).slice(part.startsWith("\r\n") ? 0 : 0);
  const body = rest.join("\r\n\r\n");
  const isBase64 = /base64/i.test(head);
  const text = isBase64 ? Buffer.from(body, "base64").toString("utf8") : decodeQuoted(body);
  return { subject: decodeWords(subject), text };
}

function decodeQuoted(text: string): string {
  const joined = text.replace(/=\r\n/g, "");
  return Buffer.from(
    joined.replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    "latin1",
  ).toString("utf8");
}

function decodeWords(subject: string): string {
  return subject
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?UTF-8\?([BQ])\?(.*?)\?=/gi, (_, kind: string, text: string) =>
      kind.toUpperCase() === "B"
        ? Buffer.from(text, "base64").toString("utf8")
        : decodeQuoted(text.replaceAll("_", " ")),
    );
}

async function suspend(at = new Date()): Promise<void> {
  await getDatabase().connection.updateMany({
    data: {
      status: "suspended",
      suspendedAt: at,
      suspendedReason: "sign_in_lost",
      suspendedSide: "hubspot",
      suspendedDetail: "BAD_REFRESH_TOKEN",
    },
  });
}

const choose = (body: object) => callRoute(changeNotifications, { method: "PATCH", headers: owner, body });

describe("a suspended connection", () => {
  it("is told once to whoever may do something about it, however many workers look", async () => {
    await suspend();
    await Promise.all([1, 2, 3].map(() => sendDueNotifications(new Date())));
    await sendDueNotifications(new Date(Date.now() + 3_600_000));
    expect(arrived.map((mail) => mail.to)).toEqual([[ADMIN.email]]);
    const [mail] = arrived.map(read);
    expect(mail?.subject).toBe("Syncing is paused: HubSpot");
    expect(mail?.text).toContain("HubSpot no longer accepts the sign-in.");
    expect(mail?.text).toContain("Reconnect HubSpot. Changes queue up meanwhile; nothing is lost.");
    expect(mail?.text).toContain("BAD_REFRESH_TOKEN");
    expect(mail?.text).toContain("http://localhost:3999/connection");
  });

  it("is told again when it is suspended another time", async () => {
    await suspend(new Date(Date.now() - 60_000));
    await sendDueNotifications(new Date());
    await suspend(new Date());
    await sendDueNotifications(new Date());
    expect(arrived).toHaveLength(2);
  });

  it("is told in the language of the person", async () => {
    await getDatabase().user.updateMany({ where: { email: ADMIN.email }, data: { language: "ja" } });
    await suspend();
    await sendDueNotifications(new Date());
    await getDatabase().user.updateMany({ where: { email: ADMIN.email }, data: { language: "en" } });
    const [mail] = arrived.map(read);
    expect(mail?.subject).toBe("同期が一時停止しています：HubSpot");
    expect(mail?.text).toContain("HubSpotを再接続してください。");
  });

  it("is not told to whoever does not want it, or may no longer sign in", async () => {
    await choose({ instant: false });
    await suspend();
    await sendDueNotifications(new Date());
    expect(arrived).toEqual([]);
    await choose({ instant: true });
  });

  it("is told later when the mail server refuses now, and its words are shown", async () => {
    refuse = true;
    await suspend();
    expect(await sendDueNotifications(new Date())).toBe(0);
    const shown = await (await callRoute(readNotifications, { headers: owner })).json();
    expect(shown).toMatchObject({ mailReady: true, problem: expect.stringContaining("The mailbox is full") });
    refuse = false;
    expect(await sendDueNotifications(new Date(Date.now() + 30_000))).toBe(0);
    expect(await sendDueNotifications(new Date(Date.now() + 3 * 60_000))).toBe(1);
    expect(arrived).toHaveLength(1);
    expect(await (await callRoute(readNotifications, { headers: owner })).json()).toMatchObject({ problem: null });
  });
});

describe("a mass change that waits", () => {
  it("is told once, with its size", async () => {
    const { connectionId } = world;
    const counts = { creates: 1000, overwrites: 200, deletes: 34, pairs: 5000 };
    await getDatabase().brake.create({ data: { ...counts, connectionId, reason: "limit", settingsVersion: 1 } });
    await sendDueNotifications(new Date());
    await sendDueNotifications(new Date());
    await getDatabase().brake.updateMany({ data: { state: "dismissed" } });
    await sendDueNotifications(new Date());
    expect(arrived).toHaveLength(1);
    const [mail] = arrived.map(read);
    expect(mail?.subject).toBe("A mass change waits for your yes");
    expect(mail?.text).toContain("a change of 1,234 records waits");
    expect(mail?.text).toMatch(/\/runs$/m);
  });
});

describe("a digest", () => {
  it("comes at eight o'clock of the person's zone, once a day, with the numbers of that day", async () => {
    await choose({ digest: "daily", timeZone: "Asia/Tokyo" });
    const user = await getDatabase().user.findUniqueOrThrow({ where: { email: ADMIN.email } });
    await getDatabase().notificationChoice.update({
      where: { userId: user.id },
      data: { lastDigestAt: new Date("2026-11-22T00:00:00Z") },
    });
    await getDatabase().syncRun.create({
      data: {
        connectionId: world.connectionId,
        kind: "check",
        startedAt: new Date("2026-11-22T12:00:00Z"),
        created: 1234,
        updatedSalesforce: 7,
      },
    });
    // 07:59 and 08:00 in Tokyo.
    expect(await sendDueNotifications(new Date("2026-11-22T22:59:00Z"))).toBe(0);
    expect(await sendDueNotifications(new Date("2026-11-22T23:00:00Z"))).toBe(1);
    expect(await sendDueNotifications(new Date("2026-11-23T10:00:00Z"))).toBe(0);
    const [mail] = arrived.map(read);
    expect(mail?.subject).toBe("Your day in Kakehashi: nothing is failing");
    expect(mail?.text).toContain("Created: 1,234");
    expect(mail?.text).toContain("Updated in Salesforce: 7");
    await choose({ digest: "off" });
  });

  it("leads to the errors while there are some, and names the CRM that gave them", async () => {
    await choose({ digest: "daily", timeZone: "UTC" });
    const { connectionId } = world;
    const { id: recordId } = await getDatabase().syncRecord.create({
      data: { connectionId, object: "contact", state: "failing" },
    });
    const error = { type: "unavailable", category: "limits_and_outages", side: "hubspot", retry: "heals" };
    await getDatabase().syncError.create({ data: { connectionId, recordId, object: "contact", ...error } });
    await getDatabase().notificationChoice.updateMany({ data: { lastDigestAt: new Date("2026-11-24T08:00:00Z") } });
    expect(await sendDueNotifications(new Date("2026-11-25T08:00:00Z"))).toBe(1);
    const [mail] = arrived.map(read);
    expect(mail?.text).toContain("No answer from HubSpot: 1");
    expect(mail?.text).toMatch(/Look at the errors:\s+.*\/health$/m);
    await choose({ digest: "off" });
  });

  it("of the days before it was chosen does not come", async () => {
    await choose({ digest: "weekly", timeZone: "UTC" });
    expect(await sendDueNotifications(new Date())).toBe(0);
    await choose({ digest: "off" });
  });
});

describe("the queue", () => {
  it("gives each e-mail to one of many workers", async () => {
    const { id: userId } = await getDatabase().user.findFirstOrThrow();
    const now = new Date();
    const mails = Array.from({ length: 60 }, (_, n) => ({ key: `crowd ${n}`, userId, kind: "suspended", facts: {} }));
    await queueMails(mails, now);
    // Another worker is just taking twenty: they are left to it, and nobody waits.
    const mine = await getDatabase().$transaction(async (other) => {
      await other.$queryRaw`SELECT id FROM outgoing_mail ORDER BY key LIMIT 20 FOR UPDATE`;
      return claimMails(now, 60);
    });
    expect(mine).toHaveLength(40);
    const rest = await claimMails(now, 60);
    expect(new Set([...mine, ...rest].map((mail) => mail.id)).size).toBe(60);
    expect(await claimMails(now, 60)).toEqual([]);
  });
});

describe("other e-mails", () => {
  it("a test e-mail arrives, and a refusal is told in the mail server's words", async () => {
    const sent = await callRoute(sendTest, { method: "POST", headers: owner });
    expect(await sent.json()).toEqual({ sentTo: ADMIN.email });
    expect(arrived[0]?.raw).toContain("From: Kakehashi <sync@people.example>");
    refuse = true;
    const refused = await callRoute(sendTest, { method: "POST", headers: owner });
    expect(await refused.json()).toMatchObject({
      code: "mail_refused",
      detail: expect.stringContaining("mailbox is full"),
    });
  });

  it("an invitation carries its link to the person and not back to the page", async () => {
    const body = { email: "new@people.example", role: "operator", language: "ja" };
    const made = await (await callRoute(invite, { method: "POST", headers: owner, body })).json();
    expect(made).toMatchObject({ link: null });
    expect(arrived[0]?.to).toEqual(["new@people.example"]);
    const mail = arrived[0] && read(arrived[0]);
    expect(mail?.text).toMatch(/http:\/\/localhost:3999\/invitation#[\w-]{43}/);
    expect(mail?.subject).toContain("Kakehashiへの招待");
  });

  it("an unknown time zone is refused", async () => {
    const response = await choose({ timeZone: "Mars/Olympus" });
    expect(await response.json()).toMatchObject({ status: 400, fields: [{ path: "timeZone" }] });
  });
});
