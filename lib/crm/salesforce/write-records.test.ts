import { describe, expect, test } from "vitest";
import type { SalesforceWrite } from "../face";
import type { CallSalesforce } from "./call";
import { createIdFields } from "./id-fields";
import { makePaths } from "./paths";
import { writeRecords } from "./write-records";

const PATHS = makePaths("67.0");
const WRITE: SalesforceWrite = {
  key: "k",
  operation: "update",
  type: "Lead",
  id: "00Q000000000001AAA",
  hubspotId: null,
  values: { Company: "Example", Phone: null },
};

type Part = { status: number; body: unknown };

function answerWith(...parts: Part[]): CallSalesforce {
  return async (request) =>
    request.reply.parse({
      compositeResponse: parts.map(({ status, body }, index) => ({
        referenceId: `part${index}`,
        httpStatusCode: status,
        httpHeaders: {},
        body,
      })),
    });
}

const SAVED: Part = { status: 200, body: [{ id: WRITE.id, success: true, errors: [] }] };

describe("a write and its read-back", () => {
  test("a failed read-back does not make a good write a failure", async () => {
    const refused = { status: 400, body: [{ errorCode: "INVALID_FIELD", message: "No such column" }] };
    const outcomes = await writeRecords(answerWith(SAVED, refused), PATHS, [WRITE], true);
    expect(outcomes).toEqual([
      { key: "k", ok: true, id: WRITE.id, created: false, stored: WRITE.values, modifiedAt: null },
    ]);
  });

  test("what was read back is told instead of what was sent", async () => {
    const row = { Id: WRITE.id, LastModifiedDate: "2026-11-23T10:00:00.000+0000", Company: "EXAMPLE", Phone: null };
    const read = { status: 200, body: { done: true, totalSize: 1, records: [row] } };
    const [outcome] = await writeRecords(answerWith(SAVED, read), PATHS, [WRITE], true);
    expect(outcome).toMatchObject({ stored: { Company: "EXAMPLE" }, modifiedAt: Date.UTC(2026, 10, 23, 10) });
  });

  test.each([
    { what: "no answer for the collection", parts: [], status: 0 },
    { what: "an outage of the collection", parts: [{ status: 503, body: "<html>down</html>" }], status: 503 },
    { what: "an answer that is no list", parts: [{ status: 200, body: null }], status: 200 },
    { what: "a list that is too short", parts: [{ status: 200, body: [] }], status: 200 },
  ])("$what leaves the write uncertain", async ({ parts, status }) => {
    const [outcome] = await writeRecords(answerWith(...parts), PATHS, [WRITE], true);
    expect(outcome).toMatchObject({ ok: false, failure: { status, uncertain: true } });
  });

  test("a bug is not told as a failure of the CRM", async () => {
    const broken: CallSalesforce = async () => {
      throw new TypeError("a bug");
    };
    await expect(writeRecords(broken, PATHS, [WRITE], true)).rejects.toThrow("a bug");
  });
});

describe("lead assignment rules", () => {
  test("choose the owner of a new lead that has none of ours, and never run otherwise", async () => {
    const create = (key: string, values: SalesforceWrite["values"]): SalesforceWrite => ({
      key,
      operation: "create",
      type: "Lead",
      id: null,
      hubspotId: key,
      values,
    });
    const sent: { url: string; httpHeaders?: Record<string, string> }[] = [];
    const call: CallSalesforce = async (request) => {
      sent.push(...(request.body as { compositeRequest: typeof sent }).compositeRequest);
      return request.reply.parse({ compositeResponse: [] });
    };
    await writeRecords(
      call,
      PATHS,
      [WRITE, create("1", { LastName: "a" }), create("2", { LastName: "a", OwnerId: "005A" })],
      true,
    );
    const headers = sent.flatMap((part) => part.httpHeaders?.["Sforce-Auto-Assign"] ?? []);
    expect(headers).toEqual(["FALSE", "TRUE", "FALSE"]);
  });
});

describe("creating the id fields", () => {
  test("a field that its creator cannot see is granted to the profile of our user", async () => {
    const sent: { path: string; body: unknown }[] = [];
    const call: CallSalesforce = async (request) => {
      sent.push({ path: request.path, body: request.body });
      if (request.path.endsWith("/describe")) return request.reply.parse({ fields: [] });
      if (request.path === PATHS.customField) return request.reply.parse({ id: "00N", success: true });
      if (request.path === PATHS.userInfo) {
        return request.reply.parse({ user_id: "005A", organization_id: "00D", preferred_username: "u" });
      }
      if (request.path === PATHS.composite) {
        const body = { done: true, records: [{ Id: "0Pa", PermissionSetId: "0PS" }] };
        return request.reply.parse({ compositeResponse: [{ referenceId: "part0", httpStatusCode: 200, body }] });
      }
      return request.reply.parse([
        { success: true, errors: [] },
        { success: true, errors: [] },
      ]);
    };
    await createIdFields(call, PATHS, ["Lead", "Contact"]);
    const granted = sent.at(-1);
    expect(granted?.path).toBe(PATHS.collections);
    expect(granted?.body).toMatchObject({
      records: [
        { ParentId: "0PS", SobjectType: "Lead", Field: "Lead.HubSpot_Contact_Id__c", PermissionsEdit: true },
        { ParentId: "0PS", SobjectType: "Contact", Field: "Contact.HubSpot_Contact_Id__c", PermissionsEdit: true },
      ],
    });
  });
});
