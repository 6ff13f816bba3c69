// SPDX-License-Identifier: Apache-2.0
// The official clients in TypeScript: node clients.mjs BIN INSTANCE [URL TOKEN]
import { Client as OldClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as OldStdio } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport as OldHttp } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { createTaskSessionFromClient, resultFromTaskOutcome } from "@modelcontextprotocol/ext-tasks/client";

const [bin, instance, url, token] = process.argv.slice(2);
const program = { command: bin, args: ["mcp"], env: { ...process.env, JOBYARD_INSTANCE: instance }, stderr: "inherit" };
const http = Type => new Type(new URL(url), { requestInit: { headers: { Authorization: `Bearer ${token}` } } });
const me = { name: "clients", version: "1" };
const short = value => JSON.stringify(value).slice(0, 100);

async function old(transport) {
  const client = new OldClient(me, { capabilities: {} });
  await client.connect(transport);
  console.log("  server", short(client.getServerVersion()));
  console.log("  tools", (await client.listTools()).tools.length);
  console.log("  echo", short((await client.callTool({ name: "echo", arguments: { text: "hello" } })).structuredContent));
  console.log("  wrong", short(await client.callTool({ name: "sleep", arguments: {} })));
  const task = client.experimental.tasks.callToolStream({ name: "sleep", arguments: { millis: 1500 } }, undefined, { task: {} });
  for await (const message of task)
    console.log("  sleep", message.type, short(message.task?.status ?? message.result?.structuredContent ?? message.error));
  await client.close();
}

async function stateless(transport) {
  const client = new Client(me, { capabilities: {}, versionNegotiation: { mode: "auto" } });
  await client.connect(transport);
  console.log("  server", short(client.getServerVersion()), client.getProtocolEra());
  console.log("  tools", (await client.listTools()).tools.length);
  console.log("  echo", short((await client.callTool({ name: "echo", arguments: { text: "hello" } })).structuredContent));
  await client.close();
}

/** The client for tasks sends its own requests: on the same streams, or as posts of its own. */
async function tasks(transport) {
  const clientCapabilities = { elicitation: {}, extensions: { "io.modelcontextprotocol/tasks": {} } };
  const client = new Client(me, { capabilities: clientCapabilities, versionNegotiation: { mode: "auto" } });
  await client.connect(transport);
  const waiting = new Map();
  const before = transport.onmessage;
  transport.onmessage = (message, extra) => waiting.has(message.id) ? waiting.get(message.id)(message) : before(message, extra);
  let next = 100000;
  const stream = request => new Promise(resolve => {
    const id = next++;
    waiting.set(id, answer => { waiting.delete(id); resolve({ ...answer, id: request.id ?? id }); });
    transport.send({ ...request, jsonrpc: "2.0", id });
  });
  const post = async request => {
    const name = request.params.name ?? request.params.taskId;
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json, text/event-stream", Authorization: `Bearer ${token}`,
        "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": request.method, ...(name ? { "Mcp-Name": name } : {}) },
      body: JSON.stringify({ ...request, jsonrpc: "2.0", id: request.id ?? next++ }),
    });
    return answer.json();
  };
  const session = createTaskSessionFromClient(client, {
    endpointId: "jobyard",
    rawDispatch: transport instanceof StdioClientTransport ? stream : post,
    v2RequestFraming: { protocolVersion: "2026-07-28", clientInfo: me, clientCapabilities },
    onInputRequest: async input => {
      console.log("  asked", short(input.params.message.replace(/[0-9a-f-]{36}/, "ID")));
      return { action: "accept", content: { value: "ann" } };
    },
  });
  for (const [name, args] of [["echo", { text: "hello" }], ["sleep", { millis: 3000 }], ["approval", { text: "a letter" }]]) {
    const { outcome } = await (await session.callTool(name, args)).settle();
    console.log(" ", name, short(resultFromTaskOutcome(outcome).structuredContent));
  }
  await session.close();
  await client.close();
}

for (const [title, client, stdio, remote] of [
  ["@modelcontextprotocol/sdk, revision 2025-11-25", old, OldStdio, OldHttp],
  ["@modelcontextprotocol/client, revision 2026-07-28", stateless, StdioClientTransport, StreamableHTTPClientTransport],
  ["@modelcontextprotocol/ext-tasks on it", tasks, StdioClientTransport, StreamableHTTPClientTransport],
]) {
  console.log(`${title}, on standard streams`);
  await client(new stdio(program));
  if (url) {
    console.log(`${title}, by HTTP`);
    await client(http(remote));
  }
}
