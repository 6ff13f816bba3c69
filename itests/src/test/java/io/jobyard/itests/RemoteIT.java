// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.itests.HostProcess.Outcome;
import io.jobyard.launcher.ShellSession;
import io.jobyard.settings.api.command.Frame;
import io.jobyard.spi.access.Permission;
import io.jobyard.store.postgres.FreePort;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** {@code bin/jobyard --url} does what {@code bin/jobyard} does on the host's machine, and no more than that. */
public class RemoteIT {

    @ClassRule
    public static final HostProcess HOST = new HostProcess().withExamples();

    /** May do all, and little. */
    private static final String ALL = "ann";

    private static final String LITTLE = "bob";
    private static final int BATCH_BYTES = 16_777_216;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final InputStream INPUT = System.in;

    private static String url;
    private static Path files;
    private static final Set<String> KNOWN_ENTRIES = new HashSet<>();

    /** What a line came to, without what differs from time to time. */
    private record Told(int exit, String out, String err, List<String> audit) {}

    @BeforeClass
    public static void start() throws Exception {
        int port = FreePort.next();
        url = "http://127.0.0.1:" + port;
        HOST.configure("io.jobyard.http", "port = " + port);
        String all = Arrays.stream(Permission.values()).map(Permission::text).collect(Collectors.joining(", "));
        HOST.configure("io.jobyard.roles-all", "members = user:" + ALL, "permissions = " + all);
        HOST.configure("io.jobyard.roles-little", "members = user:" + LITTLE, "permissions = submit, view");
        HOST.run();
        for (String user : List.of(ALL, LITTLE)) {
            Path password = Files.writeString(HOST.instance().resolve("typed"), "four words and more\n");
            assertThat(HOST.jobyard(password, "user", "add", user).exit()).isZero();
            Path token = Files.writeString(
                    token(user),
                    HOST.json("job:token create shop --user " + user)
                            .get("secret")
                            .asText());
            Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        }
        files = Files.createDirectory(HOST.instance().resolve("files"), HostProcess.PRIVATE);
        Files.writeString(files.resolve("file"), "{\"text\": \"from a file\"}");
        Files.writeString(files.resolve("batch"), "{\"type\": \"echo\", \"payload\": {}}\n".repeat(3));
        Files.writeString(files.resolve("badBatch"), "{\"type\": \"echo\", \"payload\": {}}\n{\"type\": 7}\n");
        Files.createDirectory(files.resolve("directory"));
        Files.writeString(files.resolve("cfg"), "nothing = 1\n");
    }

    @AfterClass
    public static void giveBack() {
        System.setIn(INPUT);
    }

    /** Reads past what earlier tests have left in the audit. */
    @Before
    public void readAudit() throws Exception {
        newEntries();
    }

    private static Path token(String user) {
        return HOST.instance().resolve("token-" + user);
    }

