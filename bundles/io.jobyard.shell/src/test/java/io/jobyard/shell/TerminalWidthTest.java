// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TerminalWidthTest {

    private static final String TYPE = "t".repeat(120);

    @TempDir
    Path data;

    private TestShell shell;
    private ShellServer server;

    @BeforeEach
    void serve() throws IOException {
        shell = new TestShell(data);
        shell.call("submit", TYPE, "{}");
        server = new ShellServer(data, shell.gogo());
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aCommandWhoseClientHasNoTerminalPrintsWholeValues() throws IOException {
        assertThat(run("0 0 dumb", "list")).contains(TYPE).doesNotContain("…");
        assertThat(run("0 0 dumb", "doctor").lines()).hasSize(4);
        assertThat(run("0 0 dumb", "stats")).contains("\ns1 ", "\ns30 ").doesNotContain("…");
        assertThat(run("80 24 xterm", "stats")).contains("… and 10 more");
    }

    @Test
    void aCommandOnATerminalUsesItsWidth() throws IOException {
        assertThat(longest(run("100 24 xterm", "list"))).isEqualTo(100);
        assertThat(longest(run("60 24 xterm", "list"))).isEqualTo(60);
        assertThat(run("200 24 xterm", "list")).contains(TYPE);
    }

    @Test
    void aPipeOfTheShellIsNoTerminal() throws IOException {
        assertThat(run("60 24 xterm", "list | copy")).contains(TYPE).doesNotContain("…");
    }

    @Test
    void aPayloadIsShortenedOnATerminalOnly() throws IOException {
        shell.call("submit", "echo", "{\"text\":\"" + "x".repeat(5_000) + "y\"}");
        assertThat(run("60 24 xterm", "show 2")).contains("--json shows all");
        assertThat(run("0 0 dumb", "show 2")).contains("xy\"").doesNotContain("…");
    }

    @Test
    void aSessionFollowsItsTerminal() throws IOException {
        try (TestClient client = new TestClient(data.resolve("shell.sock"))) {
            client.send("JOBYARD/1 terminal 60 24 xterm " + data + "\nlist\r").until("1 job");
            client.send(size(200, 50)).send("list\rexit\r");
            assertThat(client.answer().out()).contains(TYPE);
        }
    }

    private static byte[] size(int columns, int rows) {
        return ByteBuffer.allocate(5)
                .put((byte) 255)
                .putShort((short) columns)
                .putShort((short) rows)
                .array();
    }

    private String run(String terminal, String command) throws IOException {
        byte[] bytes = command.getBytes(StandardCharsets.UTF_8);
        try (TestClient client = new TestClient(data.resolve("shell.sock"))) {
            TestShell.Answer answer = client.send("JOBYARD/1 run " + terminal + "\n")
                    .send(ByteBuffer.allocate(4).putInt(bytes.length).array())
                    .send(bytes)
                    .noMore()
                    .answer();
            assertThat(answer.err()).isEmpty();
            return answer.out();
        }
    }

    private static int longest(String text) {
        return text.lines()
                .filter(line -> line.contains("t…"))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }
}
