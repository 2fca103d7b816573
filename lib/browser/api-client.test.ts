import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pass } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { apiSend } from "./api-client";

let server: Server;
let url: string;
let asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", async () => {
      asked.push(`${request.method} ${Buffer.concat(chunks)}`);
      await pass(30);
      response.statusCode = request.url === "/away" ? 502 : 200;
      response.end(request.url === "/away" ? "<h1>Bad gateway</h1>" : JSON.stringify({ number: asked.length }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  asked = [];
});
afterAll(() => server.close());

const numbers = { parse: (value: unknown) => (value as { number: number }).number };

it("sends the very same change once while it is under way, and both who asked get its answer", async () => {
  const both = [1, 2].map(() => apiSend("POST", `${url}/keys`, { name: "Export" }, numbers));
  expect(await Promise.all(both)).toEqual([1, 1]);
  expect(asked).toEqual(['POST {"name":"Export"}']);
});

it("sends another change, and the same one once more after it is over", async () => {
  await Promise.all([apiSend("POST", `${url}/keys`, { name: "A" }), apiSend("POST", `${url}/keys`, { name: "B" })]);
  await apiSend("POST", `${url}/keys`, { name: "A" });
  expect(asked).toHaveLength(3);
});

it("tells a server that is away from an answer that cannot be read", async () => {
  await expect(apiSend("POST", `${url}/away`)).rejects.toMatchObject({ code: "unavailable", status: 502 });
});
