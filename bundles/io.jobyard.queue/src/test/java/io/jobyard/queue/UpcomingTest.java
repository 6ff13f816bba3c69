// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpcomingTest {

    private final LanesFixture fixture = new LanesFixture();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isTheOrderInWhichJobsStart(long seed) {
        Random random = new Random(seed);
        fixture.settings = new QueueSettings(10, 0, 10, BacklogBounds.NONE);
        for (int step = 0; step < 300; step++) {
            fixture.submit("s" + random.nextInt(5), 1 + random.nextInt(3), "t" + random.nextInt(3));
            fixture.clock.advance(Duration.ofMillis(random.nextInt(2)));
            if (random.nextInt(3) == 0) {
                fixture.start(1);
            }
        }
        List<JobId> told = ids(upcoming(1_000));
        assertThat(told).hasSizeGreaterThan(150);
        assertThat(ids(upcoming(10))).isEqualTo(told.subList(0, 10));

        List<JobId> started = new ArrayList<>();
        for (List<JobId> one = fixture.start(1); !one.isEmpty(); one = fixture.start(1)) {
            started.addAll(one);
        }
        assertThat(told).isEqualTo(started);
    }

    @Test
    void aLaneThatIsInTheStoreAloneIsReadFirst() {
        List<JobId> jobs = fixture.submit(3, "ann", 5);
        fixture.open();
        List<LaneKey> unread = new ArrayList<>();
        List<ClaimCandidate> positions = fixture.lanes.overview.upcoming(10, unread::add);
        assertThat(positions).hasSize(1);
        assertThat(unread)
                .containsExactly(LaneKey.of(fixture.store.job(jobs.get(0)).orElseThrow()));
        unread.forEach(fixture.lanes.refills::readHead);

        assertThat(ids(upcoming(10))).isEqualTo(jobs);
    }

    /** One that is read may have to stand back for another that began at the same instant, and that one for the next. */
    @Test
    void lanesThatBeginAtTheSameInstantAreReadAtOnce() {
        List<JobId> jobs = new ArrayList<>();
        for (int type = 0; type < 20; type++) {
            jobs.add(fixture.submit("ann", 5, "t" + type));
        }
        fixture.clock.advance(Duration.ofSeconds(1));
        jobs.add(fixture.submit("ann", 5, "later"));
        fixture.open();
        AtomicInteger questions = countQuestions();
        List<LaneKey> unread = new ArrayList<>();
        fixture.lanes.overview.upcoming(1, unread::add);
        assertThat(unread).hasSize(20).doesNotHaveDuplicates();
        fixture.lanes.refills.readHeads(unread);

        assertThat(questions).hasValue(1);
        assertThat(ids(upcoming(20))).isEqualTo(jobs.subList(0, 20));
        assertThat(fixture.start(21)).isEqualTo(jobs);
    }

    @Test
    void aLaneThatHoldsManyIsNotReadToItsEnd() {
        List<JobId> jobs = fixture.submit(3_000, "ann", 5);
        JobId few = fixture.submit("bob", 5, "t1");
        fixture.open();
        List<LaneKey> unread = new ArrayList<>();
        fixture.lanes.overview.upcoming(2, unread::add);
        fixture.lanes.refills.readHeads(List.of(unread.get(0), unread.get(1), unread.get(1)));

        assertThat(upcoming(4_000)).hasSizeLessThan(1_100);
        assertThat(ids(upcoming(2))).containsExactlyInAnyOrder(jobs.get(0), few);
    }

    @Test
    void ofALaneThatIsReadWithOthersNoMoreIsKeptThanOfOneThatIsReadAlone() {
        for (int type = 0; type < 1_199; type++) {
            fixture.submit("bob", 6, "t" + type);
        }
        List<JobId> jobs = fixture.submit(100, "ann", 5);
        fixture.open();
        AtomicInteger questions = countQuestions();
        fixture.lanes.refills.readHeads(List.of(upcoming(1).get(0).lane()));

        assertThat(questions).hasValue(1);
        assertThat(ids(upcoming(200))).isEqualTo(jobs.subList(0, 100_000 / 1_200));
        assertThat(fixture.start(100)).isEqualTo(jobs);
    }

    private AtomicInteger countQuestions() {
        AtomicInteger questions = new AtomicInteger();
        fixture.reader = new LaneReader() {
            @Override
            public List<ReadyJob> read(LaneKey lane, @Nullable ReadyJob after, int limit) {
                questions.incrementAndGet();
                return fixture.store.ready(lane, after, limit);
            }

            @Override
            public Map<LaneKey, List<ReadyJob>> read(Map<LaneKey, ReadyJob> after) {
                questions.incrementAndGet();
                return fixture.store.ready(after);
            }
        };
        return questions;
    }

    @Test
    void endsWhereOnlyTheStoreKnowsTheNext() {
        fixture.submit(3_000, "ann", 5);
        fixture.submit(1, "bob", 6);
        fixture.open();
        fixture.lanes.refills.readHead(upcoming(1).get(0).lane());

        assertThat(upcoming(2_500)).hasSize(1_000).allMatch(job -> job.lane().priority() == 5);
    }

    @Test
    void whatIsHeldByAGateIsTold() {
        fixture.shut(lane -> true);
        JobId job = fixture.submit("ann", 5);
        assertThat(fixture.start(1)).isEmpty();
        assertThat(ids(upcoming(10))).containsExactly(job);
    }

    private List<ClaimCandidate> upcoming(int limit) {
        return fixture.lanes.overview.upcoming(limit, unread -> {});
    }

    private static List<JobId> ids(List<ClaimCandidate> jobs) {
        return jobs.stream().map(job -> job.position().id()).toList();
    }
}
