import { escapeHtml } from "../../shared/html";
import { makeTransaction } from "../change-feed";
import { SalesforceError } from "../errors";
import { ORG_ID } from "../ids";
import { METADATA_CALLS } from "../metadata-calls";
import { SOAP_CALLS, type SoapCall } from "../soap-calls";
import type { OrgState } from "../state";
import { issueAccessToken, revokeToken } from "../tokens";
import type { Writer } from "../writer";
import { findNode, parseXml, readChild, writeXml, type XmlNode } from "../xml";
import { findLogin, type OrgApp, type OrgContext } from "./context";

const PARTNER = "urn:partner.soap.sforce.com";
const METADATA = "http://soap.sforce.com/2006/04/metadata";

function sendXml(c: OrgContext, body: string, status: 200 | 500, namespace = PARTNER): Response {
  const xml = `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="${namespace}" xmlns:sf="urn:fault.partner.soap.sforce.com" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
  return c.body(xml, status, { "Content-Type": "text/xml;charset=UTF-8" });
}

function sendFault(c: OrgContext, code: string, message: string): Response {
  return sendXml(
    c,
    `<soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${code}: ${escapeHtml(message)}</faultstring></soapenv:Fault>`,
    500,
  );
}

function login(c: OrgContext, state: OrgState, url: string, body: XmlNode): Response {
  const version = c.req.param("version") ?? "";
  if (Number.parseFloat(version) >= 65)
    return sendFault(c, "UNSUPPORTED_API_VERSION", "login() is not available from API version 65.0 on");
  const username = readChild(body, "username")?.toLowerCase();
  const user = [...state.table("User").readAll()].find((row) => String(row.Username).toLowerCase() === username);
  if (user?.IsActive !== true || !readChild(body, "password")?.startsWith("sandbox")) {
    return sendFault(c, "INVALID_LOGIN", "Invalid username, password, security token; or user locked out.");
  }
  const token = issueAccessToken(state, { userId: user.Id, clientId: "soap", scope: "full" });
  const info = `<userInfo><organizationId>${ORG_ID}</organizationId><organizationName>Sandbox</organizationName><userEmail>${escapeHtml(user.Email)}</userEmail><userFullName>${escapeHtml(user.Name)}</userFullName><userId>${user.Id}</userId><userName>${escapeHtml(user.Username)}</userName></userInfo>`;
  const server = `${url}/services/Soap/u/${version}/${ORG_ID.slice(0, 15)}`;
  return sendXml(
    c,
    `<loginResponse><result><metadataServerUrl>${server.replace("/u/", "/m/")}</metadataServerUrl><passwordExpired>false</passwordExpired><sandbox>true</sandbox><serverUrl>${server}</serverUrl><sessionId>${token}</sessionId><userId>${user.Id}</userId>${info}</result></loginResponse>`,
    200,
  );
}

/** Who writes, as the SOAP headers say. */
function readWriter(c: OrgContext, state: OrgState, envelope: XmlNode): Writer | undefined {
  const session = findNode(envelope, "SessionHeader");
  const user = findLogin(state, session && readChild(session, "sessionId"));
  if (!user) return undefined;
  const options = findNode(envelope, "CallOptions");
  const duplicates = findNode(envelope, "DuplicateRuleHeader");
  const assignment = findNode(envelope, "AssignmentRuleHeader");
  return {
    userId: user.userId,
    version: `v${c.req.param("version")}`,
    origin: { api: "soap", client: options && readChild(options, "client") },
    transaction: makeTransaction(),
    allowDuplicates: duplicates !== undefined && readChild(duplicates, "allowSave") === "true",
    // Other than by REST, assignment rules run only when the client asks for them.
    autoAssign: assignment !== undefined,
  };
}

async function handle(
  c: OrgContext,
  state: OrgState,
  calls: Record<string, SoapCall>,
  namespace: string,
  url: string,
): Promise<Response> {
  const envelope = parseXml(await c.req.text());
  const body = findNode(envelope, "Body")?.children[0];
  if (!body) return sendFault(c, "UNKNOWN_EXCEPTION", "the request has no body");
  if (body.name === "login") return login(c, state, url, body);
  const writer = readWriter(c, state, envelope);
  if (!writer) return sendFault(c, "INVALID_SESSION_ID", "Invalid Session ID found in SessionHeader: Illegal Session");
  const usage = state.countCall();
  if (state.limits.current.enforce && usage.used > usage.max) {
    state.countCall(-1);
    return sendFault(c, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
  }
  if (body.name === "logout") {
    const session = findNode(envelope, "SessionHeader");
    revokeToken(state, (session && readChild(session, "sessionId")) ?? "");
    return sendXml(c, "<logoutResponse/>", 200);
  }
  const call = Object.hasOwn(calls, body.name) ? calls[body.name] : undefined;
  if (!call) return sendFault(c, "UNSUPPORTED_API_VERSION", `${body.name} is not offered here`);
  try {
    const result = call(state, body, writer);
    c.env.call.records = Array.isArray(result) ? result.length : 1;
    return sendXml(c, `<${body.name}Response>${writeXml("result", result)}</${body.name}Response>`, 200, namespace);
  } catch (error) {
    if (error instanceof SalesforceError) return sendFault(c, error.errorCode, error.message);
    throw error;
  }
}

/** SOAP: the partner calls (`login()` up to API version 64.0) and the Metadata API. */
export function mountSoap(app: OrgApp, state: OrgState, base: () => string): void {
  for (const tail of ["", "/:organization"]) {
    app.post(`/services/Soap/u/:version${tail}`, (c) => handle(c, state, SOAP_CALLS, PARTNER, base()));
    app.post(`/services/Soap/m/:version${tail}`, (c) => handle(c, state, METADATA_CALLS, METADATA, base()));
  }
}
