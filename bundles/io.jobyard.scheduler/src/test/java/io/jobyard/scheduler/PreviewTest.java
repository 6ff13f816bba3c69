// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobyardException;
import io.jobyard.api.KeyPolicy;
import io.jobyard.api.Preview;
import io.jobyard.api.QuotaException;
import io.jobyard.api.Submission;
import io.jobyard.spi.running.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a submit would come to. */
class PreviewTest {

    private final SchedulerFixture scheduler = new SchedulerFixture();

    private Preview preview(JobSpecificationBuilder specification) {
        return scheduler.manager.preview(specification.build());
    }

    private int jobs() {
        return scheduler.memory.find(JobQuery.all(10_000), Set.of()).jobs().size();
    }

    @Test
    void nothingIsStoredAndNothingCounts() {
        Preview preview = preview(SchedulerFixture.spec().key("k").priority(2));
        assertThat(preview.isValid()).isTrue();
        assertThat(preview.job()).satisfies(job -> {
            assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
            assertThat(job.terms().routing().priority()).isEqualTo(2);
            assertThat(job.submitter()).isEqualTo("alice");
        });
        assertThat(preview.queue()).isEqualTo(Job.DEFAULT_QUEUE);
        assertThat(jobs()).isZero();
        assertThat(scheduler.queue.reserved).isEmpty();
    }

    @Test
    void whatWouldHoldTheJobIsTold() {
        JobId open = scheduler.submit();
        assertThat(preview(SchedulerFixture.spec().dependsOn(open)).blockedBy())
                .containsExactly(dependency(open, "queued"));
        Instant then = SchedulerFixture.START.plusSeconds(9);
        Preview later = preview(SchedulerFixture.spec().notBefore(then));
        assertThat(later.blockedBy()).extracting(Blocker::gate).containsExactly("time");
        assertThat(later.startsAt()).isEqualTo(then);
    }

    private static Blocker dependency(JobId id, String status) {
        return new Blocker("dependencies", "1 dependency is not finished: " + id + " is " + status, null);
    }

    @Test
    void allThatWouldHoldTheJobIsToldAndTheLatestTime() {
        Instant then = SchedulerFixture.START.plusSeconds(9);
        JobId later = scheduler.submit(SchedulerFixture.spec().notBefore(then.plusSeconds(3)));
        scheduler.queue.foreseen = List.of(
                new Blocker("paused", "queue default, by ann", then.plusSeconds(1)),
                new Blocker("handler", "none for work", null));
        Preview preview = preview(SchedulerFixture.spec().notBefore(then).dependsOn(later));
        assertThat(preview.blockedBy())
                .containsExactly(
                        dependency(later, "waiting until " + then.plusSeconds(3)),
                        new Blocker("time", "its notBefore is in the future", then),
                        scheduler.queue.foreseen.get(0),
                        scheduler.queue.foreseen.get(1));
        assertThat(preview.startsAt()).isNull();
        assertThat(preview.earliestStart()).isEqualTo(then.plusSeconds(1));
    }

    @Test
    void whatReplacesAPausedJobIsHeldByThePauseToo() {
        JobId first = scheduler.submit(SchedulerFixture.spec().key("k"));
        scheduler.manager.pauseJob(first, null, null);
        Preview preview = preview(SchedulerFixture.spec()
                .key("k")
                .keyPolicy(KeyPolicy.REPLACE)
                .notBefore(SchedulerFixture.START.plusSeconds(9)));
        assertThat(preview.blockedBy()).extracting(Blocker::gate).containsExactly("paused", "time");
    }

    @Test
    void whatWouldBeRefusedIsToldWithTheReason() {
        assertThat(preview(SchedulerFixture.spec().priority(99)).problems())
                .singleElement()
                .asString()
                .contains("priority 99 is out of range");
        scheduler.queue.full = new QuotaException("queued.max of role llm: 5 of 5 wait");
        assertThat(preview(SchedulerFixture.spec()).problems()).containsExactly("queued.max of role llm: 5 of 5 wait");
    }

    @Test
    void aKeyThatIsTakenIsToldWithItsJob() {
        JobId first = scheduler.submit(SchedulerFixture.spec().key("k"));
        Preview same = preview(SchedulerFixture.spec().key("k").priority(1));
        assertThat(same.duplicateOf()).isEqualTo(first);
        assertThat(same.replaces()).isFalse();
        assertThat(same.job()).isEqualTo(scheduler.job(first));

        Preview replacing = preview(
                SchedulerFixture.spec().key("k").keyPolicy(KeyPolicy.REPLACE).priority(1));
        assertThat(replacing.duplicateOf()).isEqualTo(first);
        assertThat(replacing.replaces()).isTrue();
        assertThat(replacing.job())
                .satisfies(job -> assertThat(job.terms().routing().priority()).isEqualTo(1));
        assertThat(scheduler.job(first).terms().routing().priority()).isEqualTo(5);
    }

    @Test
    void aThousandPreviewsAgreeWithTheSubmitsThatFollow() {
        Random random = new Random(20_270_131);
        List<JobId> all = new ArrayList<>();
        int refused = 0;
        int replaced = 0;
        for (int n = 0; n < 1_000; n++) {
            JobSpecification asked = random(random, all);
            Preview preview = scheduler.manager.preview(asked);
            try {
                Submission submission = scheduler.manager.submit(asked);
                assertThat(preview.isValid()).as(String.valueOf(preview)).isTrue();
                assertThat(submission.duplicate()).isEqualTo(preview.duplicateOf() != null);
                assertThat(submission.replaced()).isEqualTo(preview.replaces());
                assertThat(preview.job()).satisfies(job -> {
                    assertThat(job.status()).isEqualTo(submission.status());
                    assertThat(job.terms())
                            .isEqualTo(scheduler.job(submission.id()).terms());
                });
                replaced += submission.replaced() ? 1 : 0;
                all.add(submission.id());
            } catch (JobyardException e) {
                assertThat(preview.problems()).containsExactly(e.getMessage());
                refused++;
            }
            if (random.nextInt(3) == 0) {
                scheduler.claim(1).forEach(run -> scheduler.finish(run, new Outcome.Completed("{}")));
            }
            scheduler.clock.advance(Duration.ofMillis(random.nextInt(2_000)));
            scheduler.tidy();
        }
        assertThat(refused).isBetween(50, 900);
        assertThat(replaced).isPositive();
    }

    private static JobSpecification random(Random random, List<JobId> all) {
        JobSpecificationBuilder asked = JobSpecification.type("work").payload(Map.of("n", random.nextInt(100)));
        if (random.nextInt(3) == 0) {
            asked.priority(random.nextInt(13));
        }
        if (random.nextInt(2) == 0) {
            asked.key("k" + random.nextInt(4));
        }
        switch (random.nextInt(6)) {
            case 0 -> asked.keyPolicy(KeyPolicy.REPLACE);
            case 1 -> asked.keyPolicy(KeyPolicy.debounce(Duration.ofSeconds(1 + random.nextInt(4))));
            case 2 -> asked.keyPolicy(KeyPolicy.throttle(Duration.ofSeconds(1 + random.nextInt(9))));
            default -> {
                if (!all.isEmpty() && random.nextInt(3) == 0) {
                    asked.dependsOn(all.get(random.nextInt(all.size())));
                }
            }
        }
        if (random.nextInt(8) == 0) {
            asked.deadline(SchedulerFixture.START.plusSeconds(random.nextInt(2_000)));
        }
        if (random.nextInt(20) == 0) {
            asked.dependsOn(new JobId(new UUID(9, random.nextInt(9))));
        }
        return asked.build();
    }
}
