// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that do all they can to outlast their run. Each writes its number into a file. */
class ProcessesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private final ExecutorService worker = Executors.newCachedThreadPool();
    private final List<ProcessHandle> begun = new ArrayList<>();
    private ExecFixture exec;

    @BeforeEach
    void begin() {
        exec = new ExecFixture(directory);
    }

    @AfterEach
    void end() {
        exec.handler.stop();
        worker.shutdownNow();
        begun.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void aTreeOfThreeLevelsThatHidesInSessionsOfItsOwnEndsWithACancel() throws Exception {
        exec = new ExecFixture(directory, Duration.ofMillis(100));
        exec.script("trap '' TERM; " + tree("a", tree("b", tree("c", ""))) + " while :; do sleep 1; done");
        Future<?> run = worker.submit(() -> exec.run());
        List<ProcessHandle> tree = List.of(
                process("a").orElseThrow(),
                process("b").orElseThrow(),
                process("c").orElseThrow());

        run.cancel(true);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(tree).noneMatch(ProcessScan::isAlive));
    }

    /** A process of a session of its own, deaf to TERM, without its parent, that begins the next level. */
    private String tree(String name, String next) {
        return "( setsid nohup /bin/sh -c \"trap '' TERM HUP; echo \\$\\$ > " + file(name) + "; "
                + next.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$")
                + " while :; do sleep 1; done\" > /dev/null 2>&1 & ) ;";
    }

    @Test
    void whatAProgramLeavesInTheBackgroundEndsWithIt() throws Exception {
        exec.script("( setsid nohup sleep 1000 & echo $! > " + file("a") + " ); while [ ! -s " + file("a")
                + " ]; do sleep 0.01; done; echo done");

        assertThat(exec.run()).containsEntry("stdout", "done\n");

        assertThat(process("a")).isEmpty();
    }

    @Test
    void aTimeoutEndsTheTreeAndIsTriedAgain() throws Exception {
        exec.script("sleep 1000 & sleep 1000", "timeout.seconds", "1");

        assertThatThrownBy(() -> exec.run())
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("command c1 was ended after 1 s (timeout.seconds)");

        String ours = ProcessMark.VARIABLE + "=" + new RunPlaces(exec.instance.data()).owner();
        assertThat(ProcessScan.with(entry -> entry.startsWith(ours))).isEmpty();
    }

    @Test
    void aProgramIsAskedBeforeItIsKilled() throws Exception {
        exec.script("trap 'echo asked > " + file("asked") + "; exit 0' TERM; echo $$ > " + file("a")
                + "; while :; do sleep 0.05; done");
        Future<?> run = worker.submit(() -> exec.run());
        ProcessHandle program = process("a").orElseThrow();

        run.cancel(true);

        await().atMost(PATIENCE).until(() -> !ProcessScan.isAlive(program));
        assertThat(file("asked")).hasContent("asked");
    }

    @Test
    void whatOutlivedItsHostEndsWhenTheNextOneBegins() throws Exception {
        RunPlaces places = new RunPlaces(exec.instance.data());
        ProcessMark killed = new ProcessMark(places.owner(), "4711-1");
        Path run = places.create(killed, "job:1");
        ProcessHandle marked = start(killed.value("job:1"));
        ProcessHandle recorded = start(null);
        places.record(run, killed, recorded);
        ProcessHandle other = start(new ProcessMark("another", "4711-1").value("job:1"));
        ProcessHandle ours = start(ProcessMark.of(places.owner()).value("job:2"));
        ProcessHandle unmarked = start(null);

        ExecFixture next = new ExecFixture(directory);

        assertThat(List.of(marked, recorded)).noneMatch(ProcessScan::isAlive);
        assertThat(List.of(other, ours, unmarked)).allMatch(ProcessScan::isAlive);
        assertThat(run.getParent()).doesNotExist();
        next.handler.stop();
    }

    @Test
    void aCopyOfAnInstanceEndsNothingOfTheFirst() throws Exception {
        RunPlaces places = new RunPlaces(exec.instance.data());
        ProcessMark first = new ProcessMark(places.owner(), "4711-1");
        Path run = places.create(first, "job:1");
        ProcessHandle living = start(first.value("job:1"));
        places.record(run, first, living);
        Path copy = directory.resolve("copy");
        copy(directory.resolve("data"), copy.resolve("data"));

        ExecFixture other = new ExecFixture(copy);

        assertThat(ProcessScan.isAlive(living)).isTrue();
        other.handler.stop();
    }

    @Test
    void aRecordedNumberThatIsAnothersByNowIsLeftAlone() {
        ProcessHandle self = ProcessHandle.current();
        RecordedProcess recorded = new RecordedProcess("owner", self);

        assertThat(RecordedProcess.living(recorded.text(), "owner")).contains(self);
        assertThat(RecordedProcess.living(recorded.text(), "another")).isEmpty();
        assertThat(RecordedProcess.living(
                        new RecordedProcess("owner", self.pid(), recorded.startMillis() - 5_000).text(), "owner"))
                .isEmpty();
        assertThat(RecordedProcess.living("", "owner")).isEmpty();
    }

    private ProcessHandle start(String mark) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sleep", "1000");
        Optional.ofNullable(mark).ifPresent(value -> builder.environment().put(ProcessMark.VARIABLE, value));
        ProcessHandle process = builder.start().toHandle();
        begun.add(process);
        return process;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.createDirectories(to);
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private Path file(String name) {
        return directory.resolve(name + ".number");
    }

    /** The process that has written its number; empty if it is no more. */
    private Optional<ProcessHandle> process(String name) {
        await().atMost(PATIENCE).until(() -> Files.exists(file(name)) && Files.size(file(name)) > 0);
        try {
            Optional<ProcessHandle> process =
                    ProcessHandle.of(Long.parseLong(Files.readString(file(name)).strip()));
            process.ifPresent(begun::add);
            return process.filter(ProcessScan::isAlive);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
