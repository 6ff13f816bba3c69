// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ShellClientTest {

    /** What the host does with a connection. */
    interface Host {
        void serve(InputStream in, OutputStream out) throws IOException;
    }

    @TempDir
    Path instance;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void data() throws IOException {
        Files.createDirectories(instance.resolve("data"));
    }

    @Test
    void aHostThatDoesNotRunIsOneLine() throws Exception {
        assertThat(call("x", "")).isEqualTo(1);
        assertThat(err.toString()).hasLineCount(1).contains("; start it with bin/jobyard start");
        host("shell.sock", (in, answer) -> {}).close();
        assertThat(call("x", "")).isEqualTo(1);
    }

    @Test
    void commandAndInputGoInAndBothStreamsComeOut() throws Exception {
        String large = "grüße ".repeat(100_000);
        host("shell.sock", (in, answer) -> {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(all).startsWith("JOBYARD/1 run 0 0 dumb " + Path.of("").toAbsolutePath() + "\n");
            frame(answer, 1, all.substring(all.indexOf('\n') + 5));
            frame(answer, 1, "");
            frame(answer, 2, "careful");
            frame(answer, 3, "\1");
        });
        assertThat(call("it's\n", large)).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("it's\n" + large);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("careful");
    }

    @Test
    void aConnectionThatEndsWithoutAnExitIsOneLine() throws Exception {
        host("shell.sock", (in, answer) -> frame(answer, 1, "half"));
        assertThat(call("x", "")).isEqualTo(1);
        assertThat(out.toString()).isEqualTo("half");
        assertThat(err.toString()).hasLineCount(1).contains("the connection to the host was lost");
    }

    @Test
    void theSocketMayBeElsewhere(@TempDir Path elsewhere) throws Exception {
        host(elsewhere.resolve("shell.sock").toString(), (in, answer) -> frame(answer, 3, "\0"));
        Files.writeString(instance.resolve("data/shell.path"), elsewhere.resolve("shell.sock") + "\n");
        assertThat(call("x", "")).isZero();
    }

    private int call(String command, String in) {
        return ShellClient.run(
                instance,
                command,
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private ServerSocketChannel host(String socket, Host host) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(instance.resolve("data").resolve(socket)));
        Thread thread = new Thread(() -> {
            try (server;
                    SocketChannel channel = server.accept()) {
                host.serve(Channels.newInputStream(channel), Channels.newOutputStream(channel));
            } catch (IOException e) {
                assertThat(server.isOpen()).isFalse();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static void frame(OutputStream out, int kind, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(ByteBuffer.allocate(5 + bytes.length)
                .put((byte) kind)
                .putInt(bytes.length)
                .put(bytes)
                .array());
    }
}
