// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Job;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.store.jpa.Call;
import io.jobyard.store.jpa.DerbyStore;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class JobSearchesTest {

    private static final int MORE_THAN_ARE_SERVED_AT_ONCE = 4;

    @TempDir
    private Path folder;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    private Object carry(Call call) throws Throwable {
        if (Thread.currentThread().getName().startsWith("jobyard-store-searcher")) {
            begun.countDown();
            goOn.await();
        }
        return call.make();
    }

    @Test
    void noClaimAndNoOutcomeWaitsBehindASearch() throws Exception {
        try (DerbyStore store = new DerbyStore(folder, this::carry)) {
            List<CompletableFuture<JobPage>> searches = new ArrayList<>();
            AdmittedJob admitted = Draft.job().admitted();
            store.jobs().admit(List.of(admitted)).get(60, TimeUnit.SECONDS);
            for (int n = 0; n < MORE_THAN_ARE_SERVED_AT_ONCE; n++) {
                CompletableFuture<JobPage> search = new CompletableFuture<>();
                new Thread(() -> search.complete(store.reads().find(JobQuery.all(1), Set.of()))).start();
                searches.add(search);
            }
            begun.await();

            StoredJob ended = startAndComplete(store, admitted.stored());

            assertThat(store.reads().jobs(List.of(ended.id()))).containsValue(ended);
            assertThat(searches).noneMatch(CompletableFuture::isDone);
            goOn.countDown();
            assertThat(searches)
                    .allSatisfy(search ->
                            assertThat(search.get(60, TimeUnit.SECONDS).jobs()).containsExactly(ended.job()));
        } finally {
            goOn.countDown();
        }
    }

    private static StoredJob startAndComplete(DerbyStore store, StoredJob job) throws Exception {
        LaneKey lane = LaneKey.of(job);
        ReadyJob position = store.reads().ready(lane, null, 1).get(0);
        Assignment run = store.jobs()
                .claim(
                        List.of(new ClaimCandidate(lane, position, Job.DEFAULT_QUEUE)),
                        (ready, taken) -> Moves.start(ready, store.jobs()))
                .get(60, TimeUnit.SECONDS)
                .runs()
                .get(0);
        Move outcome = Moves.complete(run.stored(), "{}");
        assertThat(store.jobs().move(outcome, null).get(60, TimeUnit.SECONDS)).isTrue();
        return outcome.after();
    }
}
