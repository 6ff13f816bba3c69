// SPDX-License-Identifier: Apache-2.0
// Runs all scenarios for servers, in each revision that they are for. The suite sends no token: a proxy adds it.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const [packages, url, token, listed] = process.argv.slice(2);
const cli = join(packages, "node_modules/@modelcontextprotocol/conformance/dist/index.js");
const run = promisify(execFile);
const revisions = ["2025-11-25", "2026-07-28"];

const reasons = new Map(readFileSync(listed, "utf8").split("\n")
  .filter(line => line && !line.startsWith("#"))
  .map(line => [line.slice(0, line.indexOf(":")).trim(), line.slice(line.indexOf(":") + 1).trim()]));

const host = new URL(url);
const proxy = http.createServer((request, response) => {
  const passed = http.request(
    { host: host.hostname, port: host.port, path: request.url, method: request.method, headers: { ...request.headers, authorization: `Bearer ${token}` } },
    answer => { response.writeHead(answer.statusCode, answer.headers); answer.pipe(response); });
  passed.on("error", () => response.destroy());
  request.pipe(passed);
});
await new Promise(ready => proxy.listen(0, "127.0.0.1", ready));
const address = `http://127.0.0.1:${proxy.address().port}${host.pathname}`;

const { stdout } = await run(process.execPath, [cli, "list", "--server"]);
const scenarios = [...stdout.matchAll(/^ +- (\S+) \[(.+)\]$/gm)].flatMap(([, name, versions]) =>
  versions === "extension"
    ? [{ name, revision: "extension" }]
    : revisions.filter(each => versions.split(",").includes(each)).map(revision => ({ name, revision })));

async function checks({ name, revision }) {
  const out = mkdtempSync(join(tmpdir(), "mcp-"));
  const version = revision === "extension" ? [] : ["--spec-version", revision];
  try {
    await run(process.execPath, [cli, "server", "--url", address, "--scenario", name, ...version, "-o", out], { timeout: 120_000 })
      .catch(() => undefined); // it exits 1 if a check failed: the file says which
    return readdirSync(out, { recursive: true }).filter(file => file.endsWith("checks.json"))
      .flatMap(file => JSON.parse(readFileSync(join(out, file), "utf8")));
  } finally {
    rmSync(out, { recursive: true });
  }
}

function judged(scenario, all) {
  const bad = all.filter(check => check.status === "FAILURE");
  const known = bad.filter(check => reasons.has(`${scenario.name} ${check.id}`));
  return { known, worse: bad.filter(check => !known.includes(check)) };
}

let failed = 0, passed = 0, apart = 0;
for (const scenario of scenarios) {
  const title = `${scenario.revision} ${scenario.name}`;
  const whole = reasons.get(scenario.name);
  if (whole) {
    apart++;
    console.log(`not applicable  ${title}: ${whole}`);
    continue;
  }
  let tries = 1, all = await checks(scenario);
  if (judged(scenario, all).worse.length > 0) { // some checks want an answer in half a second: a cold host on a busy machine has none
    tries = 2;
    all = await checks(scenario);
  }
  const { known, worse } = judged(scenario, all);
  const good = all.filter(check => check.status === "SUCCESS").length;
  if (all.length === 0 || worse.length > 0) {
    failed++;
    console.log(`FAILED          ${title}: ${good} checks passed`);
    worse.forEach(check => console.log(`                ${check.id}: ${check.errorMessage}`));
  } else {
    passed++;
    console.log(`passed          ${title}: ${good} checks${tries === 1 ? "" : ", at the second try"}`);
  }
  new Set(known.map(check => check.id)).forEach(id => console.log(`not applicable    ${id}: ${reasons.get(`${scenario.name} ${id}`)}`));
  all.filter(check => check.status === "WARNING").forEach(check => console.log(`warning           ${check.id}: ${check.errorMessage}`));
}
console.log(`${passed} scenarios passed, ${failed} failed, ${apart} do not apply`);
proxy.close();
process.exit(failed === 0 ? 0 : 1);
