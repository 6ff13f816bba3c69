// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jobyard.settings.api.command.Frame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Command lines for a host elsewhere, which is a server here that says what a test wants. */
@Timeout(60)
class RemoteLineTest {

    private static final String COMMANDS =
            "list - List jobs.\nsubmit --file,--batch Submit.\nuser - Users.\nbackup local Copy it.\nhelp - Help.\nconsole local Link.\n";

    @TempDir
    Path home;

    private final InputStream input = System.in;
    private final PrintStream console = System.out;
    private final PrintStream errors = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> asked = new ArrayList<>();
    private final List<Frame> answer = new ArrayList<>();
    private HttpServer server;
    private String problem = "";
    private Program program;

    @BeforeEach
    void begin() throws IOException {
        Path level = Files.createDirectories(home.resolve("bundles/20"));
        try (JarOutputStream jar =
                new JarOutputStream(Files.newOutputStream(level.resolve("io.jobyard.shell-1.jar")))) {
            jar.putNextEntry(new ZipEntry("OSGI-INF/jobyard/commands.txt"));
            jar.write(COMMANDS.getBytes(StandardCharsets.UTF_8));
        }
        program = new Program(home, "1", false);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void end() {
        server.stop(0);
        System.setIn(input);
        System.setOut(console);
        System.setErr(errors);
    }

    private void serve(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        ReadableByteChannel body = Channels.newChannel(exchange.getRequestBody());
        for (Frame frame = Frame.read(body); frame != null; frame = Frame.read(body)) {
            asked.add(frame.kind() + ":" + frame.text());
        }
        byte[] problemText = problem.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", problem.isEmpty() ? "application/octet-stream" : "application/problem+json");
        exchange.sendResponseHeaders(problem.isEmpty() ? 200 : 429, 0);
        exchange.getResponseBody().write(problemText);
        for (Frame frame : answer) {
            exchange.getResponseBody().write(frame.sent().array());
        }
        exchange.close();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private int call(String... words) {
        List<String> line = new ArrayList<>(List.of("--url", url()));
        line.addAll(List.of(words));
        return Main.execute(program, line.toArray(String[]::new));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private boolean isMeant(Map<String, String> environment, String... line) {
        return RemoteLine.of(program, List.of(line), environment) != null;
    }

    @Test
    void aLineIsForAHostElsewhereIfItNamesOne() {
        Map<String, String> set = Map.of("JOBYARD_URL", "https://h");
        assertThat(isMeant(Map.of(), "--url", "https://h", "list")).isTrue();
        assertThat(isMeant(Map.of(), "list", "--url=https://h")).isTrue();
        assertThat(isMeant(Map.of(), "list")).isFalse();
        assertThat(isMeant(Map.of(), "submit", "x", "--", "--url")).isFalse();
        assertThat(isMeant(set, "job:list")).isTrue();
        assertThat(isMeant(set, "user", "add")).isTrue();
        assertThat(isMeant(set, "start")).isFalse();
        assertThat(isMeant(set, "backup", "d")).isFalse();
        assertThat(isMeant(set, "help")).isFalse();
        assertThat(isMeant(set, "list", "--instance", "d")).isFalse();
        assertThat(isMeant(set)).isFalse();
    }

    @Test
    void theOptionsAndTheVariablesSayWhichHostAndWhichToken() {
        Map<String, String> set = Map.of("JOBYARD_URL", "https://h", "JOBYARD_TOKEN_FILE", "t");
        RemoteLine plain = Objects.requireNonNull(RemoteLine.of(program, List.of("job:list", "-x"), set));
        assertThat(plain).isEqualTo(new RemoteLine("https://h", Path.of("t"), false, List.of("list", "-x")));
        RemoteLine given = Objects.requireNonNull(RemoteLine.of(
                program, List.of("--token-file=o", "list", "--url", "http://o", "--plain-http", "--", "--url"), set));
        assertThat(given).isEqualTo(new RemoteLine("http://o", Path.of("o"), true, List.of("list", "--", "--url")));
        assertThatThrownBy(() -> RemoteLine.of(program, List.of("list", "--url"), set))
                .hasMessage("missing value for --url: URL");
    }

    @Test
    void theWordsGoAndTheOutputComes() {
        answer.addAll(List.of(
                Frame.of(Frame.OUT, "one\n"),
                Frame.of(Frame.OUT, ""),
                Frame.of(Frame.ERR, "two\n"),
                new Frame(Frame.EXIT, new byte[] {1})));
        assertThat(call("job:list", "--limit", "3")).isEqualTo(1);
        assertThat(out).hasToString("one\n");
        assertThat(err).hasToString("two\n");
        assertThat(asked).containsExactly("POST /api/v1/commands?columns=0", "4:list", "4:--limit", "4:3");
    }

    @Test
    void filesAndStandardInputAreSent() throws Exception {
        answer.add(new Frame(Frame.EXIT, new byte[] {0}));
        Path file = Files.writeString(home.resolve("a.json"), "{\"a\": 1}");
        System.setIn(new ByteArrayInputStream("typed\nmore\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(call("submit", "echo", "--file", file.toString(), "--batch", "-"))
                .isZero();
        assertThat(asked).endsWith("5:" + file, "6:{\"a\": 1}", "5:-", "6:typed\nmore\n");
        asked.clear();
        assertThat(call("submit", "echo", "--file", home + "/none", "--batch=" + home))
                .isZero();
        assertThat(asked)
                .endsWith(
                        "5:" + home + "/none",
                        "7:file not found: '" + home + "/none'; check the name, or use - for standard input",
                        "5:" + home,
                        "7:'" + home + "' is a directory; use a file in it");
        asked.clear();
        System.setIn(new ByteArrayInputStream("four words and more\nrest\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(call("user", "add", "ann")).isZero();
        assertThat(asked).endsWith("4:ann", "5:-", "6:four words and more");
        assertThat(System.in.read()).isEqualTo('r');
    }

    @Test
    void aLargeFileIsSentInParts() throws Exception {
        answer.add(new Frame(Frame.EXIT, new byte[] {0}));
        Path file = Files.write(home.resolve("big"), new byte[3_000_000]);
        assertThat(call("submit", "--batch", file.toString())).isZero();
        assertThat(asked.stream()
                        .filter(each -> each.startsWith("6:"))
                        .mapToInt(each -> each.length() - 2)
                        .sum())
                .isEqualTo(3_000_000);
    }

    @Test
    void whatTheHostRefusesIsOneLine() {
        problem =
                "{\"code\": \"quota\", \"field\": null, \"message\": \"too many commands\", \"fix\": \"wait\\u001b[2J\"}";
        assertThat(call("list")).isEqualTo(6);
        assertThat(said())
                .hasLineCount(1)
                .startsWith("jobyard: too many commands; wait")
                .doesNotContain("\u001b");
        assertThat(call("list", "--json")).isEqualTo(6);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"error\":{\"code\":\"quota\",\"field\":null,\"message\":\"too many commands\","
                        + "\"fix\":\"wait\\u001B[2J\"}}\n");
    }

    @Test
    void anAnswerThatIsCutOffIsOneLine() {
        answer.add(Frame.of(Frame.OUT, "one\n"));
        assertThat(call("list")).isEqualTo(1);
        assertThat(said())
                .hasLineCount(1)
                .startsWith("jobyard: the connection to the host was lost (the connection ended without");
    }

    @Test
    void whatCannotBeMeantIsOneLine() throws Exception {
        assertThat(call("start")).isEqualTo(2);
        assertThat(said()).hasLineCount(1).startsWith("jobyard: unknown remote command 'start'");
        err.reset();
        assertThat(Main.execute(program, "--url", "jobs.example.org", "list")).isEqualTo(2);
        assertThat(said()).startsWith("jobyard: invalid host address 'jobs.example.org'; use an address such as");
        err.reset();
        Path token = Files.writeString(home.resolve("token"), "secret");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(call("--token-file", token.toString(), "list")).isEqualTo(2);
        assertThat(said())
                .isEqualTo("jobyard: others can read the token in " + token + "; run chmod 600 " + token + "\n");
        server.stop(0);
        err.reset();
        assertThat(call("list")).isEqualTo(6);
        assertThat(said()).hasLineCount(1).startsWith("jobyard: no connection at " + url());
        assertThat(asked).isEmpty();
    }

    @Test
    void helpListsWhatAHostElsewhereRuns() {
        assertThat(call("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("--token-file FILE", "JOBYARD_URL", "  list ", "  user ")
                .doesNotContain("  backup ", "  console ");
        assertThat(call()).isEqualTo(1);
        assertThat(said()).contains("--token-file FILE", "  list ");
        assertThat(asked).isEmpty();
        answer.add(new Frame(Frame.EXIT, new byte[] {0}));
        assertThat(call("help")).isZero();
        assertThat(asked).endsWith("4:help");
    }

    @Test
    void noOtherCommandLoadsTheClient() throws Exception {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xlog:class+load",
                        "-Djobyard.home=" + home,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.jobyard.launcher.Main",
                        "version")
                .redirectErrorStream(true)
                .start();
        String loaded = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor()).as(loaded).isZero();
        assertThat(loaded)
                .contains("io.jobyard.launcher.VersionCommand")
                .doesNotContain("io.jobyard.client", "java.net.http");
    }
}
