import type { Connection } from "jsforce";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Sandbox } from "../shared/serve";
import { OrgProbe } from "./contract-setup";
import { startSalesforceSandbox } from "./server";

let sandbox: Sandbox;
let probe: OrgProbe;
let conn: Connection;

beforeAll(async () => {
  sandbox = await startSalesforceSandbox({ contacts: 40 });
  probe = new OrgProbe(sandbox);
});
beforeEach(async () => {
  await probe.reset();
  conn = probe.connect();
});
afterAll(() => sandbox.stop());

async function create(object: string, fields: object): Promise<string> {
  return String((await conn.sobject(object).create(fields)).id);
}

describe("SOAP with the unmodified client", () => {
  it("converts a lead into account, contact and opportunity, and what was done with the lead goes on", async () => {
    const leadId = await create("Lead", {
      LastName: "Ito",
      FirstName: "Jiro",
      Company: "青葉 & Co",
      Email: "ito@aoba.example",
    });
    const { records: campaigns } = await conn.query<{ Id: string }>("SELECT Id FROM Campaign LIMIT 1");
    const memberId = await create("CampaignMember", { CampaignId: campaigns[0]?.Id, LeadId: leadId });
    const taskId = await create("Task", { Subject: "Call", WhoId: leadId });
    const result = await conn.soap.convertLead({
      leadId,
      convertedStatus: "Closed - Converted",
      doNotCreateOpportunity: false,
      opportunityName: "First <deal>",
    });
    expect(result).toMatchObject({ success: true, leadId });
    const contactId = String(result.contactId);
    expect(await conn.sobject("Contact").retrieve(contactId)).toMatchObject({
      LastName: "Ito",
      AccountId: result.accountId,
    });
    expect(await conn.sobject("Account").retrieve(String(result.accountId))).toMatchObject({ Name: "青葉 & Co" });
    expect(await conn.sobject("Opportunity").retrieve(String(result.opportunityId))).toMatchObject({
      Name: "First <deal>",
    });
    expect(await conn.sobject("CampaignMember").retrieve(memberId)).toMatchObject({
      LeadId: leadId,
      ContactId: contactId,
    });
    expect(await conn.sobject("Task").retrieve(taskId)).toMatchObject({ WhoId: contactId });
    const again = await conn.soap.convertLead([{ leadId, convertedStatus: "Closed - Converted" }] as never);
    expect(again).toMatchObject([{ success: false, errors: [{ statusCode: "CANNOT_UPDATE_CONVERTED_LEAD" }] }]);
    const open = await create("Lead", { LastName: "Abe", Company: "Acme" });
    const wrong = await conn.soap.convertLead({ leadId: open, convertedStatus: "Working - Contacted" } as never);
    expect(wrong).toMatchObject({ success: false, errors: [{ statusCode: "INVALID_STATUS" }] });
  });

  it("merges with chosen values, undeletes, and empties the recycle bin for good", async () => {
    const master = await create("Contact", { LastName: "Master", Title: "Old" });
    const loser = await create("Contact", { LastName: "Loser" });
    const merged = await conn.soap.merge({
      masterRecord: { type: "Contact", Id: master, Title: "New" },
      recordToMergeIds: [loser],
    } as never);
    expect(merged).toMatchObject({ success: true, id: master, mergedRecordIds: [loser] });
    expect(await conn.sobject("Contact").retrieve(master)).toMatchObject({ Title: "New" });
    const bin = "SELECT Id, MasterRecordId FROM Contact WHERE IsDeleted = true";
    expect((await conn.query(bin, { scanAll: true })).records).toMatchObject([{ Id: loser, MasterRecordId: master }]);

    const gone = await create("Lead", { LastName: "Gone", Company: "Acme" });
    await conn.sobject("Lead").delete(gone);
    expect(await conn.soap.undelete([gone])).toMatchObject([{ success: true, id: gone }]);
    expect(await conn.sobject("Lead").retrieve(gone)).toMatchObject({ IsDeleted: false });
    expect(await conn.soap.undelete([gone])).toMatchObject([
      { success: false, errors: [{ statusCode: "UNDELETE_FAILED" }] },
    ]);
    await conn.sobject("Lead").delete(gone);
    expect(await conn.soap.emptyRecycleBin([gone])).toMatchObject([{ success: true, id: gone }]);
    expect((await conn.query(`SELECT Id FROM Lead WHERE Id = '${gone}'`, { scanAll: true })).totalSize).toBe(0);
  });

  it("creates, updates, upserts and deletes records, tells who is signed in, and faults for a dead session", async () => {
    const made = await conn.soap.create([
      { type: "Lead", LastName: "A & B", Company: "Acme", DoNotCall: true },
      { type: "Lead", LastName: "C" },
    ]);
    expect(made).toMatchObject([
      { success: true },
      { success: false, errors: [{ statusCode: "REQUIRED_FIELD_MISSING" }] },
    ]);
    const id = String((made as { id: string }[])[0]?.id);
    await conn.soap.update({ type: "Lead", Id: id, Company: null, LastName: "D" } as never);
    await conn.soap.update({ type: "Lead", Id: id, Title: "CEO", DoNotCall: false } as never);
    expect(await conn.sobject("Lead").retrieve(id)).toMatchObject({
      LastName: "A & B",
      Title: "CEO",
      DoNotCall: false,
    });
    expect(await conn.soap.delete([id])).toMatchObject([{ success: true, id }]);
    expect(await conn.soap.getUserInfo()).toMatchObject({
      userName: "admin@sandbox.example",
      organizationName: "Sandbox",
    });
    await probe.act("expireSession");
    await expect(conn.soap.getServerTimestamp()).rejects.toMatchObject({ errorCode: "sf:INVALID_SESSION_ID" });
    await probe.act("restoreSession");
  });
});

