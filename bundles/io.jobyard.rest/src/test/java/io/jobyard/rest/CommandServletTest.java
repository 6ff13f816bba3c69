// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.rest.RestServer.Answered;
import io.jobyard.settings.api.command.Frame;
import io.jobyard.settings.api.command.ShellCall;
import io.jobyard.settings.api.command.UnreadableFileException;
import io.jobyard.spi.access.Caller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands over HTTP: what is sent, what comes back, and their bounds. */
@Timeout(120)
class CommandServletTest {

    private RestFixture host;
    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    @BeforeEach
    void begin() {
        host = new RestFixture();
        host.server.as(Caller.user("ann"));
    }

    @AfterEach
    void end() {
        host.close();
    }

    private static byte[] body(Frame... frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Frame frame : frames) {
            ByteBuffer sent = frame.sent();
            all.write(sent.array(), 0, sent.remaining());
        }
        return all.toByteArray();
    }

    private static byte[] words(String... words) {
        return body(Arrays.stream(words).map(word -> Frame.of(Frame.WORD, word)).toArray(Frame[]::new));
    }

    private HttpRequest request(byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(host.server.uri("/commands?columns=70"))
                .setHeader("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request.build();
    }

    private HttpResponse<InputStream> open(byte[] body) throws Exception {
        return client.send(request(body), BodyHandlers.ofInputStream());
    }

    /** The frames but for those that only show that the host is alive. */
    private static List<Frame> frames(InputStream answer) throws IOException {
        List<Frame> frames = new ArrayList<>();
        ReadableByteChannel channel = Channels.newChannel(answer);
        for (Frame frame = Frame.read(channel); frame != null; frame = Frame.read(channel)) {
            if (frame.bytes().length > 0) {
                frames.add(frame);
            }
        }
        return frames;
    }

    private List<String> run(byte[] body) throws Exception {
        HttpResponse<InputStream> answer = open(body);
        assertThat(answer.statusCode()).isEqualTo(200);
        return frames(answer.body()).stream()
                .map(frame -> frame.kind() + ":" + (frame.kind() == Frame.EXIT ? "" + frame.bytes()[0] : frame.text()))
                .toList();
    }

    private static void say(java.io.OutputStream to, String text) {
        try {
            to.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(ShellCall call, String file) {
        try {
            return new String(call.files().open(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (UnreadableFileException e) {
            return "unreadable: " + e.getMessage();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int waits(ShellCall call) {
        begun.countDown();
        try {
            Thread.sleep(TimeUnit.HOURS.toMillis(1));
            return 0;
        } catch (InterruptedException e) {
            interrupted.countDown();
            return 1;
        }
    }

    @Test
    void aCommandRunsForTheCallerAndItsOutputComes() throws Exception {
        AtomicReference<ShellCall> called = new AtomicReference<>();
        host.server.commands.runner = call -> {
            called.set(call);
            say(call.out(), "one");
            say(call.err(), "two");
            return 1;
        };
        assertThat(run(words("list", "--limit", "3\u00fc"))).containsExactly("1:one", "2:two", "3:1");
        assertThat(called.get().caller()).isEqualTo(Caller.user("ann"));
        assertThat(called.get().words()).containsExactly("list", "--limit", "3\u00fc");
        assertThat(called.get().columns()).isEqualTo(70);
    }

    @Test
    void outputComesWhileTheCommandRuns() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        host.server.commands.runner = call -> {
            say(call.out(), "begun");
            try {
                return seen.await(1, TimeUnit.MINUTES) ? 0 : 1;
            } catch (InterruptedException e) {
                return 1;
            }
        };
        InputStream answer = open(words("await", "7")).body();
        Frame first = Frame.read(Channels.newChannel(answer));
        assertThat(first).isNotNull();
        seen.countDown();
        List<Frame> rest = frames(answer);
        assertThat(rest.get(rest.size() - 1).bytes()).containsExactly(0);
    }

    @Test
    void onlyTheFilesThatWereSentAreRead() throws Exception {
        host.server.commands.runner = call -> {
            for (String name : call.words()) {
                say(call.out(), read(call, name));
            }
            return 0;
        };
        byte[] body = body(
                Frame.of(Frame.WORD, "a.json"),
                Frame.of(Frame.WORD, "gone"),
                Frame.of(Frame.WORD, "/etc/passwd"),
                Frame.of(Frame.FILE, "skipped"),
                Frame.of(Frame.PART, "nothing"),
                Frame.of(Frame.FILE, "a.json"),
                Frame.of(Frame.PART, "{\"a\""),
                Frame.of(Frame.PART, ""),
                Frame.of(Frame.PART, ": 1}"),
                Frame.of(Frame.FILE, "gone"),
                Frame.of(Frame.FAULT, "there is no file 'gone'"));
        assertThat(String.join("", run(body)))
                .startsWith(
                        "1:{\"a\": 1}1:unreadable: there is no file 'gone'1:unreadable: '/etc/passwd' was not sent");
    }

    @Test
    void aLargeFileIsNotInMemoryAndIsReadToItsEndThoughTheCommandDoesNotReadIt() throws Exception {
        AtomicLong read = new AtomicLong();
        host.server.commands.runner = call -> {
            try (InputStream in =
                    call.words().contains("read") ? call.files().open("big") : InputStream.nullInputStream()) {
                read.set(in.transferTo(java.io.OutputStream.nullOutputStream()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return 0;
        };
        byte[] part = new byte[Frame.MOST];
        List<Frame> frames = new ArrayList<>(List.of(Frame.of(Frame.WORD, "read"), Frame.of(Frame.FILE, "big")));
        for (int i = 0; i < 16; i++) {
            frames.add(new Frame(Frame.PART, part));
        }
        assertThat(run(body(frames.toArray(Frame[]::new)))).containsExactly("3:0");
        assertThat(read.get()).isEqualTo(16L * Frame.MOST);
        frames.set(0, Frame.of(Frame.WORD, "leave"));
        assertThat(run(body(frames.toArray(Frame[]::new)))).containsExactly("3:0");
    }

    @Test
    void aClientThatGoesInterruptsTheCommand() throws Exception {
        host.server.commands.runner = this::waits;
        InputStream answer = open(words("await", "7")).body();
        assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
        answer.close();
        assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void aTokenThatIsRevokedEndsTheCommand() throws Exception {
        host.server.commands.runner = this::waits;
        InputStream answer = open(words("await", "7")).body();
        assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
        host.server.isGood = false;
        assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(frames(answer)).isEmpty();
    }

    @Test
    void theHostThatStopsEndsTheCommand() throws Exception {
        host.server.commands.runner = this::waits;
        open(words("await", "7"));
        assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
        host.server.running.stop();
        assertThat(interrupted.getCount()).isZero();
    }

    @Test
    void aSlowReaderHoldsLittle() throws Exception {
        AtomicLong written = new AtomicLong();
        host.server.commands.runner = call -> {
            byte[] some = new byte[65_536];
            try {
                while (true) {
                    call.out().write(some);
                    written.addAndGet(some.length);
                }
            } catch (IOException e) {
                interrupted.countDown();
                return 1;
            }
        };
        InputStream answer = open(words("export")).body();
        AtomicLong before = new AtomicLong(-1);
        await().pollInterval(java.time.Duration.ofSeconds(1))
                .until(() -> before.getAndSet(written.get()) == written.get());
        assertThat(written.get()).isLessThan(64L * Frame.MOST); // what sockets and the client hold
        answer.close();
        assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void commandsAreBoundedForEachUserAndInAll() throws Exception {
        AtomicInteger running = new AtomicInteger();
        CountDownLatch over = new CountDownLatch(1);
        host.server.commands.runner = call -> {
            running.incrementAndGet();
            try {
                over.await();
            } catch (InterruptedException e) {
                return 1;
            }
            return 0;
        };
        List<CompletableFuture<HttpResponse<InputStream>>> answers = new ArrayList<>();
        for (int user = 0; user * RunningCommands.MOST_OF_ONE < RunningCommands.MOST; user++) {
            host.server.as(Caller.user("u" + user));
            for (int i = 0; i < RunningCommands.MOST_OF_ONE; i++) {
                answers.add(client.sendAsync(request(words("await", "7")), BodyHandlers.ofInputStream()));
            }
            int begun = answers.size();
            await().until(() -> running.get() == begun);
            Answered refused = host.server.send(request(words("list")));
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.json().get("message").toString()).startsWith("too many commands: ");
        }
        host.server.as(Caller.user("another"));
        assertThat(host.server.send(request(words("list"))).status()).isEqualTo(429);
        over.countDown();
        for (CompletableFuture<HttpResponse<InputStream>> answer : answers) {
            assertThat(frames(answer.get().body())).hasSize(1);
        }
        await().until(() -> host.server.send(request(words("list"))).status() == 200);
    }

    @Test
    void whatIsNoCommandIsRefused() throws Exception {
        assertThat(host.server.send(request(words("list"))).status())
                .as("without a shell")
                .isEqualTo(503);
        host.server.commands.runner = call -> 0;
        assertThat(host.server.send(request(new byte[0])).json()).containsEntry("code", "validation");
        assertThat(host.server.send(request(body(Frame.of(Frame.FILE, "x")))).status())
                .isEqualTo(400);
        Frame[] long_ = new Frame[5];
        Arrays.fill(long_, new Frame(Frame.WORD, new byte[Frame.MOST]));
        assertThat(host.server.send(request(body(long_))).json().get("message").toString())
                .contains("longer than 4194304 bytes");
        assertThat(host.server
                        .send(request(words("list"), "Content-Type", "application/json"))
                        .status())
                .isEqualTo(415);
        assertThat(host.server
                        .send(request(words("list"), "Accept", "application/json"))
                        .status())
                .isEqualTo(406);
        assertThat(host.server
                        .send(request(words("list"), "Idempotency-Key", "k"))
                        .json())
                .containsEntry("code", "header_not_supported");
        assertThat(host.server.get("/commands").status()).isEqualTo(405);
        assertThat(host.server.get("/commands").header("Allow")).isEqualTo("OPTIONS, POST");
        host.server.caller = null;
        assertThat(host.server.send(request(words("list"))).status()).isEqualTo(401);
    }

    @Test
    void aFrameThatIsCutOffOrTooLargeIsRefused() throws Exception {
        host.server.commands.runner = call -> 0;
        byte[] cut = Arrays.copyOf(words("list"), 7);
        assertThat(host.server.send(request(cut)).json()).containsEntry("code", "validation");
        byte[] large = {Frame.WORD, 127, 0, 0, 0};
        assertThat(host.server.send(request(large)).json().get("fix").toString())
                .contains("the maximum is");
    }

    @Test
    void aCommandThatBreaksSaysSo() throws Exception {
        host.server.commands.runner = call -> {
            throw new IllegalStateException("broken");
        };
        assertThat(run(words("list"))).containsExactly("2:the command failed in the host; see the host's log\n", "3:1");
    }
}
