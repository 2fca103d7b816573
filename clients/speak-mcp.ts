import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { makeClientEnvironment } from "./client-environment";
import { type RunningSandbox, TOKENS } from "./start-sandbox";

type Answer = { id?: number; result?: unknown; error?: { message: string } };
type ToolResult = { content: { type: string; text: string }[]; isError?: boolean };

/** HubSpot's MCP server as a child process. `callTool` answers its texts and rejects with them when it tells an error. */
export type McpServer = {
  listTools(): Promise<string[]>;
  callTool(name: string, args?: Record<string, unknown>): Promise<string[]>;
  stop(): Promise<void>;
};

/** Starts the installed server with its address pointed at the sandbox and greets it: JSON-RPC, one message a line. */
export async function startMcpServer({ url, folder }: RunningSandbox): Promise<McpServer> {
  const env = makeClientEnvironment(folder, {
    BASE_URL_OVERRIDE: url,
    PRIVATE_APP_ACCESS_TOKEN: TOKENS.hubspot,
  });
  const child = spawn("mcp-hubspot", [], { cwd: folder, env, stdio: ["pipe", "pipe", "pipe"] });
  const ended = once(child, "exit");
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const answer = JSON.parse(line) as Answer;
    const asked = waiting.get(answer.id ?? -1);
    if (answer.error) asked?.reject(new Error(answer.error.message));
    else asked?.resolve(answer.result);
  });
  void ended.then(() => {
    for (const asked of waiting.values()) asked.reject(new Error(`the MCP server ended: ${errors}`));
  });
  const send = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  let lastId = 0;
  const ask = <T>(method: string, params: object): Promise<T> => {
    const id = ++lastId;
    return new Promise<T>((resolve, reject) => {
      waiting.set(id, { resolve: (result) => resolve(result as T), reject });
      send({ id, method, params });
    });
  };
  const clientInfo = { name: "kakehashi-clients", version: "1.0.0" };
  await ask("initialize", { protocolVersion: "2025-06-18", capabilities: {}, clientInfo });
  send({ method: "notifications/initialized" });
  return {
    listTools: async () => (await ask<{ tools: { name: string }[] }>("tools/list", {})).tools.map((tool) => tool.name),
    callTool: async (name, args = {}) => {
      const { content, isError } = await ask<ToolResult>("tools/call", { name, arguments: args });
      const texts = content.map((part) => part.text);
      if (isError) throw new Error(texts.join("\n"));
      return texts;
    },
    stop: async () => {
      child.stdin.end();
      child.kill("SIGTERM");
      await ended;
    },
  };
}