describe("metadata with the unmodified client", () => {
  it("makes a custom object with fields at run time, which then works like any other", async () => {
    const created = await conn.metadata.create("CustomObject", {
      fullName: "Visit__c",
      label: "Visit",
      pluralLabel: "Visits",
      nameField: { type: "Text", label: "Visit name" },
      deploymentStatus: "Deployed",
      sharingModel: "ReadWrite",
    } as never);
    expect(created).toMatchObject({ success: true, fullName: "Visit__c" });
    const fields = await conn.metadata.create("CustomField", [
      { fullName: "Visit__c.Ext__c", label: "Ext", type: "Text", length: 40, externalId: true, unique: true },
      {
        fullName: "Visit__c.Contact__c",
        label: "Contact",
        type: "Lookup",
        referenceTo: "Contact",
        relationshipName: "Visits",
      },
      {
        fullName: "Visit__c.Kind__c",
        label: "Kind",
        type: "Picklist",
        valueSet: {
          restricted: true,
          valueSetDefinition: { sorted: false, value: [{ fullName: "Demo", label: "Demo", default: false }] },
        },
      },
      { fullName: "Visit__c.Bad", label: "Bad", type: "Text", length: 10 },
    ] as never);
    expect(fields).toMatchObject([{ success: true }, { success: true }, { success: true }, { success: false }]);

    const contact = await create("Contact", { LastName: "Ito" });
    const visit = await create("Visit__c", { Name: "V1", Ext__c: "v-1", Contact__c: contact, Kind__c: "Demo" });
    expect(visit).toMatch(/^a00/);
    await expect(conn.sobject("Visit__c").create({ Name: "V2", Kind__c: "Party" })).rejects.toMatchObject({
      errorCode: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    });
    await conn.sobject("Visit__c").upsert({ Ext__c: "v-1", Name: "V1b" }, "Ext__c");
    const { records } = await conn.query("SELECT Name, Contact__r.LastName FROM Visit__c WHERE Ext__c = 'v-1'");
    expect(records).toMatchObject([{ Name: "V1b", Contact__r: { LastName: "Ito" } }]);
    const parent = await conn.sobject("Contact").describe();
    expect(parent.childRelationships).toContainEqual(
      expect.objectContaining({ childSObject: "Visit__c", relationshipName: "Visits__r" }),
    );
    const read = await conn.metadata.read("CustomObject", "Visit__c");
    expect(read).toMatchObject({ fullName: "Visit__c", label: "Visit", pluralLabel: "Visits" });
    expect(read.fields.map((field) => `${field.fullName} ${field.type}`)).toEqual([
      "Ext__c Text",
      "Contact__c Lookup",
      "Kind__c Picklist",
    ]);
  });

  it("updates, lists, describes and deletes what it made", async () => {
    await conn.metadata.upsert("CustomField", {
      fullName: "Lead.Note__c",
      label: "Note",
      type: "Text",
      length: 20,
    } as never);
    await conn.metadata.update("CustomField", {
      fullName: "Lead.Note__c",
      label: "Remark",
      type: "Text",
      length: 60,
    } as never);
    const field = (await conn.sobject("Lead").describe()).fields.find(({ name }) => name === "Note__c");
    expect(field).toMatchObject({ label: "Remark", length: 60, custom: true });
    const listed = await conn.metadata.list([{ type: "CustomField" }]);
    expect(listed.map(({ fullName }) => fullName)).toContain("Lead.Note__c");
    expect((await conn.metadata.describe()).metadataObjects[0]?.xmlName).toBe("CustomObject");
    expect(await conn.metadata.delete("CustomField", "Lead.Note__c")).toMatchObject({ success: true });
    expect((await conn.sobject("Lead").describe()).fields.some(({ name }) => name === "Note__c")).toBe(false);
    expect(await conn.metadata.delete("CustomObject", ["Lead"])).toMatchObject([{ success: false }]);
  });
});

