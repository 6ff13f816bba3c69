// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.itests.greeting.Greetings;
import io.jobyard.itests.words.WordCount;
import io.jobyard.launcher.ShellSession;
import io.jobyard.store.postgres.FreePort;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** An agent that starts {@code bin/jobyard mcp}, on one host. */
public class McpIT {

    @ClassRule
    public static final HostProcess HOST = new HostProcess().withExamples();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}}";

    private static int port;
    private static final int MANY = 100;
    private static final int THREADS = 32;

    @BeforeClass
    public static void start() throws Exception {
        HOST.configure("io.jobyard.mcp", "task.after.seconds = 0", "answer.within.seconds = 600");
        port = FreePort.next();
        HOST.configure("io.jobyard.http", "port = " + port);
        HOST.configure("io.jobyard.roles-bots", "members = user:bot", "permissions = submit, view");
        HOST.configure("io.jobyard.roles-agents", "members = user:ann, user:guest", "permissions = view");
        HOST.run();
    }

    @Test
    public void aHandlerThatIsDroppedInIsAToolAtOnce() throws Exception {
        Path deploy = Files.createDirectories(HOST.instance().resolve("deploy"));
        HandlerJar.write(
                deploy.resolve("words.jar"),
                WordCount.class,
                "com.acme.words",
                "1.0.0",
                Map.of("word_count", "{\"properties\": {\"text\": {\"type\": \"string\"}}, \"required\": [\"text\"]}"));
        await().atMost(TIMEOUT).until(() -> tool("word_count") != null);
        JsonNode tool = tool("word_count");
        assertThat(tool.get("description").asText()).isEqualTo("Counts the words of a text.");
        assertThat(tool.at("/inputSchema/type").asText()).isEqualTo("object");
        assertThat(tool.at("/inputSchema/required/0").asText()).isEqualTo("text");
        assertThat(tool("echo").get("description").asText()).startsWith("Returns its payload.");

        Map<Integer, JsonNode> answers = talk(
                List.of(),
                request(1, "initialize", "\"protocolVersion\":\"2025-06-18\",\"capabilities\":{}"),
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                call(2, "word_count", "{\"text\":\"to be or not\"}"),
                call(3, "word_count", "{}"));
        assertThat(answers).hasSize(3);
        assertThat(answers.get(1).at("/result/protocolVersion").asText()).isEqualTo("2025-06-18");
        assertThat(answers.get(2).at("/result/structuredContent/words").asInt()).isEqualTo(4);
        assertThat(answers.get(3).at("/result/isError").asBoolean()).isTrue();
        assertThat(answers.get(3).at("/result/content/0/text").asText()).contains("text is required");
    }

    @Test
    public void anOperationThatABundleAddsIsInEveryInterfaceAsLongAsTheBundleExists() throws Exception {
        String token = tokenOf("guest");
        Path jar = HOST.instance().resolve("deploy/greetings.jar");
        HandlerJar.writeActivator(jar, Greetings.class, "com.acme.greetings");
        await().atMost(TIMEOUT).until(() -> tool("jobyard_greet") != null);

        JsonNode greeting = JSON.readTree("{\"greeting\":\"hello bea hello bea\"}");
        assertThat(JSON.readTree(got("/api/v1/greetings/bea?times=2", token).body()))
                .isEqualTo(greeting);
        assertThat(got("/openapi.json", token).body()).contains("Greets a guest.");
        assertThat(talk(List.of(), call(1, "jobyard_greet", "{\"name\":\"bea\",\"times\":2}"))
                        .get(1)
                        .at("/result/structuredContent"))
                .isEqualTo(greeting);
        assertThat(JSON.readTree(
                        HOST.jobyard("greet", "bea", "--times", "2", "--json").out()))
                .isEqualTo(greeting);
        assertThat(JSON.readTree(remote(token, "greet", "bea", "--times", "2", "--json")))
                .isEqualTo(greeting);
        assertThat(HOST.jobyard("shell", "greet bea --times 2").out()).contains("hello bea hello bea");
        assertThat(HOST.jobyard("shell", "help").out()).contains("greet");
        assertThat(HOST.jobyard("help", "greet").out()).contains("Greets a guest.", "--times");

        String fault = "times = 9 is out of range; use 1 to 3";
        assertThat(got("/api/v1/greetings/bea?times=9", token).body()).contains(fault);
        assertThat(talk(List.of(), call(1, "jobyard_greet", "{\"name\":\"bea\",\"times\":9}"))
                        .get(1)
                        .at("/result/content/0/text")
                        .asText())
                .contains(fault);
        assertThat(HOST.jobyard("greet", "bea", "--times", "9").err()).contains(fault);

        Files.delete(jar);
        await().atMost(TIMEOUT).until(() -> tool("jobyard_greet") == null);
        assertThat(got("/api/v1/greetings/bea?times=2", token).statusCode()).isEqualTo(404);
        assertThat(HOST.jobyard("greet", "bea", "--times", "2").err()).contains("unknown command '", "greet'");
        assertThat(remote(token, "greet", "bea", "--times", "2")).contains("unknown command '", "greet'");
        assertThat(HOST.jobyard("shell", "help").out()).doesNotContain("greet");
    }

    /** What {@code bin/jobyard --url} prints. */
    private static String remote(String token, String... words) throws Exception {
        Path file = Files.writeString(HOST.instance().resolve("guest.token"), token);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ShellSession.remote(Program.HOME, "http://127.0.0.1:" + port, file, List.of(words), out, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> got(String path, String token) throws Exception {
        return HttpClient.newHttpClient().send(asking(path, token).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Makes a user with a token. */
    private static String tokenOf(String user) throws Exception {
        Path password = Files.writeString(
                Files.createTempFile(HostProcess.INSTANCES, "in", ".txt"), "correct horse battery staple\n");
        assertThat(HOST.jobyard(password, "user", "add", user).exit()).isZero();
        Files.delete(password);
        return HOST.json("job:token create calls --user " + user).get("secret").asText();
    }

    @Test
    @Category(Storm.class)
    public void aTaskOutlivesTheHostThatGaveIt() throws Exception {
        JsonNode task = talk(
                        List.of(),
                        request(1, "tools/call", "\"name\":\"sleep\",\"arguments\":{\"millis\":2000}," + META))
                .get(1)
                .get("result");
        assertThat(task.get("resultType").asText()).isEqualTo("task");
        String id = task.get("taskId").asText();
        HOST.kill();
        HOST.run();

        String get = request(1, "tasks/get", "\"taskId\":\"" + id + "\"," + META);
        await().atMost(TIMEOUT)
                .until(() -> talk(List.of(), get)
                        .get(1)
                        .at("/result/status")
                        .asText()
                        .equals("completed"));
        JsonNode ended = talk(List.of(), get).get(1).get("result");
        assertThat(ended.at("/result/resultType").asText()).isEqualTo("complete");
        assertThat(ended.at("/result/structuredContent").isObject()).isTrue();
        assertThat(HOST.json("job:show " + id).get("type").asText()).isEqualTo("sleep");
    }

    @Test
    public void whoSpeaksForAUserSeesAndDoesWhatThatUserMay() throws Exception {
        String others = HOST.json("job:submit echo {}").get("id").asText();
        Map<Integer, JsonNode> answers = talk(
                List.of("--as", "ann"),
                request(1, "tools/list", ""),
                call(2, "echo", "{}"),
                call(3, "jobyard_job_result", "{\"id\":\"" + others + "\"}"));
        assertThat(answers.get(1).at("/result/tools")).hasSize(6);
        assertThat(answers.get(2).at("/error/code").asInt()).isEqualTo(-32602);
        assertThat(answers.get(3).at("/result/content/0/text").asText()).contains("missing permission view:all");
    }

    @Test
    public void aHundredCallsByHttpHoldNoThreadsAndAreAnsweredWithTheirResults() throws Exception {
        String token = tokenOf("bot");
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest call = asking("/mcp", token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(call(1, "sleep", "{\"millis\":500}")))
                .build();
        List<CompletableFuture<HttpResponse<String>>> answers = Stream.generate(
                        () -> client.sendAsync(call, HttpResponse.BodyHandlers.ofString()))
                .limit(MANY)
                .toList();
        await().atMost(TIMEOUT).until(() -> answers.stream().anyMatch(CompletableFuture::isDone));
        HttpResponse<String> other =
                client.send(asking("/api/v1/jobs?limit=1", token).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(answers.stream().filter(answer -> !answer.isDone())).hasSizeGreaterThan(THREADS);
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            JsonNode said = JSON.readTree(answer.get().body());
            assertThat(said.at("/result/isError").asBoolean())
                    .as(said.toString())
                    .isFalse();
            assertThat(said.at("/result/content/0/text").asText()).doesNotContain("is stored");
        }
    }

    private static HttpRequest.Builder asking(String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token);
    }

    private static JsonNode tool(String name) throws Exception {
        JsonNode tools = talk(List.of(), request(1, "tools/list", "")).get(1).at("/result/tools");
        return StreamSupport.stream(tools.spliterator(), false)
                .filter(tool -> tool.get("name").asText().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static String call(int id, String tool, String arguments) {
        return request(id, "tools/call", "\"name\":\"" + tool + "\",\"arguments\":" + arguments);
    }

    private static String request(int id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{" + params + "}}";
    }

    /** The answers by their ids; nothing else is on standard output, and nothing on the other. */
    private static Map<Integer, JsonNode> talk(List<String> options, String... messages) throws Exception {
        Path input = Files.write(Files.createTempFile(HostProcess.INSTANCES, "in", ".txt"), List.of(messages));
        List<String> words = new ArrayList<>(List.of("mcp"));
        words.addAll(options);
        HostProcess.Outcome outcome = HOST.jobyard(input, words.toArray(String[]::new));
        Files.delete(input);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exit()).isZero();
        Map<Integer, JsonNode> answers = new TreeMap<>();
        for (String line : outcome.out().lines().toList()) {
            JsonNode answer = JSON.readTree(line);
            if (answer.has("id")) { // else it tells that tools have changed
                answers.put(answer.get("id").asInt(), answer);
            }
        }
        return answers;
    }
}
