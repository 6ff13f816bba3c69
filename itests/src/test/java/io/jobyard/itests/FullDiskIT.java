// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.Assume.assumeTrue;

import io.jobyard.itests.HostProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** A disk without room, under the data and under the log: the host says so where it matters, and lives. */
@Category(Storm.class)
@RunWith(Parameterized.class)
public class FullDiskIT {

    private static final int DATA_MEGABYTES = 160;
    private static final int LOG_MEGABYTES = 1;
    private static final int MOST_SUBMITS = 200;

    @Rule
    public final HostProcess host = new HostProcess().withExamples();

    private final DatabaseKind kind;

    public FullDiskIT(DatabaseKind kind) {
        this.kind = kind;
    }

    @Parameters(name = "{0}")
    public static DatabaseKind[] kinds() {
        return DatabaseKind.values();
    }

    @Before
    public void prepare() throws IOException {
        assumeTrue("no mounts of its own here", SmallDisk.isPossible());
        kind.choose(host);
    }

    @Test
    public void submitsAreRefusedAndWorkGoesOnUntilThereIsRoomAndThenByItself() throws Exception {
        Path payload = Files.writeString(
                host.instance().resolve("payload.json"), "{\"text\":\"" + "x".repeat(100_000) + "\"}");
        String submit = "job:submit echo --file " + payload;
        try (SmallDisk disk = new SmallDisk(host.instance().resolve("data"), DATA_MEGABYTES)) {
            HandlerJar.writeNoted(host);
            Path notes = Checker.notes(host.instance());
            host.on(disk);
            host.start();
            long process = host.process().orElseThrow().pid();
            List<String> running = new ArrayList<>();
            // They run on while the doctor is asked: it tells of the latest commit, and an outcome's may find room.
            for (int i = 0; i < 3; i++) {
                running.add(host.json("job:submit noted {\"file\":\"" + notes + "\",\"millis\":20000}")
                        .get("id")
                        .asText());
            }
            disk.fill();

            Outcome refused = untilRefused(submit);
            assertThat(refused.err().lines())
                    .singleElement()
                    .asString()
                    .contains("the disk of the database is full: make room, and the host continues automatically")
                    .contains("nothing was stored");
            System.out.println("FullDiskIT: refused within " + seconds(() -> host.jobyard("shell", submit)));
            assertThat(host.jobyard("shell", "job:doctor").out()).contains("store: the disk of the database is full");
            await().atMost(TIMEOUT).until(() -> ended(notes) == running.size());
            assertThat(host.process().orElseThrow().pid()).isEqualTo(process);

            disk.clear();

            System.out.println("FullDiskIT: healed within "
                    + seconds(() -> await().atMost(TIMEOUT)
                            .until(() -> host.jobyard("shell", submit).exit() == 0)));
            for (String id : running) {
                assertThat(host.json("job:await " + id + " 60").get("status").asText())
                        .isEqualTo("completed");
                assertThat(host.json("job:show " + id).get("run").asInt()).isEqualTo(1);
            }
            assertThat(host.jobyard("shell", "job:doctor").out()).doesNotContain("disk");
            assertThat(host.process().orElseThrow().pid()).isEqualTo(process);
            host.stop();
        }
    }

    @Test
    public void aLogWithoutRoomStopsNothing() throws Exception {
        try (SmallDisk disk = new SmallDisk(host.instance().resolve("data/log"), LOG_MEGABYTES)) {
            host.on(disk);
            host.start();
            disk.fill();
            // Each failure writes its trace into the log.
            for (int i = 0; i < 3; i++) {
                assertThat(host.json("job:submit flaky {\"failures\":9} --retries 0 --await")
                                .get("status")
                                .asText())
                        .isEqualTo("failed");
            }
            assertThat(host.json("job:submit echo {} --await").get("status").asText())
                    .isEqualTo("completed");
            disk.clear();
            assertThat(host.json("job:submit echo {} --await").get("status").asText())
                    .isEqualTo("completed");
            host.stop();
        }
    }

    /** How many runs have come to their end, by what they wrote elsewhere. */
    private static long ended(Path notes) throws IOException {
        try (Stream<String> lines = Files.lines(notes)) {
            return lines.filter(line -> line.contains(" ends ")).count();
        }
    }

    private Outcome untilRefused(String submit) throws Exception {
        for (int i = 0; i < MOST_SUBMITS; i++) {
            Outcome outcome = host.jobyard("shell", submit);
            if (outcome.exit() != 0) {
                return outcome;
            }
        }
        throw new AssertionError("the disk never fills up");
    }

    private interface Deed {
        void does() throws Exception;
    }

    private static String seconds(Deed deed) throws Exception {
        long begun = System.nanoTime();
        deed.does();
        return Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1e3 + " s, the command's own start included";
    }
}
