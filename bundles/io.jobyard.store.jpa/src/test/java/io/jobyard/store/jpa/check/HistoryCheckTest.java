// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.StoreException;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.store.jpa.DerbyStore;
import io.jobyard.store.jpa.JobLivesFixture;
import io.jobyard.testkit.store.Moves;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryCheckTest {

    @TempDir
    private Path folder;

    private DerbyStore store;
    private JobLivesFixture lives;

    @BeforeEach
    void open() throws SQLException {
        store = new DerbyStore(folder);
        lives = new JobLivesFixture(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatBecomesOfJobsIsSound() {
        areSound(0);
        lives.completed();
        lives.move(Moves.keepBooks(lives.running()));
        lives.move(Moves.retry(lives.move(Moves.fail(lives.running(), "once")), Set.of(), Set.of()));
        lives.longLived();
        areSound(4);
    }

    @Test
    void aHistoryThatCannotBeReadIsBroken() throws SQLException {
        StoredJob job = lives.completed();
        setTrail(job, "trail || 'x'");
        isBroken(job, "has a history that cannot be read");
    }

    @Test
    void aHistoryThatNamesAnUnknownHostIsBroken() throws SQLException {
        StoredJob job = lives.completed();
        setTrail(job, "trail || '4 co>co 1/1 +0 h99\n'");
        isBroken(job, "has a history that cannot be read");
    }

    @Test
    void aJobThatIsAnotherThanItsHistorySaysIsBroken() throws SQLException {
        StoredJob job = lives.completed();
        lives.change("UPDATE job SET status = 'failed', run = 2 WHERE id = " + JobLivesFixture.hex(job.id()));
        isBroken(job, "is failed in run 2, attempt 1, but its history ends with completed in run 1, attempt 1");
    }

    @Test
    void aHistoryOfMoreThanWasDoneIsBroken() throws SQLException {
        StoredJob job = lives.completed();
        lives.change("UPDATE job SET version = 2 WHERE id = " + JobLivesFixture.hex(job.id()));
        isBroken(job, "has change 3 in its history, but only 2 were made");
    }

    @Test
    void anEmptyHistoryIsBroken() throws SQLException {
        StoredJob job = lives.completed();
        setTrail(job, "''");
        isBroken(job, "has lost change 1 and all later changes from its history");
    }

    /** In whatever place, also where what is left would fit. */
    @Test
    void aLostPageIsFound() throws SQLException {
        StoredJob job = lives.longLived();
        List<Integer> pages = List.of(0, 1);
        for (int page : pages) {
            lives.change(
                    "CREATE TABLE kept AS SELECT * FROM trail_page WITH NO DATA",
                    "INSERT INTO kept SELECT * FROM trail_page",
                    "DELETE FROM trail_page WHERE page = (SELECT page FROM kept ORDER BY page OFFSET " + page
                            + " ROWS FETCH FIRST ROW ONLY)");
            assertThatThrownBy(() -> store.maintenance().check())
                    .hasMessageContaining("has lost all changes before change");
            lives.change("DELETE FROM trail_page", "INSERT INTO trail_page SELECT * FROM kept", "DROP TABLE kept");
        }
        areSound(1);
    }

    @Test
    void someAreNamedAndAllAreCounted() throws SQLException {
        for (int n = 0; n < 7; n++) {
            lives.completed();
        }
        lives.change("UPDATE job SET run = 9");
        assertThatThrownBy(() -> store.maintenance().check())
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("the histories of 7 jobs are broken: job ")
                .hasMessageContaining("; and 2 more. ")
                .satisfies(fault -> assertThat(fault.getMessage().split("but its history ends"))
                        .hasSize(6));
    }

    /** What changes between a row and its pages only looks broken. */
    @Test
    void whileJobsChangeAllAreSound() {
        List<StoredJob> jobs = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            jobs.add(lives.running());
        }
        CompletableFuture<Void> changes = CompletableFuture.runAsync(() -> {
            List<StoredJob> now = new ArrayList<>(jobs);
            for (int round = 0; round < 60; round++) {
                now.replaceAll(job -> lives.move(Moves.start(lives.move(Moves.queue(job)), store.jobs())));
            }
        });
        do {
            areSound(20);
        } while (!changes.isDone());
        changes.join();
    }

    private void setTrail(StoredJob job, String expression) throws SQLException {
        lives.change("UPDATE job SET trail = " + expression + " WHERE id = " + JobLivesFixture.hex(job.id()));
    }

    private void areSound(long histories) {
        assertThat(store.maintenance().check().histories()).isEqualTo(histories);
    }

    private void isBroken(StoredJob job, String problem) {
        assertThatThrownBy(() -> store.maintenance().check())
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("the history of a job is broken: job " + job.id() + " " + problem + ". ");
    }
}
