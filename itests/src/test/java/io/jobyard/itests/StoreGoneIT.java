// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.itests.DatabaseKind.Page;
import io.jobyard.itests.HostProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.BeforeParam;
import org.junit.runners.Parameterized.Parameters;

/** A database that is damaged, gone or another's is never served as if all were well, and a backup takes its place. */
@Category(Storm.class)
@RunWith(Parameterized.class)
public class StoreGoneIT {

    private static final String SECRET = "somebody's payload";
    /** So many that the damaged page of the feed is not its last, which the start reads. */
    private static final int JOBS = 2_500;

    /** Stopped, with that many jobs, and a backup of them. */
    @ClassRule
    public static final HostProcess WHOLE = new HostProcess();

    @Rule
    public final HostProcess host = new HostProcess();

    private final DatabaseKind kind;

    public StoreGoneIT(DatabaseKind kind) {
        this.kind = kind;
    }

    @Parameters(name = "{0}")
    public static DatabaseKind[] kinds() {
        return DatabaseKind.values();
    }

    @BeforeParam
    public static void fill(DatabaseKind kind) throws Exception {
        Folder.empty(WHOLE.instance());
        kind.choose(WHOLE);
        Path payload = Files.writeString(
                WHOLE.instance().resolve("payload.json"),
                new ObjectMapper()
                        .createObjectNode()
                        .put("text", SECRET.repeat(80))
                        .toString());
        WHOLE.run();
        WHOLE.json("job:submit echo --file " + payload + " --times " + JOBS);
        await().atMost(HostProcess.TIMEOUT)
                .until(() -> WHOLE.json("job:stats").at("/byStatus/completed").asInt() == JOBS);
        assertThat(WHOLE.jobyard("shell", "job:backup " + WHOLE.instance().resolve("backup"))
                        .exit())
                .isZero();
        WHOLE.stop();
    }

