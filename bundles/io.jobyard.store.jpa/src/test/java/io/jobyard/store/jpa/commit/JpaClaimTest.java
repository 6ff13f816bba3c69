// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.spi.store.ClaimResult;
import io.jobyard.store.jpa.Call;
import io.jobyard.store.jpa.DerbyStore;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JpaClaimTest {

    @TempDir
    private Path folder;

    private volatile int most = Integer.MAX_VALUE;

    /** Refuses a batch of changed jobs that has more than so many rows. */
    private Object carry(Call call) throws Throwable {
        Object answer = call.make();
        if (call.sql().startsWith("UPDATE job")
                && call.name().equals("executeBatch")
                && ((int[]) answer).length > most) {
            throw new SQLException("a row is too much", "22001");
        }
        return answer;
    }

    @Test
    void startsThatCannotBeStoredTogetherAreStoredApart() throws Exception {
        try (DerbyStore store = new DerbyStore(folder, this::carry)) {
            List<ClaimCandidate> positions = ready(store, 7);
            most = 2;

            ClaimResult claimed = claim(store, positions).get(60, TimeUnit.SECONDS);

            assertThat(claimed.runs())
                    .extracting(run -> run.stored().id())
                    .containsExactlyElementsOf(positions.stream()
                            .map(position -> position.position().id())
                            .toList());
        }
    }

    @Test
    void oneRowThatTheDatabaseRefusesKeepsNoOtherFromStarting() throws Exception {
        try (DerbyStore store = new DerbyStore(folder)) {
            List<ClaimCandidate> positions = ready(store, 9);
            JobId bad = positions.get(4).position().id();

            ClaimResult claimed = store.jobs()
                    .claim(
                            positions,
                            (job, position) ->
                                    Moves.start(job, store.jobs(), job.id().equals(bad) ? "q".repeat(1_000) : null))
                    .get(60, TimeUnit.SECONDS);

            assertThat(claimed.runs())
                    .hasSize(8)
                    .noneMatch(run -> run.stored().id().equals(bad));
            assertThat(claimed.gone()).isEmpty();
            assertThat(store.reads().ready(Draft.job().lane(), null, 9))
                    .extracting(ReadyJob::id)
                    .containsExactly(bad);
        }
    }

    @Test
    void aClaimOfWhichNothingCanBeStoredFails() throws Exception {
        try (DerbyStore store = new DerbyStore(folder, this::carry)) {
            List<ClaimCandidate> positions = ready(store, 3);
            most = 0;

            assertThat(claim(store, positions))
                    .failsWithin(60, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .havingCause()
                    .withMessageStartingWith("the database refused the change: ")
                    .withMessageEndingWith("; nothing was stored");
            assertThat(store.reads().ready(Draft.job().lane(), null, 9)).hasSize(3);
        }
    }

    @Test
    void behindLargePayloadsTheRestStaysReady() throws Exception {
        try (DerbyStore store = new DerbyStore(folder)) {
            String payload = "{\"text\":\"" + "x".repeat(80_000) + "\"}";
            List<ClaimCandidate> positions = ready(store, 70, () -> Draft.job().payload(payload));

            ClaimResult claimed = claim(store, positions).get(60, TimeUnit.SECONDS);

            assertThat(claimed.runs()).hasSize(64);
            assertThat(claimed.gone()).isEmpty();
            assertThat(store.reads().ready(Draft.job().lane(), null, 70)).hasSize(6);
        }
    }

    private static List<ClaimCandidate> ready(DerbyStore store, int count) throws Exception {
        return ready(store, count, Draft::job);
    }

    private static List<ClaimCandidate> ready(DerbyStore store, int count, Supplier<Draft> draft) throws Exception {
        List<ClaimCandidate> positions = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            AdmittedJob admitted = draft.get().admitted();
            store.jobs().admit(List.of(admitted)).get(60, TimeUnit.SECONDS);
            StoredJob job = admitted.stored();
            positions.add(new ClaimCandidate(
                    LaneKey.of(job),
                    new ReadyJob(Objects.requireNonNull(job.books().readyAt()), job.id()),
                    Job.DEFAULT_QUEUE));
        }
        return positions;
    }

    private static CompletableFuture<ClaimResult> claim(DerbyStore store, List<ClaimCandidate> positions) {
        return store.jobs().claim(positions, (job, position) -> Moves.start(job, store.jobs()));
    }
}
