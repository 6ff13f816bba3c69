// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.AccessException;
import io.jobyard.api.BulkAction;
import io.jobyard.api.BulkPreview;
import io.jobyard.api.BulkRequest;
import io.jobyard.api.BulkStatus;
import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.Submission;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.testkit.AllStores;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is done to all jobs that a filter means. */
class BulkTest {

    private static final JobFilter RED = JobFilter.ALL.withLabel("colour", "red");

    private final SchedulerFixture scheduler = new SchedulerFixture();

    private List<JobId> submit(int count, String colour) {
        List<JobSpecification> all = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            all.add(JobSpecification.type("work")
                    .payload(Map.of("n", n))
                    .label("colour", colour)
                    .build());
        }
        List<JobId> ids =
                scheduler.manager.submitAll(all).stream().map(Submission::id).toList();
        scheduler.clock.advance(Duration.ofSeconds(1));
        return ids;
    }

    private BulkStatus done(BulkAction action, JobFilter filter) {
        return done(new BulkRequest(action, filter, null));
    }

    private BulkStatus done(BulkRequest request) {
        BulkStatus begun = scheduler.manager.beginBulk(request);
        assertThat(begun.isFinished()).isFalse();
        scheduler.engine.runner.doUnfinished();
        return scheduler.manager.bulk(begun.number());
    }

    private long count(JobFilter filter) {
        return scheduler.memory.facets(filter, Set.of(), type -> type).total();
    }

    @Test
    void allThatAFilterMeansAreCancelledAndRetriedInSlices() {
        submit(2 * BulkWork.SLICE + 7, "red");
        submit(3, "blue");

        BulkStatus cancelled = done(BulkAction.CANCEL, RED);
        assertThat(cancelled.isFinished()).isTrue();
        assertThat(cancelled.progress().done()).isEqualTo(2 * BulkWork.SLICE + 7);
        assertThat(cancelled.progress().refused()).isZero();
        assertThat(count(JobFilter.ALL.withStatus(JobStatus.CANCELLED))).isEqualTo(2 * BulkWork.SLICE + 7);
        assertThat(count(JobFilter.ALL.withStatus(JobStatus.QUEUED))).isEqualTo(3);

        BulkStatus retried = done(BulkAction.RETRY, JobFilter.ALL.withStatus(JobStatus.CANCELLED));
        assertThat(retried.progress().done()).isEqualTo(2 * BulkWork.SLICE + 7);
        assertThat(count(JobFilter.ALL.withStatus(JobStatus.QUEUED))).isEqualTo(2 * BulkWork.SLICE + 10);
    }

    @Test
    void nothingIsDoneBeforeSearchesKnowWhatWasThereWhenItWasAsked() {
        submit(3, "red");
        List<Instant> unknownSince = new ArrayList<>(List.of(SchedulerFixture.START, scheduler.clock.instant()));
        AllStores behind = (AllStores) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AllStores.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(scheduler.memory, arguments);
                    return answer instanceof JobPage && !unknownSince.isEmpty()
                            ? new JobPage(List.of(), null, null, unknownSince.remove(0))
                            : answer;
                });
        SchedulerEngine other = scheduler.engine(behind, scheduler.clock);
        scheduler.memory.listen(other);
        BulkStatus begun = scheduler.manager.beginBulk(new BulkRequest(BulkAction.CANCEL, RED, null));

        other.runner.doUnfinished();
        assertThat(unknownSince).isEmpty();
        assertThat(scheduler.manager.bulk(begun.number()).progress().done()).isEqualTo(3);
    }

    @Test
    void termsAreChangedForAll() {
        submit(5, "red");
        JobChange change = new JobChange()
                .priority(7)
                .label("seen", "yes")
                .timeout(Duration.ofSeconds(90))
                .queue("slow");
        assertThat(done(new BulkRequest(BulkAction.CHANGE, RED, change))
                        .progress()
                        .done())
                .isEqualTo(5);
        for (Job job : scheduler.memory.find(JobQuery.of(RED, 10), Set.of()).jobs()) {
            assertThat(job.terms().routing().priority()).isEqualTo(7);
            assertThat(job.terms().runs().timeout()).isEqualTo(Duration.ofSeconds(90));
            assertThat(job.terms().routing().queue()).isEqualTo("slow");
            assertThat(job.terms().identity().labels()).containsEntry("seen", "yes");
        }
        assertThat(done(new BulkRequest(BulkAction.CHANGE, RED, change))
                        .progress()
                        .done())
                .isZero();
    }

    @Test
    void whatWaitsForTimeIsMadeReady() {
        JobId id = scheduler
                .manager
                .submit(JobSpecification.type("work")
                        .payload(Map.of())
                        .label("colour", "red")
                        .notBefore(SchedulerFixture.START.plusSeconds(3_600))
                        .build())
                .id();
        scheduler.clock.advance(Duration.ofSeconds(1));
        assertThat(done(BulkAction.RUN_NOW, RED).progress().done()).isEqualTo(1);
        assertThat(scheduler.manager.job(id).status()).isEqualTo(JobStatus.QUEUED);
        assertThatThrownBy(() -> scheduler.manager.runNow(id))
                .isInstanceOf(StateConflictException.class)
                .hasMessageContaining("only a job that waits for a time can be run now");
    }

    @Test
    void whatHasEndedIsDeleted() {
        submit(30, "red");
        List<JobId> stays = submit(1, "blue");
        done(BulkAction.CANCEL, RED);
        BulkStatus deleted = done(BulkAction.DELETE, JobFilter.ALL.withType("work"));
        assertThat(deleted.progress().done()).isEqualTo(30);
        assertThat(scheduler.memory.find(JobQuery.all(10), Set.of()).jobs())
                .extracting(Job::id)
                .isEqualTo(stays);
    }

    @Test
    void aPreviewCountsAndChangesNothing() {
        submit(12, "red");
        BulkPreview preview = scheduler.manager.previewBulk(new BulkRequest(BulkAction.CANCEL, RED, null));
        assertThat(preview.jobs()).isEqualTo(12);
        assertThat(preview.first()).hasSize(BulkPreview.SHOWN);
        assertThat(count(JobFilter.ALL.withStatus(JobStatus.QUEUED))).isEqualTo(12);
        assertThat(scheduler
                        .manager
                        .previewBulk(new BulkRequest(BulkAction.RETRY, RED, null))
                        .jobs())
                .isZero();
    }

    @Test
    void aPreviewTakesWhatTheActionTakesAndShowsWhatTheCallerMaySee() {
        submit(3, "red");
        JobManager bob = scheduler.of(Caller.user("bob"));
        bob.submit(JobSpecification.type("work")
                .payload(Map.of())
                .label("colour", "red")
                .build());
        BulkRequest request = new BulkRequest(BulkAction.CANCEL, RED, null);
        scheduler.access.allow(Permission.CANCEL_ALL);
        assertThat(bob.previewBulk(request).jobs()).isEqualTo(4);
        assertThat(bob.previewBulk(request).first()).isEmpty();
        scheduler.access.allow(Permission.CANCEL_ALL, Permission.VIEW);
        assertThat(bob.previewBulk(request).jobs()).isEqualTo(4);
        assertThat(bob.previewBulk(request).first()).extracting(Job::submitter).containsExactly("bob");
        scheduler.access.allow(Permission.ADMIN);
        assertThat(bob.previewBulk(new BulkRequest(BulkAction.DELETE, RED, null))
                        .first())
                .isEmpty();
        assertThatThrownBy(() -> bob.previewBulk(request)).isInstanceOf(AccessException.class);
    }

    @Test
    void whatCameLaterIsNotMeant() {
        submit(3, "red");
        BulkStatus begun = scheduler.manager.beginBulk(new BulkRequest(BulkAction.CANCEL, RED, null));
        scheduler.clock.advance(Duration.ofSeconds(1));
        submit(2, "red");
        scheduler.engine.runner.doUnfinished();
        assertThat(scheduler.manager.bulk(begun.number()).progress().done()).isEqualTo(3);
        assertThat(count(JobFilter.ALL.withStatus(JobStatus.QUEUED))).isEqualTo(2);
    }

    @Test
    void whatIsStoppedGoesNoFurther() {
        submit(3, "red");
        BulkStatus begun = scheduler.manager.beginBulk(new BulkRequest(BulkAction.CANCEL, RED, null));
        scheduler.manager.stopBulk(begun.number());
        scheduler.engine.runner.doUnfinished();
        BulkStatus stopped = scheduler.manager.bulk(begun.number());
        assertThat(stopped.isFinished()).isTrue();
        assertThat(stopped.stoppedBy()).isEqualTo("alice");
        assertThat(stopped.progress().done()).isZero();
        assertThatThrownBy(() -> scheduler.manager.stopBulk(begun.number())).isInstanceOf(StateConflictException.class);
    }

    @Test
    void whoMayNotDoItToAllDoesItToHisOwn() {
        submit(3, "red");
        var bob = scheduler.of(Caller.bundle("bob"));
        scheduler.access.allow(Permission.SUBMIT, Permission.VIEW, Permission.CANCEL);
        bob.submit(JobSpecification.type("work")
                .payload(Map.of())
                .label("colour", "red")
                .build());
        scheduler.clock.advance(Duration.ofSeconds(1));
        BulkStatus begun = bob.beginBulk(new BulkRequest(BulkAction.CANCEL, RED, null));
        scheduler.engine.runner.doUnfinished();
        assertThat(bob.bulk(begun.number()).progress().done()).isEqualTo(1);
        assertThatThrownBy(() -> bob.beginBulk(new BulkRequest(BulkAction.RETRY, RED, null)))
                .isInstanceOf(AccessException.class);
        assertThatThrownBy(() -> bob.beginBulk(new BulkRequest(BulkAction.CANCEL, RED.withSubmitter("alice"), null)))
                .isInstanceOf(AccessException.class);
    }

    @Test
    void theAuditTellsTheFilterAtItsStartAndTheNumbersAtItsEnd() {
        submit(3, "red");
        done(BulkAction.CANCEL, RED);
        assertThat(audited()).allSatisfy(entry -> {
            assertThat(entry.action()).isEqualTo("bulk cancel");
            assertThat(entry.target()).isEqualTo("jobs: label colour=red");
        });
        assertThat(audited())
                .extracting(AuditEntry::detail)
                .containsExactly("bulk 1 begins", "bulk 1: done to 3, refused by 0");
    }

    @Test
    void theAuditTellsWhatABulkChangesAtItsStart() {
        submit(1, "red");
        JobChange change = new JobChange().priority(2).queue(null);
        scheduler.manager.beginBulk(new BulkRequest(BulkAction.CHANGE, RED, change));
        assertThat(audited())
                .extracting(AuditEntry::detail)
                .containsExactly("bulk 1 begins: priority = 2, queue = none");
    }

    private List<AuditEntry> audited() {
        return scheduler.memory.rows(SchedulerFixture.INCARNATION, 0, 100).stream()
                .map(AuditRow::entry)
                .filter(entry -> entry.action().startsWith("bulk"))
                .toList();
    }

    @Test
    void aRequestForAllJobsIsRefused() {
        assertThatThrownBy(() -> new BulkRequest(BulkAction.CANCEL, JobFilter.ALL, null))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("requires a filter");
    }

    @Test
    void aCopyOfAJobIsLikeItButForItsKeyAndTimes() {
        JobId id = scheduler
                .manager
                .submit(JobSpecification.type("work")
                        .payload(Map.of("a", 1))
                        .key("mine")
                        .priority(3)
                        .label("colour", "red")
                        .build())
                .id();
        JobSpecification copy = scheduler.manager.specification(id);
        assertThat(copy.payload()).isEqualTo(Map.of("a", 1));
        assertThat(copy.identity().key()).isNull();
        assertThat(copy.routing().priority()).isEqualTo(3);
        Submission second = scheduler.manager.submit(copy);
        assertThat(second.id()).isNotEqualTo(id);
        assertThat(second.duplicate()).isFalse();
    }
}