    private static List<String> lines() throws IOException {
        try (InputStream all = RemoteIT.class.getResourceAsStream("/remote-commands.txt")) {
            return new String(all.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @Test
    public void everyCommandDoesTheSameFromElsewhere() throws Exception {
        List<String> differences = new ArrayList<>();
        List<String> lines = lines();
        assertThat(lines).hasSizeGreaterThan(100);
        int number = 0;
        for (String line : lines) {
            boolean isForAll = line.startsWith("!");
            String command = isForAll ? line.substring(1) : line;
            boolean isText = ++number % 2 == 0;
            compare(command, ALL, isText ? "" : " --json", differences);
            if (!isForAll) {
                compare(command, LITTLE, isText ? " --json" : "", differences);
            }
        }
        assertThat(differences).isEmpty();
        assertThat(HOST.json("job:audit --action refused --limit 1000").get("entries"))
                .extracting(entry -> entry.get("who").asText())
                .contains("user bob, by token shop");
    }

    @Test
    public void aBatchMayBeAsLargeAsOnTheHostsMachine() throws Exception {
        String job = "{\"type\": \"echo\", \"payload\": {\"text\": \"" + "x".repeat(900_000) + "\"}}\n";
        String full = job.repeat(16);
        Files.writeString(files.resolve("full"), full + " ".repeat(BATCH_BYTES - full.length()));
        Files.writeString(files.resolve("over"), full + " ".repeat(BATCH_BYTES + 1 - full.length()));
        List<String> differences = new ArrayList<>();
        compare("submit --batch {full}", ALL, "", differences);
        compare("submit --batch {over}", ALL, "", differences);
        assertThat(differences).isEmpty();
        assertThat(remote(ALL, "", "submit", "--batch", files.resolve("full").toString())
                        .exit())
                .isZero();
        assertThat(remote(ALL, "", "submit", "--batch", files.resolve("over").toString())
                        .err())
                .contains("bytes, the value of max.batch.bytes");
    }

    @Test
    public void localCommandsAreRefused() throws Exception {
        Path copy = HOST.instance().resolve("copy");
        for (String[] line : new String[][] {
            {"backup", copy.toString()},
            {"compact"},
            {"mcp"},
            {"console"},
            {"config", "rollback", "worker", "--to", "1"}
        }) {
            Told told = remote(ALL, "", line);
            assertThat(told.exit()).as(line[0]).isEqualTo(2);
            assertThat(told.out()).isEmpty();
            assertThat(told.err()).hasLineCount(1).contains(" works only on the host's machine; from elsewhere ");
            assertThat(told.audit()).isEmpty();
        }
        assertThat(copy).doesNotExist();
        String help = remote(ALL, "", "help").out();
        assertThat(help).contains("job:run-now", "job:config").doesNotContain("job:backup", "job:compact");
    }

    @Test
    public void theHostOpensNoFileOfItsOwn() throws Exception {
        Path secret = Files.writeString(HOST.instance().resolve("secret.json"), "{\"text\": \"secret\"}");
        for (String name :
                List.of("/etc/passwd", secret.toString(), "secret.json", "../secret.json", "./secret.json")) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (String word : List.of("submit", "echo", "--file", name)) {
                body.write(Frame.of(Frame.WORD, word).sent().array());
            }
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/v1/commands"))
                    .setHeader("Content-Type", "application/octet-stream")
                    .setHeader("Authorization", "Bearer " + Files.readString(token(ALL)))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                    .build();
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("'" + name + "' was not sent with the command");
        }
    }

    @Test
    public void awaitShowsProgressAndACutConnectionEndsIt() throws Exception {
        String id = HOST.json("job:submit sleep {\"millis\": 600000} --timeout 3600 --as " + ALL)
                .get("id")
                .asText();
        Path printed = HOST.instance().resolve("printed");
        Process waiting = new ProcessBuilder(command(ALL, "await", id))
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        await().atMost(HostProcess.TIMEOUT)
                .until(() -> Files.readString(printed).contains("progress "));
        assertThat(waiting.isAlive()).isTrue();
        assertThat(HOST.threadNames()).anyMatch(name -> name.startsWith("jobyard-command-"));
        waiting.destroy(); // by TERM: a job of a shell in the background is given no INT
        assertThat(waiting.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(waiting.exitValue()).isEqualTo(143);
        await().atMost(HostProcess.TIMEOUT)
                .untilAsserted(() -> assertThat(stack()).doesNotContain("AwaitCommand"));
        assertThat(HOST.json("job:show " + id).get("status").asText()).isEqualTo("running");
        assertThat(remote(ALL, "", "cancel", id).exit()).isZero();
    }

    /** The stacks of the threads that run commands of clients. */
    private static String stack() throws IOException, InterruptedException {
        return HostProcess.run(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        "" + HOST.process().orElseThrow().pid(),
                        "Thread.print"))
                .out();
    }

    @Test
    public void theProgramItselfTakesTheOptions() throws Exception {
        Outcome listed = HostProcess.run(new ProcessBuilder(command(ALL, "list", "--type", "nothing")));
        assertThat(listed.out()).as(listed.err()).startsWith("no jobs\n");
        Outcome typed = HostProcess.run(new ProcessBuilder(command(ALL, "submit", "echo", "--file", "-", "--json"))
                .redirectInput(files.resolve("file").toFile()));
        assertThat(typed.exit()).as(typed.err()).isZero();
        String late = HOST.json("job:submit echo {} --after 1d").get("id").asText();
        assertThat(HOST.jobyard("run-now", late).out()).contains("queued");
        Outcome help = HOST.jobyard("help", "--json");
        assertThat(JSON.readTree(help.out()).get("commands")).hasSize(50);
        Files.setPosixFilePermissions(token(LITTLE), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(HostProcess.run(new ProcessBuilder(command(LITTLE, "list"))).err())
                .contains("run chmod 600 " + token(LITTLE));
        Files.setPosixFilePermissions(token(LITTLE), PosixFilePermissions.fromString("rw-------"));
    }

    private static List<String> command(String user, String... words) {
        List<String> command = new ArrayList<>(List.of(
                Program.HOME.resolve("bin/jobyard").toString(),
                "--url",
                url,
                "--token-file",
                token(user).toString()));
        command.addAll(List.of(words));
        return command;
    }

    private static void compare(String line, String user, String more, List<String> differences) throws Exception {
        String[] parts = (line + " ").split(" < ", 2);
        String input = parts.length > 1 ? parts[1].strip() + "\n" : "";
        if (line.startsWith("list") || line.startsWith("export")) {
            settle();
        }
        Told here = local(user, input, words(parts[0].strip() + more, user));
        Told there = remote(user, input, words(parts[0].strip() + more, user));
        if (!here.equals(there)) {
            differences.add(user + ": " + line + more + "\n  here:  " + here + "\n  there: " + there + "\n");
        }
    }

    private static String[] words(String line, String user) throws Exception {
        List<String> words = new ArrayList<>();
        for (String word : TypedWords.of(line)) {
            words.add(filled(word, user));
        }
        return words.toArray(String[]::new);
    }

    private static String filled(String text, String user) throws Exception {
        String filled = text.replace("{n}", "" + NUMBER.incrementAndGet());
        if (filled.contains("{late}")) {
            return HOST.json("job:submit echo {\"text\": \"late\"} --after 1d --as " + user)
                    .get("id")
                    .asText();
        } else if (filled.contains("{done}")) {
            return HOST.json("job:submit echo {\"text\": \"done\"} --await --as " + user)
                    .get("id")
                    .asText();
        }
        for (String file : List.of("file", "batch", "badBatch", "directory", "cfg", "full", "over")) {
            filled = filled.replace("{" + file + "}", files.resolve(file).toString());
        }
        return filled;
    }

    private static Told local(String user, String input, String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of(words));
        if (!words[0].equals("help")) {
            line.addAll(List.of("--as", user));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = ShellSession.call(HOST.instance(), line, new ByteArrayInputStream(input.getBytes(UTF_8)), out, err);
        return told(exit, out, err);
    }

    private static Told remote(String user, String input, String... words) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setIn(new ByteArrayInputStream(input.getBytes(UTF_8)));
        int exit = ShellSession.remote(Program.HOME, url, token(user), List.of(words), out, err);
        return told(exit, out, err);
    }

    /** Waits until no job of an earlier line runs: both runs of a line see the same jobs. */
    private static void settle() throws Exception {
        await().atMost(HostProcess.TIMEOUT)
                .until(() -> HOST.json("job:list --status queued,running --type echo --count")
                                .get("total")
                                .asInt()
                        == 0);
    }

    private static Told told(int exit, ByteArrayOutputStream out, ByteArrayOutputStream err) throws Exception {
        return new Told(exit, masked(out.toString(UTF_8)), masked(err.toString(UTF_8)), newEntries());
    }

    /** But for refusals, of which the audit sums up those that come together, and what bulks tell of themselves meanwhile. */
    private static List<String> newEntries() throws Exception {
        List<String> fresh = new ArrayList<>();
        for (JsonNode entry : HOST.json("job:audit --limit 20").get("entries")) {
            boolean isNew = KNOWN_ENTRIES.add(entry.toString());
            String action = entry.get("action").asText();
            String detail = entry.get("detail").asText();
            if (isNew && !action.equals("refused") && !detail.contains(": done to ")) {
                fresh.add(masked(entry.get("who").asText() + " " + action + " "
                        + entry.get("target").asText() + " " + detail));
            }
        }
        return fresh;
    }

    /** Without ids, secrets, numbers, times, widths of columns, by whom the user speaks, and how far index and bulks are. */
    private static String masked(String text) {
        return text.replaceAll("as of [^\\n]*\\n", "")
                .replaceAll("\"(asOf|endedAt)\":(null|\"[^\"]*\")", "")
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "ID")
                .replaceAll("\\b(?=[0-9a-f]*[0-9])[0-9a-f]{8,}\\b", "ID")
                .replaceAll("ID(, ID)+(, …)?", "IDS") // each line adds jobs, so more IDs have an ending
                .replaceAll("[A-Za-z0-9_-]{40,}", "SECRET")
                .replaceAll(", by (administrator [a-z0-9_-]+|token shop)", "")
                .replaceAll("[0-9]+([.:-][0-9]+)*", "#")
                .replaceAll(" +", " ");
    }
}
