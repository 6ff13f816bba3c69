// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThatCode;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real processes that do all they can to outlast their run, in each containment that this machine allows. */
class ProcessesTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** The containments, and how each is made. */
    enum Kind {
        CGROUP,
        NAMESPACE,
        USER_NAMESPACE,
        SESSION;

        ProcessContainment on(MachineContainments machine) throws IOException {
            return switch (this) {
                case CGROUP -> machine.cgroup();
                case NAMESPACE -> machine.namespace(List.of());
                case USER_NAMESPACE -> machine.namespace(NamespaceContainment.AS_USER);
                case SESSION -> machine.session();
            };
        }
    }

    @TempDir
    private Path directory;

    private final ExecutorService worker = Executors.newCachedThreadPool();
    private final List<ExecFixture> fixtures = new ArrayList<>();
    private final List<ProcessTree> trees = new ArrayList<>();

    private ExecFixture exec(Kind kind) {
        return exec(kind, Duration.ofMillis(300));
    }

    private ExecFixture exec(Kind kind, Duration grace) {
        ExecFixture exec = new ExecFixture(directory, grace, machine -> chosen(kind, machine));
        fixtures.add(exec);
        return exec;
    }

    /** Ends the test as not applicable where the machine does not allow the containment. */
    private static ContainmentChoice chosen(Kind kind, MachineContainments machine) {
        try {
            return new ContainmentChoice(kind.on(machine), List.of());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assumeAllowed(Kind kind) throws IOException {
        RunDirectories positions = new RunDirectories(directory.resolve("assumed"));
        ProcessMark mark = ProcessMark.of(positions.owner());
        MachineContainments machine = new MachineContainments(positions, mark, new ProcessTable());
        assumeThatCode(() -> ContainmentProbe.require(kind.on(machine))).doesNotThrowAnyException();
    }

    @AfterEach
    void end() {
        fixtures.forEach(exec -> exec.handler.stop());
        worker.shutdownNow();
        ProcessEnd end = new ProcessEnd(Duration.ZERO, TIMEOUT);
        trees.forEach(tree -> end.end(tree, tree::remove));
        Sleepers.living("86400.*").forEach(ProcessHandle::destroyForcibly);
    }

    @ParameterizedTest
    @EnumSource
    void aTreeThatHidesInSessionsOfItsOwnAndIsDeafEndsWithACancel(Kind kind) throws Exception {
        assumeAllowed(kind);
        ExecFixture exec = exec(kind);
        exec.script("trap '' TERM; " + tree("86400.21", tree("86400.22", tree("86400.23", ""))) + " sleep 86400.2");
        Future<?> run = worker.submit(() -> exec.run());
        await().atMost(TIMEOUT).until(() -> Sleepers.living("86400.2.").size() == 3);

        run.cancel(true);

        await().atMost(TIMEOUT).until(() -> Sleepers.living("86400.2.*").isEmpty());
    }

    /** A process of a session of its own, deaf to TERM, without its parent, that begins the next level. */
    private static String tree(String seconds, String next) {
        return "( setsid nohup /bin/sh -c \"trap '' TERM HUP; "
                + next.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$")
                + " sleep " + seconds + "\" > /dev/null 2>&1 & ) ;";
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SESSION")
    void aProcessWithoutItsSessionItsParentAndItsEnvironmentEndsWithItsProgram(Kind kind) throws Exception {
        assumeAllowed(kind);
        ExecFixture exec = exec(kind);
        exec.script(
                "( env -i setsid sleep 86400.31 > /dev/null 2>&1 & ); while ! grep -zqx '8640[0].31' /proc/[0-9]*/cmdline;"
                        + " do sleep 0.01; done 2> /dev/null; echo done");

        assertThat(exec.run()).containsEntry("stdout", "done\n");

        assertThat(Sleepers.living("86400.31")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aProcessWithoutItsParentAndItsEnvironmentEndsWithItsProgram(Kind kind) throws Exception {
        assumeAllowed(kind);
        ExecFixture exec = exec(kind);
        exec.script("( env -i sleep 86400.41 > /dev/null 2>&1 & ); while ! grep -zqx '8640[0].41' /proc/[0-9]*/cmdline;"
                + " do sleep 0.01; done 2> /dev/null; echo done");

        assertThat(exec.run()).containsEntry("stdout", "done\n");

        assertThat(Sleepers.living("86400.41")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void twoHundredChildrenEndWithATimeout(Kind kind) throws Exception {
        assumeAllowed(kind);
        ExecFixture exec = exec(kind);
        exec.script(
                "for n in $(seq 200); do ( trap '' TERM; setsid nohup sleep 86400.11 > /dev/null 2>&1 & ) ; done;"
                        + " sleep 86400.11",
                "timeout.seconds",
                "2");

        assertThatThrownBy(exec::run)
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("command c1 was stopped after 2 s (timeout.seconds)");

        assertThat(Sleepers.living("86400.11")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aProgramIsAskedBeforeItIsKilled(Kind kind) throws Exception {
        assumeAllowed(kind);
        ExecFixture exec = exec(kind, TIMEOUT);
        Path asked = directory.resolve("asked");
        // It waits on when its child, which is asked too, has ended first.
        exec.script("trap 'echo asked > " + asked + "; exit 0' TERM; sleep 86400.51 & while :; do wait; done");
        Future<?> run = worker.submit(() -> exec.run());
        await().atMost(TIMEOUT).until(() -> !Sleepers.living("86400.51").isEmpty());

        run.cancel(true);

        await().atMost(TIMEOUT).until(() -> Sleepers.living("86400.51").isEmpty());
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(asked).hasContent("asked"));
    }

    @ParameterizedTest
    @EnumSource
    void statusStreamsDirectoryAndEnvironmentAreTheProgramsOwn(Kind kind) throws Exception {
        assumeAllowed(kind);
        ExecFixture exec = exec(kind).script("cat; pwd >&2; kill -9 $$", "exit.ok", "137", "directory", "" + directory);

        assertThat(exec.run(Map.of("stdin", "read")))
                .containsEntry("exit", 137)
                .containsEntry("stdout", "read")
                .containsEntry("stderr", directory + "\n");
        ExecFixture environment = exec(kind).command(List.of("/usr/bin/env"));
        assertThat(((String) environment.run().get("stdout")).split("\n"))
                .extracting(entry -> entry.substring(0, entry.indexOf('=')))
                .containsExactlyInAnyOrder("PATH", "LANG", "HOME", ProcessMark.VARIABLE);
    }

    @ParameterizedTest
    @EnumSource
    void whatOutlivedItsHostEndsWhenTheNextOneBegins(Kind kind) throws Exception {
        assumeAllowed(kind);
        RunDirectories positions = new RunDirectories(directory.resolve("data"));
        ProcessMark killed = new ProcessMark(positions.owner(), "4711-1");
        String hidden = kind == Kind.SESSION ? "" : "( env -i setsid sleep 86400.62 & ) ; ";
        begin(kind, positions, killed, "trap '' TERM; setsid nohup sleep 86400.61 & " + hidden + "sleep 86400.63");
        ProcessMark copy = new ProcessMark("another", "4711-1");
        begin(kind, positions, copy, "sleep 86400.64");
        ProcessMark ours = ProcessMark.of(positions.owner());
        begin(kind, positions, ours, "sleep 86400.65");
        await().atMost(TIMEOUT).until(() -> Sleepers.living("86400.6.").size() == (hidden.isEmpty() ? 4 : 5));

        exec(kind);

        await().atMost(TIMEOUT).until(() -> Sleepers.living("86400.6[123]").isEmpty());
        assertThat(Sleepers.living("86400.6[45]")).as("of others").hasSize(2);
        await().atMost(TIMEOUT).until(() -> positions.cgroups(ours).isEmpty());
    }

    private void begin(Kind kind, RunDirectories positions, ProcessMark mark, String script) throws IOException {
        MachineContainments machine = new MachineContainments(positions, mark, new ProcessTable());
        ProcessTree tree = kind.on(machine).create("job:1");
        ProcessBuilder program = new ProcessBuilder(tree.wrap(List.of("/bin/sh", "-c", script)));
        program.environment().put(ProcessMark.VARIABLE, mark.value("job:1"));
        program.start();
        trees.add(tree);
    }
}
