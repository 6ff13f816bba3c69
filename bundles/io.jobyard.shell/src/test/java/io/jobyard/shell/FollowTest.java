// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.LogLine;
import io.jobyard.api.StoreException;
import io.jobyard.settings.api.command.DirectoryFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a job emits and logs, as it was given, and as it comes. */
@Timeout(60)
class FollowTest {

    private static final String NASTY = "\u001b[2Ja\rb\tc";

    @TempDir
    Path directory;

    private TestShell shell;

    @BeforeEach
    void submit() {
        shell = new TestShell(directory);
        shell.call("submit", "slow", "{}");
    }

    @Test
    void theTextIsAsItWasEmittedAndOnATerminalItEndsItsLine() {
        List.of("Once ", "upon", "\n a\n", "time").forEach(piece -> shell.jobs.emit(1, piece));
        assertThat(shell.call("stream", "1").out()).isEqualTo("Once upon\n a\ntime\n");
        assertThat(piped("stream", "1")).isEqualTo("Once upon\n a\ntime");
        assertThat(shell.call("stream", "1", "--from", "3").out()).isEqualTo("\n a\ntime\n");
        assertThat(shell.call("stream", "1", "--from", "5").out()).isEmpty();
    }

    @Test
    void anotherRunIsMarkedOnALineOfItsOwn() {
        shell.jobs.emit(1, "half a li");
        shell.jobs.emit(2, "a line\n");
        shell.jobs.emit(3, "the end");
        String marked = "half a li\n--- run 2 ---\na line\n--- run 3 ---\nthe end";
        assertThat(shell.call("stream", "1").out()).isEqualTo(marked + "\n");
        assertThat(piped("stream", "1")).isEqualTo(marked);
        assertThat(piped("stream", "1", "--from", "3")).as("only between runs").isEqualTo("the end");
    }

    @Test
    void aTerminalIsNotDrivenByWhatIsEmittedButAPipeGetsItAll() {
        shell.jobs.emit(1, NASTY);
        assertThat(shell.call("stream", "1").out()).isEqualTo("\\u001b[2Ja\\rb\tc\n");
        assertThat(piped("stream", "1")).isEqualTo(NASTY);
        assertThat(piped("stream", "1", "--json"))
                .startsWith("{\"position\":1,\"run\":1,\"at\":\"2026-11-25T12:00:00.123456Z\",\"text\":\"\\u001B[2Ja")
                .hasLineCount(1);
    }

    @Test
    void aLongStreamIsReadPageByPage() {
        for (int n = 0; n < 2_500; n++) {
            shell.jobs.emit(1, n + " ");
        }
        assertThat(piped("stream", "1").split(" ")).hasSize(2_500).endsWith("2498", "2499");
    }

    @Test
    void theStreamIsFollowedUntilTheJobIsOverAlsoWhileTheStoreIsAway() {
        shell.jobs.emit(1, "one");
        shell.jobs.happenings.add(() -> shell.jobs.emit(1, " two"));
        shell.jobs.happenings.add(() -> {
            throw new StoreException("the database is away", null);
        });
        shell.jobs.happenings.add(() -> {
            shell.jobs.emit(2, "three");
            shell.jobs.complete(first());
        });
        assertThat(shell.call("stream", "1", "--follow"))
                .isEqualTo(new TestShell.Answer(0, "one two\n--- run 2 ---\nthree\n", ""));
        assertThat(shell.call("stream", "1", "--follow", "--from", "3").out()).isEqualTo("three\n");
    }

    @Test
    void theLogIsFollowedLineByLine() {
        shell.jobs.happenings.add(() -> shell.jobs.lines.add(new LogLine(FakeJobs.CREATED, 1, "asking\u001b")));
        shell.jobs.happenings.add(() -> {
            shell.jobs.lines.add(new LogLine(FakeJobs.CREATED, 2, "done"));
            shell.jobs.complete(first());
        });
        String at = JobText.time(FakeJobs.CREATED);
        assertThat(shell.call("log", "1", "--follow").out())
                .isEqualTo(at + " run 1  reading\n" + at + " run 2  reading again\n" + at + " run 1  asking\\u001b\n"
                        + at + " run 2  done\n");
        assertThat(shell.call("log", "1", "--follow", "--json").out())
                .hasLineCount(4)
                .endsWith("{\"at\":\"2026-11-25T12:00:00.123456Z\",\"run\":2,\"text\":\"done\"}\n");
    }

    @Test
    void nobodyIsFollowedForAReaderWhoIsGone() {
        AtomicInteger looks = new AtomicInteger();
        for (int n = 0; n < 100; n++) {
            shell.jobs.happenings.add(looks::incrementAndGet);
        }
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("the client is gone");
            }
        };
        shell.jobs.emit(1, "one");
        assertThat(call(gone, "stream", "1", "--follow")).isZero();
        assertThat(looks).hasValue(0);
    }

    @Test
    void anInterruptEndsTheFollowing() throws Exception {
        int[] exit = {0};
        Thread following =
                new Thread(() -> exit[0] = shell.call("stream", "1", "--follow").exit());
        following.start();
        shell.jobs.waited.await();
        following.interrupt();
        following.join();
        assertThat(exit[0]).isEqualTo(1);
        assertThat(shell.jobs.status(first()).status().isFinished()).isFalse();
    }

    private JobId first() {
        return shell.jobs.jobs.keySet().iterator().next();
    }

    /** As it is written into a pipe or a file. */
    private String piped(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(call(out, words)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private int call(OutputStream out, String... words) {
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Screen screen = new Screen(
                new DirectoryFiles(directory, new ByteArrayInputStream(new byte[0])),
                print,
                print,
                Screen.ENDLESS,
                false,
                shell.caller,
                null);
        return shell.call(screen, words);
    }
}
