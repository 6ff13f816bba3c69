// SPDX-License-Identifier: Apache-2.0
// The official clients of TypeScript against bin/jobyard mcp: node clients.mjs BIN INSTANCE
import { Client as OldClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as OldStdio } from "@modelcontextprotocol/sdk/client/stdio.js";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { createTaskSessionFromClient, resultFromTaskOutcome } from "@modelcontextprotocol/ext-tasks/client";

const [bin, instance] = process.argv.slice(2);
const server = { command: bin, args: ["mcp"], env: { ...process.env, JOBYARD_INSTANCE: instance }, stderr: "inherit" };
const me = { name: "clients", version: "1" };
const short = value => JSON.stringify(value).slice(0, 160);

{
  console.log("# @modelcontextprotocol/sdk (2025-11-25)");
  const client = new OldClient(me, { capabilities: {} });
  await client.connect(new OldStdio(server));
  console.log("server", short(client.getServerVersion()));
  console.log("tools", (await client.listTools()).tools.map(tool => tool.name).join(" "));
  console.log("echo", short(await client.callTool({ name: "echo", arguments: { text: "hello" } })));
  console.log("wrong", short(await client.callTool({ name: "sleep", arguments: {} })));
  for await (const message of client.experimental.tasks.callToolStream({ name: "sleep", arguments: { millis: 1500 } }, undefined, { task: {} }))
    console.log("sleep as a task", message.type, short(message.task?.status ?? message.result ?? message.error));
  await client.close();
}
{
  console.log("# @modelcontextprotocol/client (2026-07-28)");
  const client = new Client(me, { capabilities: {}, versionNegotiation: { mode: "auto" } });
  await client.connect(new StdioClientTransport(server));
  console.log("server", short(client.getServerVersion()), client.getProtocolEra?.());
  console.log("tools", (await client.listTools()).tools.length);
  console.log("echo", short(await client.callTool({ name: "echo", arguments: { text: "hello" } })));
  await client.close();
}
{
  console.log("# @modelcontextprotocol/ext-tasks on it");
  const clientCapabilities = { elicitation: {}, extensions: { "io.modelcontextprotocol/tasks": {} } };
  const client = new Client(me, { capabilities: clientCapabilities, versionNegotiation: { mode: "auto" } });
  const transport = new StdioClientTransport(server);
  await client.connect(transport);
  const waiting = new Map();
  const before = transport.onmessage;
  transport.onmessage = (message, extra) => waiting.has(message.id)
    ? waiting.get(message.id)(message)
    : before(message, extra);
  let next = 100000;
  const rawDispatch = request => new Promise(resolve => {
    const id = next++;
    waiting.set(id, answer => { waiting.delete(id); resolve({ ...answer, id: request.id ?? id }); });
    transport.send({ ...request, jsonrpc: "2.0", id });
  });
  const session = createTaskSessionFromClient(client, {
    endpointId: "jobyard",
    rawDispatch,
    v2RequestFraming: { protocolVersion: "2026-07-28", clientInfo: me, clientCapabilities },
    onInputRequest: async input => {
      console.log("asked", short(input.params?.message));
      return { action: "accept", content: { value: "{\"by\": \"ann\"}" } };
    },
  });
  for (const [name, args] of [["echo", { text: "hello" }], ["sleep", { millis: 3000 }], ["approval", { text: "a letter" }]]) {
    const execution = await session.callTool(name, args);
    const { outcome } = await execution.settle();
    console.log(name, short(resultFromTaskOutcome(outcome)));
  }
  await session.close();
  await client.close();
}