describe("tooling with the unmodified client", () => {
  it("creates, reads, changes and deletes a custom field, and queries the set-up", async () => {
    const made = await conn.tooling.sobject("CustomField").create({
      FullName: "Lead.Score__c",
      Metadata: { type: "Number", label: "Score", precision: 6, scale: 0 },
    } as never);
    const id = String((made as unknown as { id: string }).id);
    expect(await conn.tooling.sobject("CustomField").retrieve(id)).toMatchObject({ FullName: "Lead.Score__c" });
    await conn.tooling.sobject("CustomField").update({ Id: id, Metadata: { label: "Points" } } as never);
    const found = await conn.tooling.query(
      "SELECT Label FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Lead' AND QualifiedApiName = 'Score__c'",
    );
    expect(found.records).toMatchObject([{ Label: "Points" }]);
    await conn.tooling.sobject("CustomField").destroy(id);
    await expect(conn.sobject("Lead").create({ LastName: "A", Company: "B", Score__c: 1 })).rejects.toMatchObject({
      errorCode: "INVALID_FIELD",
    });
  });
});

describe("the set-up as records", () => {
  it("is queried as EntityDefinition and FieldDefinition, stages, lead statuses, member statuses and record types", async () => {
    const entities = await conn.query(
      "SELECT QualifiedApiName, KeyPrefix FROM EntityDefinition WHERE QualifiedApiName IN ('Lead', 'Case')",
    );
    expect(entities.records).toMatchObject([
      { QualifiedApiName: "Lead", KeyPrefix: "00Q" },
      { QualifiedApiName: "Case", KeyPrefix: "500" },
    ]);
    const fields = await conn.query(
      "SELECT QualifiedApiName, DataType, EntityDefinition.Label FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Contact' AND QualifiedApiName LIKE 'Last%' ORDER BY QualifiedApiName LIMIT 1",
    );
    expect(fields.records[0]).toMatchObject({ EntityDefinition: { Label: "Contact" } });
    const stages = await conn.query(
      "SELECT ApiName, IsWon FROM OpportunityStage WHERE IsClosed = true ORDER BY SortOrder",
    );
    expect(stages.records).toMatchObject([{ ApiName: "Closed Won", IsWon: true }, { ApiName: "Closed Lost" }]);
    expect((await conn.query("SELECT MasterLabel FROM LeadStatus WHERE IsConverted = true")).totalSize).toBe(1);
    const campaign = await create("Campaign", { Name: "New" });
    const statuses = await conn.query(
      `SELECT Label, HasResponded FROM CampaignMemberStatus WHERE CampaignId = '${campaign}' ORDER BY SortOrder`,
    );
    expect(statuses.records).toMatchObject([{ Label: "Sent" }, { Label: "Responded", HasResponded: true }]);
    await expect(conn.sobject("LeadStatus").create({ MasterLabel: "X" })).rejects.toThrow();
    const { id } = await probe.act("addRecordType", {
      object: "Lead",
      name: "Partner",
      picklists: { Rating: ["Hot"] },
    });
    const lead = await create("Lead", { LastName: "A", Company: "B" });
    expect(await conn.sobject("Lead").retrieve(lead)).toMatchObject({ RecordTypeId: id });
    await expect(conn.sobject("Lead").update({ Id: lead, Rating: "Cold" })).rejects.toMatchObject({
      errorCode: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    });
    expect((await conn.sobject("Lead").describe()).recordTypeInfos.map(({ name }) => name)).toEqual([
      "Partner",
      "Master",
    ]);
  });

  it("has a company that works: members, calls, meetings and deals, and sums on the campaign", async () => {
    for (const object of ["CampaignMember", "Task", "Event", "Opportunity"])
      expect((await conn.query(`SELECT COUNT() FROM ${object}`)).totalSize, object).toBeGreaterThan(0);
    const campaignId = await create("Campaign", { Name: "Sums" });
    const lead = await create("Lead", { LastName: "A", Company: "B" });
    const member = await create("CampaignMember", { CampaignId: campaignId, LeadId: lead, Status: "Responded" });
    expect(await conn.sobject("CampaignMember").retrieve(member)).toMatchObject({ HasResponded: true });
    expect(await conn.sobject("Campaign").retrieve(campaignId)).toMatchObject({
      NumberOfLeads: 1,
      NumberOfResponses: 1,
    });
    await conn.sobject("CampaignMember").delete(member);
    expect(await conn.sobject("Campaign").retrieve(campaignId)).toMatchObject({
      NumberOfLeads: 0,
      NumberOfResponses: 0,
    });
  });
});
