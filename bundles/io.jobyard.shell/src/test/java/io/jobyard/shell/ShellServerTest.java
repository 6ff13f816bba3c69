// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ShellServerTest {

    @TempDir
    Path data;

    private ShellServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop();
        }
    }

    @Test
    void aCommandGetsItsInputAndItsExitCode() throws Exception {
        serve(client -> {
            String in = new String(client.in().readAllBytes(), StandardCharsets.UTF_8);
            client.out().write((client.command() + ": " + in).getBytes(StandardCharsets.UTF_8));
            client.err().write(client.user().getBytes(StandardCharsets.UTF_8));
            return 1;
        });
        try (TestClient client = client()) {
            TestShell.Answer answer =
                    client.command("say\nit's").send("grüße").noMore().answer();
            assertThat(answer).isEqualTo(new TestShell.Answer(1, "say\nit's: grüße", System.getProperty("user.name")));
        }
    }

    @Test
    void anInterruptByAnybodyDoesNotCloseTheSocket() throws Exception {
        serve(client -> 0);
        for (int time = 0; time < 100; time++) {
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("jobyard-shell-1"))
                    .forEach(Thread::interrupt);
            try (TestClient client = client()) {
                assertThat(client.command("echo").noMore().answer().exit()).isZero();
            }
        }
    }

    @Test
    void aMegabyteGoesThroughBothWaysAtOnce() throws Exception {
        serve(client -> {
            client.in().transferTo(client.out());
            return 0;
        });
        String large = "0123456789abcdef".repeat(65_536);
        try (TestClient client = client()) {
            client.command("cat");
            Thread sender = new Thread(() -> {
                try {
                    client.send(large).noMore();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            sender.start();
            assertThat(client.answer().out()).isEqualTo(large);
            sender.join();
        }
    }

    @Test
    void aClientThatGoesAwayEndsItsSession() throws Exception {
        AtomicReference<String> end = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(1);
        serve(client -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                end.set("interrupted");
            }
            return 0;
        });
        try (TestClient client = client()) {
            client.command("wait").noMore();
            begun.await();
        }
        await().untilAtomic(end, org.hamcrest.Matchers.is("interrupted"));
    }

    @Test
    void theSocketIsTheOwnersAloneAndGoesWithTheServer() throws Exception {
        Files.writeString(data.resolve("shell.sock"), "left behind by a kill");
        serve(client -> 0);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("shell.sock"))))
                .isEqualTo("rw-------");
        server.stop();
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void aPathThatIsTooLongIsKeptElsewhereAndNamed() throws Exception {
        Path deep = data.resolve("d".repeat(100));
        server = new ShellServer(deep, client -> 0);
        Path socket = Path.of(Files.readString(deep.resolve("shell.path")).strip());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
                .isEqualTo("rwx------");
        try (TestClient client = new TestClient(socket)) {
            assertThat(client.command("x").answer().exit()).isZero();
        }
        server.stop();
        assertThat(socket.getParent()).doesNotExist();
        assertThat(deep).isEmptyDirectory();
    }

    @Test
    void stopEndsAllSessionsAtOnce() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        serve(client -> {
            begun.countDown();
            return client.in().read();
        });
        try (TestClient client = client()) {
            client.command("read");
            begun.await();
            server.stop();
            assertThatThrownBy(client::answer).isInstanceOf(IOException.class);
        }
        // an executor's end is told by the thread that is about to end
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("jobyard-shell-")));
    }

    @Test
    void aStrangerIsToldSo() throws Exception {
        serve(client -> 0);
        try (TestClient client = client()) {
            TestShell.Answer answer = client.send("GET / HTTP/1.1\r\n").answer();
            assertThat(answer.exit()).isEqualTo(1);
            assertThat(answer.err()).hasLineCount(1).contains("not understood");
        }
    }

    private void serve(ShellSession session) throws IOException {
        server = new ShellServer(data, session);
    }

    private TestClient client() throws IOException {
        return new TestClient(data.resolve("shell.sock"));
    }
}
