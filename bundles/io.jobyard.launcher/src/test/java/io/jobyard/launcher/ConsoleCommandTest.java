// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a stand-in for the host, which listens when the file says so. */
@Timeout(60)
class ConsoleCommandTest {

    private static final String LINK = "http://127.0.0.1:8080/enter?once=secret";
    private static final String NOT_YET = "{\"error\":{\"code\":\"state_conflict\",\"message\":\"not on the web\"}}";

    @TempDir
    Path directory;

    private InstanceDirectory instance;
    private ServerSocketChannel server;

    @BeforeEach
    void prepare() throws IOException {
        instance = new InstanceDirectory(directory);
        Files.createDirectories(instance.data());
        Files.createDirectories(instance.etc());
    }

    @AfterEach
    void end() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private String link(Duration timeout) throws Exception {
        return ConsoleCommand.link(directory, WebFile.of(instance), timeout);
    }

    private String port() {
        try {
            return WebFile.of(instance).port();
        } catch (IOException e) {
            return null; // it is just written
        }
    }

    @Test
    void aHostThatIsNotOnTheWebIsToldToListenAndThenGivesTheLink() throws Exception {
        host(() -> port() == null ? NOT_YET : "{\"url\":\"" + LINK + "\"}");
        assertThat(link(Duration.ofSeconds(30))).isEqualTo(LINK);
        assertThat(port()).isNotNull();
    }

    @Test
    void aHostThatListensIsLeftAsItIs() throws Exception {
        host(() -> "{\"url\":\"" + LINK + "\"}");
        assertThat(link(Duration.ofSeconds(30))).isEqualTo(LINK);
        assertThat(port()).isNull();
    }

    @Test
    void whatKeepsItFromListeningIsOneLine() throws Exception {
        host(() -> NOT_YET);
        assertThatThrownBy(() -> link(Duration.ofMillis(500)))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("does not listen on the port set in")
                .hasMessageContaining("jobyard doctor");
        Files.writeString(instance.etc().resolve("io.jobyard.http.cfg"), "port = 0\n");
        assertThatThrownBy(() -> link(Duration.ofSeconds(30)))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("sets port = 0");
    }

    @Test
    void whatTheHostRefusesIsSaidAtOnce() throws Exception {
        host(() -> "{\"error\":{\"code\":\"access\",\"message\":\"you may not\"}}");
        assertThatThrownBy(() -> link(Duration.ofSeconds(30))).hasMessage("you may not");
    }

    @Test
    void withoutAHostItSaysHowToStartOne() {
        assertThatThrownBy(() -> ShellCommand.host(instance))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("start one with 'jobyard start'");
    }

    private void host(Supplier<String> answer) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(instance.data().resolve("shell.sock")));
        Thread thread = new Thread(() -> serve(server, answer));
        thread.setDaemon(true);
        thread.start();
    }

    private static void serve(ServerSocketChannel server, Supplier<String> answer) {
        while (server.isOpen()) {
            try (SocketChannel channel = server.accept()) {
                Channels.newInputStream(channel).readAllBytes();
                String said = answer.get();
                OutputStream out = Channels.newOutputStream(channel);
                frame(out, 1, said + "\n");
                frame(out, 3, said.contains("url") ? "\0" : "\1");
            } catch (ClosedChannelException e) {
                return; // the test is over
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
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
