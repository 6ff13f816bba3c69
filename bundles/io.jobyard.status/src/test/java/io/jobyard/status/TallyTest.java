// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.api.SampledCount;
import io.jobyard.api.Statistics;
import io.jobyard.doubles.FakeCommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TallyTest {

    /** Without the stack, which would fill the output. */
    private static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Fault() {
            super("on purpose", null, false, false);
        }
    }

    private final StoredJobsFixture records = new StoredJobsFixture();

    @Test
    void everyStatusIsThereAlsoWithoutJobs() {
        Statistics none = tally().statistics(null);
        assertThat(none.total()).isZero();
        assertThat(none.byStatus()).hasSize(JobStatus.values().length).containsValue(0L);
        assertThat(none.byPriority()).isEmpty();
        assertThat(none.oldestReady()).isNull();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void theCountsAreThoseOfARecount(long seed) {
        countsAreThoseOfARecount(seed, committed -> {});
    }

    /** As a statistic that fails at some commits, before or after it has counted them. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void theCountsAreThoseOfARecountWhateverCommitsFailed(long seed) {
        Random faults = new Random(seed);
        AtomicInteger failed = new AtomicInteger();
        countsAreThoseOfARecount(seed, committed -> {
            if (faults.nextInt(40) == 0) {
                failed.incrementAndGet();
                throw new Fault();
            }
        });
        assertThat(failed).hasValueGreaterThan(50);
    }

    private void countsAreThoseOfARecount(long seed, Consumer<List<Committed>> fault) {
        Random random = new Random(seed);
        List<JobId> ids = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ids.add(records.admit(i % 3 == 0 ? "llm" : null, 1 + i % 4));
        }
        Tally tally = tally(fault);
        for (int i = 0; i < 2_000; i++) {
            if (random.nextInt(4) == 0) {
                ids.add(records.admit(random.nextBoolean() ? "llm" : null, 1 + random.nextInt(10)));
            } else {
                JobStatus to = JobStatus.values()[random.nextInt(6)];
                records.move(ids.get(random.nextInt(ids.size())), to, i, null, null);
            }
        }

        assertThat(tally.statistics(Duration.ofSeconds(3))).isEqualTo(recount());
        assertThat(tally().statistics(Duration.ofSeconds(3))).isEqualTo(recount());
    }

    @Test
    void aChangedJobIsCountedInItsNewQueueAlone() {
        Tally tally = tally();
        JobId id = records.admit(null, 5);
        records.changeQueue(id, "llm");

        assertThat(tally.statistics(null).byQueue()).isEqualTo(Map.of("llm", 1L));
        assertThat(tally.types(type -> true)).containsExactly("work");
    }

    @Test
    void queuedRunningAndFailedJobsAreSampledByQueueAndType() {
        Tally tally = tally();
        records.admit(null, 5);
        records.admit(null, 1);
        records.start(records.admit("llm", 5));
        JobId failed = records.admit("llm", 5);
        records.move(failed, JobStatus.FAILED, 1, null, null);
        records.move(records.admit("done", 5), JobStatus.COMPLETED, 1, null, null);

        assertThat(tally.sampled())
                .containsExactlyInAnyOrder(
                        new SampledCount("of work", "work", 2, 0, 0), new SampledCount("llm", "work", 0, 1, 1));
    }

    private Statistics recount() {
        List<Job> jobs = records.store.find(JobQuery.all(10_000), Set.of()).jobs();
        Map<JobStatus, Long> byStatus = new HashMap<>();
        for (JobStatus status : JobStatus.values()) {
            byStatus.put(status, 0L);
        }
        Map<Integer, Long> byPriority = new HashMap<>();
        Map<Integer, Long> queuedByPriority = new HashMap<>();
        Map<String, Long> byQueue = new HashMap<>();
        Map<String, Long> bySubmitter = new HashMap<>();
        jobs.forEach(job -> {
            bySubmitter.merge(job.submitter(), 1L, Long::sum);
            byStatus.merge(job.status(), 1L, Long::sum);
            byPriority.merge(job.terms().routing().priority(), 1L, Long::sum);
            if (job.status() == JobStatus.QUEUED) {
                queuedByPriority.merge(job.terms().routing().priority(), 1L, Long::sum);
            }
            byQueue.merge(route(job.terms().routing().queue(), job.type()), 1L, Long::sum);
        });
        return new Statistics(
                jobs.size(),
                byStatus,
                byPriority,
                queuedByPriority,
                byQueue,
                Map.of("work", (long) jobs.size()),
                bySubmitter,
                Duration.ofSeconds(3));
    }

    private static String route(@Nullable String asked, String type) {
        return asked == null ? "of " + type : asked;
    }

    private Tally tally() {
        return tally(committed -> {});
    }

    private Tally tally(Consumer<List<Committed>> fault) {
        Tally tally = new Tally(TallyTest::route, new SettableClock(StoredJobsFixture.START));
        records.store.listen(new FakeCommitListener(tally::opened, committed -> {
            fault.accept(committed);
            tally.committed(committed);
            fault.accept(committed);
        }));
        return tally;
    }
}
