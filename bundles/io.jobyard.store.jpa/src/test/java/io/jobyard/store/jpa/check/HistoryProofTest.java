// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.StoreException;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.JobRemoval;
import io.jobyard.store.jpa.DerbyStore;
import io.jobyard.store.jpa.JobLivesFixture;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryProofTest {

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
    void whatBecomesOfJobsIsAsItWasWritten() {
        isSound();
        StoredJob completed = lives.completed();
        StoredJob failed = lives.move(Moves.fail(lives.running(), "no such file"));
        StoredJob longLived = lives.longLived();
        lives.running();
        isSound();

        lives.move(Moves.retry(failed, Set.of(), Set.of()));
        StoredJob again = lives.move(Moves.retry(lives.move(Moves.fail(lives.running(), "once")), Set.of(), Set.of()));
        lives.move(Moves.fail(lives.move(Moves.start(again, store.jobs())), "twice"));
        isSound();

        store.restart();
        lives.move(Moves.keepBooks(longLived));
        try (JobRemoval removal = store.jobs().removal()) {
            assertThat(removal.remove(List.of(completed)).join()).hasSize(1);
        }
        isSound();
    }

    @Test
    void aChangedHistoryIsFound() throws SQLException {
        StoredJob job = lives.completed();
        lives.completed();
        isFound(
                "the history of job " + job.id() + " was changed in the database",
                "UPDATE job SET trail = trail || '4 co>co 1/1 +0' WHERE id = " + JobLivesFixture.hex(job.id()));
    }

    /** Also one that is no history at all any more, and whoever asks for it is told so. */
    @ParameterizedTest
    @ValueSource(strings = {"", "x", "x y", "99999999999 >qu 0/0 +0", "1 >qu 0/0 +0 \"open"})
    void whatSomebodyWroteInPlaceOfAHistoryIsFound(String text) throws SQLException {
        StoredJob job = lives.completed();
        isFound(
                "the history of job " + job.id() + " was changed in the database",
                "UPDATE job SET trail = '" + text + "' WHERE id = " + JobLivesFixture.hex(job.id()));
        if (!text.isEmpty()) {
            assertThatThrownBy(() -> store.reads().history(job.id()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("cannot read the history of job " + job.id() + ": ");
        }
    }

    @Test
    void aChangedPageIsFound() throws SQLException {
        StoredJob job = lives.longLived();
        isFound(
                "the history of job " + job.id() + " was changed in the database",
                "UPDATE trail_page SET body = body || '99 ru>qu 1/1 +0' WHERE job_id = "
                        + JobLivesFixture.hex(job.id()));
    }

    /** As in containers, where each life of a host has its name. */
    @Test
    void theEndOfALostRunNamesTheLifeThatRanIt() throws SQLException {
        StoredJob lost = lives.running();
        store.restart();
        lives.move(Moves.lose(lost));
        try (Connection connection = store.pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT host, trail FROM job")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getInt(1)).isEqualTo(1);
            assertThat(row.getString(2).lines().toList().get(2)).contains(" h1 host-lost");
        }
    }

    @Test
    void swappedHistoriesAreFound() throws SQLException {
        StoredJob one = lives.completed();
        StoredJob two = lives.move(Moves.fail(lives.running(), "broken"));
        isFound(
                "was changed in the database",
                "CREATE TABLE kept AS SELECT id, trail, seal FROM job WITH NO DATA",
                "INSERT INTO kept SELECT id, trail, seal FROM job",
                swap("trail", one, two),
                swap("seal", one, two),
                swap("trail", two, one),
                swap("seal", two, one));
    }

    private static String swap(String column, StoredJob of, StoredJob by) {
        return "UPDATE job SET " + column + " = (SELECT " + column + " FROM kept WHERE kept.id = "
                + JobLivesFixture.hex(by.id()) + ") WHERE id = " + JobLivesFixture.hex(of.id());
    }

    @Test
    void aJobThatSomebodyDeletedIsMissing() throws SQLException {
        StoredJob job = lives.completed();
        lives.completed();
        isFound("1 history of finished jobs missing", "DELETE FROM job WHERE id = " + JobLivesFixture.hex(job.id()));
    }

    @Test
    void anOlderCopyOfAJobIsFound() throws SQLException {
        StoredJob failed = lives.move(Moves.fail(lives.running(), "once"));
        lives.change("CREATE TABLE kept AS SELECT trail, seal FROM job WITH NO DATA");
        lives.change("INSERT INTO kept SELECT trail, seal FROM job");
        StoredJob again = lives.move(Moves.retry(failed, Set.of(), Set.of()));
        lives.move(Moves.fail(lives.move(Moves.start(again, store.jobs())), "twice"));
        isSound();
        isFound(
                "the histories were replaced by others",
                "UPDATE job SET trail = (SELECT trail FROM kept), seal = (SELECT seal FROM kept)");
    }

    @Test
    void aLostSealIsFound() throws SQLException {
        StoredJob job = lives.completed();
        isFound("the history of job " + job.id() + " has lost its seal", "UPDATE job SET seal = NULL");
    }

    @Test
    void theSumCannotBeMadeToFit() throws SQLException {
        lives.completed();
        lives.completed();
        isFound("the seal of all histories by incarnation 1", "UPDATE sealed SET histories = 1");
    }

    /** Of all jobs at the end, many end and some go while the proof is under way. */
    @Test
    void whileJobsEndAllIsAsItIsWritten() {
        List<AdmittedJob> admitted = new ArrayList<>();
        for (int n = 0; n < 3_000; n++) {
            admitted.add(Draft.job().admitted());
        }
        store.jobs().admit(admitted).join();
        List<StoredJob> queued = admitted.stream().map(AdmittedJob::stored).toList();
        List<StoredJob> running = all(queued, job -> Moves.start(job, store.jobs()));
        CompletableFuture<Void> ends = CompletableFuture.runAsync(() -> {
            for (int from = 0; from < running.size(); from += 30) {
                List<StoredJob> ended = all(running.subList(from, from + 30), job -> Moves.fail(job, "broken"));
                all(ended.subList(0, 10), job -> Moves.retry(job, Set.of(), Set.of()));
            }
        });
        int proofs = 0;
        do {
            isSound();
            proofs++;
        } while (!ends.isDone());
        ends.join();
        isSound();
        assertThat(proofs).isPositive();
    }

    /** In few commits. */
    private List<StoredJob> all(List<StoredJob> jobs, Function<StoredJob, Move> move) {
        List<CompletableFuture<Boolean>> done = new ArrayList<>();
        List<StoredJob> after = new ArrayList<>();
        for (StoredJob job : jobs) {
            Move next = move.apply(job);
            done.add(store.jobs().move(next, null));
            after.add(next.after());
        }
        assertThat(done).allMatch(CompletableFuture::join);
        return after;
    }

    private void isSound() {
        assertThat(store.audit().verifyHistories()).isEmpty();
    }

    private void isFound(String problem, String... changes) throws SQLException {
        isSound();
        lives.change(changes);
        assertThat(store.audit().verifyHistories())
                .hasValueSatisfying(found -> assertThat(found).contains(problem));
    }
}
