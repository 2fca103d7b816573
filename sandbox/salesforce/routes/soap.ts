import { escapeHtml } from "../../shared/html";
import { ORG_ID } from "../ids";
import type { OrgState } from "../state";
import { issueAccessToken } from "../tokens";
import type { OrgApp, OrgContext } from "./context";

function readTag(xml: string, name: string): string | undefined {
  const text = new RegExp(`<(?:\\w+:)?${name}>([\\s\\S]*?)</(?:\\w+:)?${name}>`).exec(xml)?.[1];
  return text
    ?.replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, "&");
}

function sendXml(c: OrgContext, body: string, status: 200 | 500): Response {
  const xml = `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com" xmlns:sf="urn:fault.partner.soap.sforce.com" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
  return c.body(xml, status, { "Content-Type": "text/xml;charset=UTF-8" });
}

function sendFault(c: OrgContext, code: string, message: string): Response {
  return sendXml(
    c,
    `<soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${code}: ${escapeHtml(message)}</faultstring></soapenv:Fault>`,
    500,
  );
}

/** SOAP `login()`, which still exists up to API version 64.0, and `logout()`. */
export function mountSoap(app: OrgApp, state: OrgState, base: () => string): void {
  app.post("/services/Soap/u/:version", async (c) => {
    const version = c.req.param("version");
    const xml = await c.req.text();
    if (!/<(\w+:)?login[\s>]/.test(xml)) return sendFault(c, "UNSUPPORTED_API_VERSION", "only login is offered here");
    if (Number.parseFloat(version) >= 65)
      return sendFault(c, "UNSUPPORTED_API_VERSION", "login() is not available from API version 65.0 on");
    const username = readTag(xml, "username")?.toLowerCase();
    const user = [...state.table("User").readAll()].find((row) => String(row.Username).toLowerCase() === username);
    if (user?.IsActive !== true || !readTag(xml, "password")?.startsWith("sandbox")) {
      return sendFault(c, "INVALID_LOGIN", "Invalid username, password, security token; or user locked out.");
    }
    const token = issueAccessToken(state, { userId: user.Id, clientId: "soap", scope: "full" });
    const info = `<userInfo><organizationId>${ORG_ID}</organizationId><organizationName>Sandbox</organizationName><userEmail>${escapeHtml(user.Email)}</userEmail><userFullName>${escapeHtml(user.Name)}</userFullName><userId>${user.Id}</userId><userName>${escapeHtml(user.Username)}</userName></userInfo>`;
    const server = `${base()}/services/Soap/u/${version}/${ORG_ID.slice(0, 15)}`;
    return sendXml(
      c,
      `<loginResponse><result><metadataServerUrl>${server.replace("/u/", "/m/")}</metadataServerUrl><passwordExpired>false</passwordExpired><sandbox>true</sandbox><serverUrl>${server}</serverUrl><sessionId>${token}</sessionId><userId>${user.Id}</userId>${info}</result></loginResponse>`,
      200,
    );
  });
}
