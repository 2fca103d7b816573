import { afterAll, beforeAll, expect, it } from "vitest";
import { type Bench, openBench } from "./contract-setup";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench(40);
});
afterAll(() => bench.sandbox.stop());

const get = async (path: string) => {
  const reply = await fetch(bench.sandbox.url + path);
  return { status: reply.status, text: await reply.text() };
};
const post = async (path: string, form: Record<string, string>) => {
  const reply = await fetch(bench.sandbox.url + path, {
    method: "POST",
    body: new URLSearchParams(form),
    redirect: "manual",
  });
  return { status: reply.status, location: reply.headers.get("location") ?? "" };
};
const contactPage = "/contacts/48201337/record/0-1/20000000003";

it("a person plays every activity on a contact's page", async () => {
  for (const action of [
    "logCall",
    "addNote",
    "createTask",
    "scheduleMeeting",
    "sendSalesEmail",
    "openSalesEmail",
    "viewDocument",
  ]) {
    expect(await post(`/play/${action}`, { id: "20000000003" })).toEqual({
      status: 303,
      location: `${contactPage}?saved=1`,
    });
  }
  await bench.act("updateContact", { id: "20000000003", properties: { email: "play@example.com" } });
  await post("/play/sendMarketingEmail", { id: "20000000003", emailName: "Spring" });
  await post("/play/openMarketingEmail", { id: "20000000003" });
  const page = await get(contactPage);
  for (const text of ["Log a call", "Following up", "Introduction", "hs_email_last_open_date", "Primary"]) {
    expect(page.text).toContain(text);
  }
});

it("an act that cannot be says why on the contact's page", async () => {
  const reply = await post("/play/openSalesEmail", { id: "20000000001" });
  expect((await get(reply.location)).text).toContain("no sales email was sent");
});

it("a visitor submits a form, and a marketer fills a list", async () => {
  const forms = await get("/forms");
  const id = /action="\/forms\/([^"]+)"/.exec(forms.text)?.[1] ?? "";
  expect((await post(`/forms/${id}`, { email: "visitor@example.com", firstname: "Vi" })).location).toBe(
    "/forms?saved=1",
  );
  await post("/lists/4", { email: "visitor@example.com", action: "addToList" });
  expect((await get("/lists/4")).text).toContain("visitor@example.com");
  expect((await get("/lists")).text).toContain("Trade fair Tokyo");
});

it("companies, deals and tickets can be found, made and edited", async () => {
  for (const path of ["/companies", "/deals", "/tickets"]) expect((await get(path)).status).toBe(200);
  const made = await post("/deals", { dealname: "By hand", dealstage: "qualifiedtobuy", amount: "10" });
  expect((await get(made.location)).text).toContain("By hand");
  const saved = await post(made.location, { dealname: "By hand", dealstage: "closedwon" });
  expect((await get(saved.location)).text).toContain("Saved");
  expect((await post(made.location, { amount: "much" })).status).toBe(400);
});
