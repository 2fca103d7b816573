import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { OrgProbe } from "./contract-setup";
import { FIXED_SESSION } from "./routes/context";
import { startSalesforceSandbox } from "./server";

type Message = { data?: { payload: { LastName?: string; Name?: { LastName: string } } } };

async function post(url: string, messages: object[]): Promise<Message[]> {
  const headers = { Authorization: `OAuth ${FIXED_SESSION}`, "Content-Type": "application/json" };
  const reply = await fetch(`${url}/cometd/67.0`, { method: "POST", headers, body: JSON.stringify(messages) });
  return (await reply.json()) as Message[];
}

it("a restart keeps custom objects with their records, rules, roll-ups and the change events", async () => {
  const folder = await mkdtemp(join(tmpdir(), "salesforce-"));
  const snapshotFile = join(folder, "state.json");
  try {
    const first = await startSalesforceSandbox({ contacts: 20, snapshotFile });
    const probe = new OrgProbe(first);
    const conn = probe.connect();
    await conn.metadata.create("CustomObject", {
      fullName: "Visit__c",
      label: "Visit",
      pluralLabel: "Visits",
      nameField: { type: "Text", label: "Name" },
    } as never);
    const { id } = await conn.sobject("Visit__c").create({ Name: "V1" });
    await probe.act("addFlow", { object: "Lead", set: { Title: "Flow" } });
    await conn.sobject("Lead").create({ LastName: "Kept", Company: "A" });
    await first.stop();

    const second = await startSalesforceSandbox({ snapshotFile });
    const again = new OrgProbe(second).connect();
    expect(await again.sobject("Visit__c").retrieve(String(id))).toMatchObject({ Name: "V1" });
    const lead = await again.sobject("Lead").create({ LastName: "New", Company: "B" });
    expect(await again.sobject("Lead").retrieve(String(lead.id))).toMatchObject({ Title: "Flow" });
    const [hello] = (await post(second.url, [{ channel: "/meta/handshake" }])) as { clientId?: string }[];
    const channel = "/data/LeadChangeEvent";
    const subscribe = { channel: "/meta/subscribe", subscription: channel, ext: { replay: { [channel]: -2 } } };
    await post(second.url, [{ ...subscribe, clientId: hello?.clientId }]);
    const events = await post(second.url, [{ channel: "/meta/connect", clientId: hello?.clientId }]);
    expect(events.flatMap(({ data }) => data?.payload.Name?.LastName ?? [])).toEqual(["Kept", "New"]);
    await second.stop();
  } finally {
    await rm(folder, { recursive: true });
  }
});