    @Before
    public void copy() throws IOException {
        try (Stream<Path> files = Files.walk(WHOLE.instance())) {
            for (Path file : files.skip(1).toList()) {
                Files.copy(
                        file,
                        host.instance().resolve(WHOLE.instance().relativize(file)),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private Path database() {
        return host.instance().resolve("data").resolve(kind.folder());
    }

    private Path backup() {
        return host.instance().resolve("backup");
    }

    private static void isOneLine(Outcome outcome, String... parts) {
        assertThat(outcome.exit()).as(outcome.out()).isPositive();
        assertThat(outcome.err().strip().lines()).singleElement().asString().contains(parts);
        assertThat(outcome.err()).hasSizeLessThan(800).doesNotContain(SECRET);
    }

    private void logsShowNoPages() throws IOException {
        try (Stream<Path> logs = Files.list(host.instance().resolve("data/log"))) {
            for (Path log : logs.toList()) {
                assertThat(Files.readString(log)).as(log.toString()).doesNotContain("Hex dump", SECRET, "2323 2323");
            }
        }
    }

    @Test
    public void aDamagedTableOfJobsStopsTheStartAndABackupHelps() throws Exception {
        kind.page(database(), "JOB", 3).damage();
        isOneLine(host.jobyard("start"), kind.damaged(), "bin/jobyard restore DIR");
        assertThat(host.process()).isEmpty();
        isOneLine(host.jobyard("start"), kind.damaged(), "found at", "damaged.txt");
        logsShowNoPages();

        Outcome restored = host.jobyard("restore", backup().toString());
        assertThat(restored.err()).isEmpty();
        assertThat(restored.out().lines())
                .singleElement()
                .asString()
                .startsWith("restored " + backup() + " (made 20")
                .contains(
                        JOBS + " jobs (" + JOBS + " completed)",
                        "the previous store was moved to " + database() + ".before-restore-");
        host.run();
        assertThat(host.json("job:stats").at("/byStatus/completed").asInt()).isEqualTo(JOBS);
        host.stop();
    }

    @Test
    public void damageThatIsMetAtWorkIsTheEndOfTheWork() throws Exception {
        kind.page(database(), "FEED", 2).damage();
        host.run();
        Outcome met = host.jobyard("shell", "job:export --what events");
        assertThat(met.exit()).isEqualTo(6);
        assertThat(met.err().lines()).last().asString().contains("the database is damaged (");
        for (String command : List.of("job:submit echo {}", "job:list", "job:check")) {
            isOneLine(host.jobyard("shell", command), "the database is damaged (", "bin/jobyard restore DIR");
        }
        assertThat(host.jobyard("shell", "job:doctor").out()).contains("store: the database is damaged");
        host.stop();
        isOneLine(host.jobyard("start"), "the database is damaged (", "damaged.txt");
        logsShowNoPages();
    }

    @Test
    public void theCheckOfARunningHostNamesTheTable() throws Exception {
        Page feed = kind.page(database(), "FEED", 2);
        host.run();
        feed.damage();
        Outcome checked = host.jobyard("shell", "job:check");
        isOneLine(checked, kind.damagedFeed(), "bin/jobyard restore DIR");
        isOneLine(host.jobyard("shell", "job:check"), kind.damagedFeed());
        host.stop();
    }

    @Test
    public void aDatabaseThatIsGoneStopsTheStartUntilSomebodyGivesItUp() throws Exception {
        Path elsewhere = Files.move(database(), host.instance().resolve("elsewhere"));
        isOneLine(host.jobyard("start"), "is missing", "is its disk mounted?", "restore DIR", "start --new-store");
        assertThat(host.jobyard("run").err().lines())
                .filteredOn(line -> line.startsWith("jobyard: "))
                .singleElement()
                .asString()
                .contains("the host cannot start: ", "is missing");
        Files.move(elsewhere, database());
        isOneLine(host.jobyard("start", "--new-store"), "a database already exists in " + database());
        host.run();
        assertThat(host.json("job:stats").get("total").asInt()).isEqualTo(JOBS);
        host.stop();
        Files.move(database(), elsewhere);
        assertThat(host.jobyard("start", "--new-store").exit()).isZero();
        assertThat(host.json("job:stats").get("total").asInt()).isZero();
        host.stop();
        host.run();
        host.stop();
    }

    /** Derby has a file for each table, and misses those that it opens later. */
    @Test
    public void aDatabaseThatIsMovedUnderAHostTakesNoJobsUntilItIsBack() throws Exception {
        assumeTrue(kind == DatabaseKind.SQLITE);
        host.run();
        Path elsewhere = Files.move(database(), host.instance().resolve("elsewhere"));
        isOneLine(host.jobyard("shell", "job:submit echo {}"), "jobs.db is missing");
        assertThat(database()).doesNotExist();
        Files.move(elsewhere, database());
        await().atMost(HostProcess.TIMEOUT)
                .until(() -> host.jobyard("shell", "job:submit echo {} --await").exit() == 0);
        assertThat(host.json("job:audit --verify").get("valid").asBoolean()).isTrue();
        host.stop();
    }

    @Test
    public void aBackupThatWillNotDoChangesNothing() throws Exception {
        Path other = Files.createDirectory(host.instance().resolve("other"));
        isOneLine(host.jobyard("restore", other.toString()), "invalid backup " + other);
        kind.page(backup().resolve(kind.folder()), "FEED", 3).damage();
        isOneLine(
                host.jobyard("restore", backup().toString()),
                "was not restored, and nothing was changed: " + kind.damagedFeed());
        try (Stream<Path> left = Files.list(host.instance().resolve("data"))) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith(kind.folder() + ".") && !name.endsWith(".id"));
        }
        host.run();
        assertThat(host.json("job:stats").get("total").asInt()).isEqualTo(JOBS);
        isOneLine(host.jobyard("restore", backup().toString()), "a host already runs on");
        host.stop();
    }

    @Test
    public void whatIsRestoredWhereThereWasNothingIsServed() throws Exception {
        List<String> ids = new ArrayList<>();
        host.run();
        host.json("job:list").get("jobs").forEach(job -> ids.add(job.get("id").asText()));
        host.stop();
        Path data = host.instance().resolve("data");
        Files.move(data, host.instance().resolve("lost"));
        assertThat(host.jobyard("restore", backup().toString()).exit()).isZero();
        host.run();
        assertThat(host.json("job:show " + ids.get(0)).get("status").asText()).isEqualTo("completed");
        host.stop();
    }
}
