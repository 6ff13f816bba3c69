// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.itests.HostProcess.Outcome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** A database that is damaged, gone or another's is never served as if all were well, and a backup takes its place. */
@Category(Storm.class)
public class StoreGoneIT {

    private static final String SECRET = "somebody's payload";
    private static final int PAGE = 32_768;
    /** So many that the damaged page of the feed is not its last, which the start reads. */
    private static final int JOBS = 2_500;

    /** Stopped, with that many jobs, and a backup of them. */
    @ClassRule
    public static final HostProcess WHOLE = new HostProcess();

    @Rule
    public final HostProcess host = new HostProcess();

    @BeforeClass
    public static void fill() throws Exception {
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
        return host.instance().resolve("data/db");
    }

    private Path backup() {
        return host.instance().resolve("backup");
    }

    /** Writes over bytes of a page, so many quarters of the file behind its beginning: a start reads the first of a feed, and writes to the last. */
    private static void damage(Path table, int quarters) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(table.toFile(), "rw")) {
            long page = file.length() / PAGE * quarters / 4;
            file.seek(page * PAGE + 64);
            file.write("#".repeat(2_000).getBytes(StandardCharsets.US_ASCII));
        }
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
        damage(Database.file(database(), "JOB"), 3);
        isOneLine(host.jobyard("start"), "the database is damaged (page ", "XSDG2", "bin/jobyard restore DIR");
        assertThat(host.process()).isEmpty();
        isOneLine(host.jobyard("start"), "the database is damaged (page ", "found at", "damaged.txt");
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
        damage(Database.file(database(), "FEED"), 2);
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
        Path feed = Database.file(database(), "FEED");
        host.run();
        damage(feed, 2);
        Outcome checked = host.jobyard("shell", "job:check");
        isOneLine(checked, "the database is damaged (table FEED, page ", "bin/jobyard restore DIR");
        isOneLine(host.jobyard("shell", "job:check"), "the database is damaged (table FEED, page ");
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

    @Test
    public void aBackupThatWillNotDoChangesNothing() throws Exception {
        Path other = Files.createDirectory(host.instance().resolve("other"));
        isOneLine(host.jobyard("restore", other.toString()), other + " is not a backup");
        damage(Database.file(backup().resolve("db"), "FEED"), 3);
        isOneLine(
                host.jobyard("restore", backup().toString()),
                "was not restored, and nothing was changed: the database is damaged (table FEED, page ");
        try (Stream<Path> left = Files.list(host.instance().resolve("data"))) {
            assertThat(left.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("db."));
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
