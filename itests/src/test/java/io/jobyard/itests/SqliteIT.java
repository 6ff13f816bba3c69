// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeFalse;
import static org.junit.Assume.assumeTrue;

import io.jobyard.itests.HostProcess.Outcome;
import io.jobyard.store.postgres.PostgresServer;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** An instance of the built program with SQLite, from its first start to a restored backup, and its way to the other databases. */
public class SqliteIT {

    private static final int JOBS = 40;

    @Rule
    public final HostProcess host = new HostProcess();

    private Path database() {
        return host.instance().resolve("data/sqlite/jobs.db");
    }

    private static String said(Outcome outcome) {
        assertThat(outcome.exit()).as(outcome.err() + outcome.out()).isZero();
        return outcome.out();
    }

    private void isAllThere() throws Exception {
        assertThat(host.json("job:stats").at("/byStatus/completed").asInt()).isEqualTo(JOBS);
        assertThat(host.json("job:audit --verify").get("valid").asBoolean()).isTrue();
        assertThat(said(host.jobyard("shell", "job:check"))).doesNotContain("error");
    }

    @Test
    public void aNewInstanceKeepsItsChoiceAndItsJobs() throws Exception {
        said(host.jobyard("start", "--store", "sqlite"));
        assertThat(host.instance().resolve("etc/io.jobyard.store.cfg"))
                .content()
                .contains("\nurl = jdbc:sqlite:\n");
        assertThat(host.instance().resolve("data/db")).doesNotExist();
        host.json("job:submit echo {} --times " + JOBS + " --await");
        host.kill();
        said(host.jobyard("start"));
        isAllThere();
        assertThat(host.json("job:check").toString()).doesNotContain("error");
        said(host.jobyard("shell", "job:compact"));
        Path backup = host.instance().resolve("backup");
        said(host.jobyard("shell", "job:backup " + backup));
        host.stop();
        assertThat(Path.of(database() + "-wal")).doesNotExist();

        try (RandomAccessFile file = new RandomAccessFile(database().toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        Outcome damaged = host.jobyard("start");
        assertThat(damaged.exit()).isPositive();
        assertThat(damaged.err()).contains("the database is damaged (", "bin/jobyard restore DIR");
        assertThat(said(host.jobyard("restore", backup.toString())))
                .contains(JOBS + " jobs (" + JOBS + " completed)", "sqlite.before-restore-");
        said(host.jobyard("start"));
        isAllThere();
        host.stop();
    }

    /** The driver would unpack its native library there. */
    @Test
    @Category(Storm.class)
    public void aTemporaryDirectoryThatIsReadOnlyAndRunsNothingDoesNotMatter() throws Exception {
        assumeTrue("no mounts of its own here", SmallDisk.isPossible());
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        assumeFalse("the instance is in it", host.instance().startsWith(temporary));
        try (SmallDisk disk = new SmallDisk(temporary, "ro,noexec")) {
            host.on(disk);
            said(host.jobyard("start", "--store", "sqlite"));
            host.json("job:submit echo {} --times " + JOBS + " --await");
            Path backup = host.instance().resolve("backup");
            said(host.jobyard("shell", "job:backup " + backup));
            host.stop();
            said(host.jobyard("move-store", "--to", "embedded"));
            said(host.jobyard("restore", backup.toString()));
            said(host.jobyard("start"));
            assertThat(host.json("job:stats").at("/byStatus/completed").asInt()).isEqualTo(JOBS);
            host.stop();
        }
    }

    /** A program that unpacks code into it cannot run it. */
    @Test
    @Category(Storm.class)
    public void aDataDirectoryThatRunsNothingStopsTheStartWithAReason() throws Exception {
        assumeTrue("no mounts of its own here", SmallDisk.isPossible());
        try (SmallDisk disk = new SmallDisk(host.instance().resolve("data"), "mode=700,size=100m,noexec")) {
            host.on(disk);
            Outcome refused = host.jobyard("start", "--store", "sqlite");
            assertThat(refused.exit()).isPositive();
            assertThat(refused.err())
                    .hasLineCount(1)
                    .contains("cannot load SQLite's library from ", "-Dorg.sqlite.tmpdir=");
        }
    }

    @Test
    @Category(Storm.class)
    public void aMissingFileElsewhereIsNotCreated() throws Exception {
        Path file = host.instance().resolve("disk/jobs.db");
        Files.createDirectory(file.getParent());
        host.configure("io.jobyard.store", "url = jdbc:sqlite:" + file);
        for (String[] command : new String[][] {{"start"}, {"move-store", "--to", "embedded"}}) {
            Outcome refused = host.jobyard(command);
            assertThat(refused.exit()).isPositive();
            assertThat(refused.err()).hasLineCount(1).contains(file + " is missing");
            assertThat(file.getParent()).isEmptyDirectory();
        }
        host.configure("io.jobyard.store", "url = jdbc:sqlite:" + file + "?create=true");
        host.run();
        host.json("job:submit echo {} --times " + JOBS + " --await");
        host.stop();
        host.configure("io.jobyard.store", "url = jdbc:sqlite:" + file);
        host.run();
        isAllThere();
        host.stop();
    }

    @Test
    public void anInstanceWithJobsIsNotSwitched() throws Exception {
        said(host.jobyard("start"));
        host.stop();
        Outcome refused = host.jobyard("start", "--store", "sqlite");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("data/db", "bin/jobyard move-store --to jdbc:sqlite:");
        assertThat(host.jobyard("start", "--store", "oracle").exit()).isPositive();
        said(host.jobyard("start", "--store", "derby"));
        host.stop();
    }

    @Test
    public void theJobsMoveBetweenAllThreeDatabases() throws Exception {
        PostgresServer server = PostgresServer.shared();
        String url = server.newSchema();
        host.run();
        host.json("job:submit echo {} --times " + JOBS + " --await");
        host.stop();

        assertThat(said(host.jobyard("move-store", "--to", "jdbc:sqlite:")))
                .contains(JOBS + " jobs copied", "  url = jdbc:sqlite:");
        host.configure("io.jobyard.store", "url = jdbc:sqlite:");
        host.run();
        isAllThere();
        host.stop();

        said(host.jobyard(
                Map.of("JOBYARD_STORE_PASSWORD", server.password()),
                "move-store",
                "--to",
                url,
                "--user",
                PostgresServer.USER));
        Files.move(database().getParent(), host.instance().resolve("data/sqlite.before"));
        Files.move(host.instance().resolve("data/db"), host.instance().resolve("data/db.before"));
        host.configure(
                "io.jobyard.store", "url = " + url, "user = " + PostgresServer.USER, "password = " + server.password());
        said(host.jobyard("move-store", "--to", "jdbc:sqlite:"));
        host.configure("io.jobyard.store", "url = jdbc:sqlite:");
        said(host.jobyard("move-store", "--to", "embedded"));
        host.configure("io.jobyard.store", "");
        host.run();
        isAllThere();
        host.stop();
    }
}
