// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.itests.DeclaredOperation.InputPlace;
import io.jobyard.launcher.ShellSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Host whose operations are called over HTTP, as tools of MCP, as commands of its shell, and as commands with {@code --url}. */
final class AnswerHost {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String META = "io.modelcontextprotocol/";

    private final HttpClient client = HttpClient.newHttpClient();
    private final HostProcess host;
    private final String address;
    private final String token;
    private final Path tokenFile;
    private int made;

    AnswerHost(HostProcess host, int port, String token) throws IOException {
        this.host = host;
        this.token = token;
        tokenFile = Files.writeString(host.instance().resolve("token"), token);
        Files.setPosixFilePermissions(tokenFile, PosixFilePermissions.fromString("rw-------"));
        address = "http://127.0.0.1:" + port;
    }

    JsonNode get(String path) throws Exception {
        return JSON.readTree(send("GET", path, null).body());
    }

    /** Returns these inputs with new objects in place of the placeholders. */
    Map<String, Object> filled(Map<String, Object> inputs) throws Exception {
        Map<String, Object> filled = new LinkedHashMap<>();
        for (Map.Entry<String, Object> each : inputs.entrySet()) {
            String text = String.valueOf(each.getValue());
            filled.put(each.getKey(), text.matches("\\{[a-z]+}") ? make(text) : each.getValue());
        }
        return filled;
    }

    private String make(String placeholder) throws Exception {
        String name = "made" + ++made;
        String settings = "{\"settings\":{\"running.max\":\"1\"}}";
        String job = "{\"type\":\"echo\",\"payload\":{}";
        return switch (placeholder) {
            case "{waiting}" -> job(job + ",\"notBefore\":\"5h\"}");
            case "{done}" -> {
                String id = job(job + "}");
                get("/api/v1/jobs/" + id + "?wait=60s");
                yield id;
            }
            case "{cancelled}" -> then(job(job + ",\"notBefore\":\"5h\"}"), "cancel");
            case "{paused}" -> then(job(job + ",\"notBefore\":\"5h\"}"), "pause");
            case "{limit}" -> named(name, "PATCH", "/api/v1/limits/" + name, settings);
            case "{queue}" -> named(name, "PATCH", "/api/v1/queues/" + name, settings);
            case "{schedule}" ->
                named(
                        name,
                        "POST",
                        "/api/v1/schedules",
                        "{\"name\":\"" + name + "\",\"cron\":\"0 2 * * *\",\"job\":" + job + "}}");
            default -> name;
        };
    }

    private String job(String body) throws Exception {
        return JSON.readTree(send("POST", "/api/v1/jobs", body).body())
                .get("id")
                .asText();
    }

    private String then(String id, String verb) throws Exception {
        return named(id, "POST", "/api/v1/jobs/" + id + "/" + verb, null);
    }

    private String named(String name, String method, String path, String body) throws Exception {
        HttpResponse<String> answer = send(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return name;
    }

    InterfaceAnswer http(DeclaredOperation operation, Map<String, Object> inputs) throws Exception {
        String path = operation.path();
        List<String> query = new ArrayList<>();
        Map<String, Object> body = new LinkedHashMap<>();
        boolean hasBody = operation.inputs().stream().anyMatch(input -> input.place() == InputPlace.BODY);
        for (Map.Entry<String, Object> each : inputs.entrySet()) {
            String name = each.getKey();
            if (path.contains("{" + name + "}")) {
                path = path.replace("{" + name + "}", encoded(each.getValue()));
            } else if (hasBody) {
                body.put(name, each.getValue());
            } else {
                Stream<?> all = each.getValue() instanceof List<?> list ? list.stream() : Stream.of(each.getValue());
                all.forEach(value -> query.add(name + "=" + encoded(value)));
            }
        }
        String address = path + (query.isEmpty() ? "" : "?" + String.join("&", query));
        return InterfaceAnswer.of(
                JSON.readTree(send(operation.method(), address, hasBody ? JSON.writeValueAsString(body) : null)
                        .body()));
    }

    private static String encoded(Object value) {
        return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8).replace("+", "%20");
    }

    InterfaceAnswer tool(String tool, Map<String, Object> inputs) throws Exception {
        Map<String, Object> meta =
                Map.of(META + "protocolVersion", "2026-07-28", META + "clientCapabilities", Map.of());
        Map<String, Object> call = Map.of(
                "jsonrpc",
                "2.0",
                "id",
                1,
                "method",
                "tools/call",
                "params",
                Map.of("name", tool, "arguments", inputs, "_meta", meta));
        JsonNode answer = JSON.readTree(send(
                        "POST",
                        "/mcp",
                        JSON.writeValueAsString(call),
                        "Accept",
                        "application/json, text/event-stream",
                        "MCP-Protocol-Version",
                        "2026-07-28",
                        "Mcp-Method",
                        "tools/call",
                        "Mcp-Name",
                        tool)
                .body());
        JsonNode result = answer.at("/result/structuredContent");
        return InterfaceAnswer.of(result.isMissingNode() ? answer.at("/error/data") : result);
    }

    InterfaceAnswer shell(String command) throws Exception {
        HostProcess.Outcome outcome = host.call(command + " --as same --json");
        return InterfaceAnswer.of(JSON.readTree(outcome.out().isBlank() ? outcome.err() : outcome.out()));
    }

    /** Runs the command as {@code bin/jobyard --url} does, in this process: a process for each of hundreds of cases would take minutes. */
    InterfaceAnswer remote(String command) throws Exception {
        List<String> words = TypedWords.of(command.replaceFirst("^job:", "") + " --json");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ShellSession.remote(Program.HOME, address, tokenFile, words, out, err);
        return InterfaceAnswer.of(JSON.readTree((out.size() == 0 ? err : out).toString(StandardCharsets.UTF_8)));
    }

    /** Returns the actions, targets and details of the audit entries after this number of entries. */
    List<String> audited(int before) throws Exception {
        List<String> all = new ArrayList<>();
        get("/api/v1/audit?limit=10000")
                .get("entries")
                .forEach(entry -> all.add(InterfaceAnswer.masked(Stream.of("action", "target", "detail")
                        .map(field -> entry.get(field).asText())
                        .collect(Collectors.joining(" | ")))));
        return all.subList(before, all.size());
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Authorization", "Bearer " + token)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
