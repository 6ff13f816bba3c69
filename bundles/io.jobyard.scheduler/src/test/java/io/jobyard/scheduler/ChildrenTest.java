// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.BulkAction;
import io.jobyard.api.BulkRequest;
import io.jobyard.api.BulkStatus;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.StepKind;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.StoredStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Jobs that submit others and wait for them. */
class ChildrenTest {

    private final SchedulerFixture scheduler = new SchedulerFixture();
    private final JobId parent = scheduler.submit();
    private final Assignment run = scheduler.claim(parent);

    @Test
    void theyBelongToTheSubmitterAndSayWhoseChildrenTheyAre() {
        JobId child = submit(1).get(0);
        assertThat(scheduler.job(child).submitter()).isEqualTo("alice");
        assertThat(scheduler.last(child).who()).isEqualTo("alice, by bundle test");
        assertThat(scheduler.last(child).why()).isEqualTo("child of job " + parent);
    }

    @Test
    void theJobWaitsUntilAllHaveEndedHoweverTheyEnd() {
        List<JobId> children = submit(3);
        rest();
        assertThat(scheduler.job(parent).state().reason()).isEqualTo(Reason.CHILDREN);
        scheduler.complete(children.get(0));
        scheduler.fail(children.get(1));
        assertThat(scheduler.status(parent)).isEqualTo(JobStatus.WAITING);
        scheduler.manager.cancel(children.get(2));
        scheduler.tidy();
        assertThat(scheduler.status(parent)).isEqualTo(JobStatus.QUEUED);
        assertThat(scheduler.claim(parent).stored().job().state().run().attempt())
                .isEqualTo(1);
    }

    @Test
    void childrenThatEndBeforeTheJobWaitsWakeItToo() {
        List<JobId> children = submit(2);
        children.forEach(scheduler::complete);
        rest();
        scheduler.tidy();
        assertThat(scheduler.status(parent)).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aChildInTheStrictOrderOfItsParentIsRefused() {
        scheduler.queue.limitKeys.put("orders", "label.tenant");
        scheduler.queue.strict.add("orders");
        JobId ordered = scheduler.submit(
                JobSpecification.type("work").payload(Map.of()).limits("orders").label("tenant", "acme"));
        Assignment of = scheduler.claim(ordered);
        assertThatThrownBy(() -> scheduler.engine.submit(of, aWait(), List.of(ofTenant("globex"), ofTenant("acme"))))
                .isInstanceOf(ValidationException.class)
                .hasMessage(
                        "invalid child of type work: the limit orders=acme has order = strict, so the child can start"
                                + " only after its parent has ended, but the parent waits for it: use another value or another"
                                + " limit for the child");
        assertThat(scheduler.memory.work().steps(ordered)).isEmpty();

        assertThat(scheduler.engine.submit(of, aWait(), List.of(ofTenant("globex"))))
                .isPresent();
    }

    private static JobSpecification ofTenant(String tenant) {
        return JobSpecification.type("work")
                .payload(Map.of())
                .limits("orders")
                .label("tenant", tenant)
                .build();
    }

    @Test
    void aCancelReachesThem() {
        List<JobId> children = submit(3);
        scheduler.complete(children.get(0));
        rest();
        scheduler.manager.cancel(parent);
        scheduler.tidy();
        assertThat(scheduler.status(parent)).isEqualTo(JobStatus.CANCELLED);
        assertThat(children.stream().map(scheduler::status))
                .containsExactly(JobStatus.COMPLETED, JobStatus.CANCELLED, JobStatus.CANCELLED);
    }

    @Test
    void aCancelReachesTheChildrenOfARunThatHasNotEndedYet() {
        List<JobId> children = submit(1);
        scheduler.manager.cancel(parent);
        assertThat(scheduler.status(children.get(0))).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void anotherLifeAfterACancelWaitsForThemAgain() {
        List<JobId> children = submit(2);
        Assignment child = scheduler.claim(children.get(0)); // goes on until it hears of the cancel
        rest();
        scheduler.manager.cancel(parent);
        scheduler.manager.retry(parent);
        assertThat(scheduler.stored(parent).books().pending()).isZero();
        Assignment again = scheduler.claim(parent);
        Assignment redone = scheduler.claim(children.get(1));
        StoredStep wait = scheduler.memory.work().steps(parent).get(0);
        assertThat(scheduler.finish(again, new Outcome.WaitsFor(wait))).isTrue();
        scheduler.tidy();
        assertThat(scheduler.status(parent)).isEqualTo(JobStatus.WAITING);
        scheduler.finish(child, new Outcome.Cancelled());
        scheduler.finish(redone, new Outcome.Completed("{}"));
        scheduler.tidy();
        assertThat(scheduler.status(parent)).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aRetryDoesTheChildrenAgainThatFailedAndNoOthers() {
        List<JobId> children = submit(2);
        rest();
        scheduler.complete(children.get(0));
        scheduler.fail(children.get(1));
        scheduler.tidy();
        Assignment after = scheduler.claim(parent);
        scheduler.finish(after, new Outcome.Failed("a child failed", true, null));

        scheduler.manager.retry(parent);
        assertThat(scheduler.status(children.get(0))).isEqualTo(JobStatus.COMPLETED);
        assertThat(scheduler.status(children.get(1))).isEqualTo(JobStatus.QUEUED);
        assertThat(scheduler.status(parent)).isEqualTo(JobStatus.QUEUED);
    }

    private JobId endsAfterAFailedChild() {
        JobId child = submit(1).get(0);
        rest();
        scheduler.manager.change(parent, new JobChange().label("kind", "parent"));
        scheduler.fail(child);
        scheduler.tidy();
        scheduler.finish(scheduler.claim(parent), new Outcome.Failed("a child failed", true, null));
        scheduler.pass(Duration.ofSeconds(1));
        return child;
    }

    private BulkStatus bulkRetry(JobFilter filter) {
        BulkStatus begun = scheduler.manager.beginBulk(new BulkRequest(BulkAction.RETRY, filter, null));
        scheduler.engine.runner.doUnfinished();
        return scheduler.manager.bulk(begun.number());
    }

    @Test
    void aRetryOfManyDoesTheirFailedChildrenAgain() {
        JobId child = endsAfterAFailedChild();

        BulkStatus retried = bulkRetry(JobFilter.ALL.withLabel("kind", "parent"));
        assertThat(retried.progress().done()).isEqualTo(1);
        assertThat(scheduler.status(child)).isEqualTo(JobStatus.QUEUED);
        assertThat(scheduler.status(parent)).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aRetryOfManyWithTheirChildrenDoesEachOnce() {
        JobId child = endsAfterAFailedChild();

        BulkStatus retried = bulkRetry(JobFilter.ALL.withStatus(JobStatus.FAILED));
        assertThat(retried.progress().done()).isEqualTo(2);
        assertThat(retried.progress().refused()).isZero();
        assertThat(scheduler.status(child)).isEqualTo(JobStatus.QUEUED);
        assertThat(scheduler.status(parent)).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aRetryThatIsRefusedRetriesNoChildren() {
        JobId child = submit(1).get(0);
        scheduler.fail(child);
        assertThatThrownBy(() -> scheduler.manager.retry(parent)).isInstanceOf(StateConflictException.class);
        assertThat(scheduler.status(child)).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void theEndOfAJobThatWaitsReachesThemHoweverDeep() {
        Assignment expiring = claimExpiring();
        List<JobId> children = submit(expiring, 4);
        Assignment running = scheduler.claim(children.get(0));
        Assignment waiting = scheduler.claim(children.get(1));
        scheduler.complete(children.get(2));
        JobId grandchild = submit(waiting, 1).get(0);
        JobId ofRunning = submit(running, 1).get(0);
        rest(waiting);
        rest(expiring);
        scheduler.pass(Duration.ofSeconds(30));
        scheduler.tidy();

        assertThat(scheduler.job(expiring.stored().id()).state().reason()).isEqualTo(Reason.EXPIRED);
        assertThat(Stream.of(children.get(1), children.get(3), grandchild, ofRunning)
                        .map(scheduler::status))
                .containsOnly(JobStatus.CANCELLED);
        assertThat(scheduler.last(children.get(3)).why())
                .isEqualTo("job " + expiring.stored().id() + ", which waited for it, expired");
        assertThat(scheduler.last(grandchild).why())
                .isEqualTo("job " + children.get(1) + ", which waited for it, expired");
        assertThat(scheduler.status(children.get(2))).isEqualTo(JobStatus.COMPLETED);
        assertThat(scheduler.stored(children.get(0)).cancelRequested()).isTrue();
        int version = scheduler.stored(expiring.stored().id()).version();
        scheduler.finish(running, new Outcome.Completed("{}"));
        scheduler.tidy();
        assertThat(scheduler.status(children.get(0))).isEqualTo(JobStatus.CANCELLED);
        assertThat(scheduler.stored(expiring.stored().id()).version()).isEqualTo(version);
    }

    @Test
    void whatIsDueAndDoesNotExpireKeepsItsChildren() {
        Assignment other = claimExpiring();
        JobId child = submit(other, 1).get(0);
        rest(other);
        scheduler.pass(Duration.ofSeconds(29));
        scheduler.tidy();
        assertThat(scheduler.status(child)).isEqualTo(JobStatus.QUEUED);
    }

    private Assignment claimExpiring() {
        return scheduler.claim(scheduler.submit(
                SchedulerFixture.spec().deadline(scheduler.clock.instant().plusSeconds(30))));
    }

    @Test
    void aJobThatWaitsForThemCannotBePaused() {
        submit(1);
        rest();
        assertThatThrownBy(() -> scheduler.manager.pauseJob(parent, null, null))
                .isInstanceOf(StateConflictException.class)
                .hasMessage("job " + parent
                        + " waits for jobs that it has submitted: pause these jobs, or their queue or type");
    }

    @Test
    void oneThatIsWrongSubmitsNone() {
        List<JobSpecification> specifications = new ArrayList<>(specifications(1));
        specifications.add(JobSpecification.type("no good type!").build());
        assertThatThrownBy(() -> scheduler.engine.submit(run, aWait(), specifications))
                .isInstanceOf(ValidationException.class);
        assertThat(scheduler.memory.work().steps(parent)).isEmpty();
    }

    @Test
    void aRunThatIsOverSubmitsNone() {
        scheduler.finish(run, new Outcome.Completed("{}"));
        assertThat(scheduler.engine.submit(run, aWait(), specifications(1))).isEmpty();
        assertThat(scheduler.claim(10)).isEmpty();
    }

    @Test
    void manyAtOnceAreReleasedToo() {
        List<JobId> children = submit(200);
        rest();
        children.forEach(scheduler::complete);
        scheduler.tidy();
        assertThat(scheduler.status(parent)).isEqualTo(JobStatus.QUEUED);
    }

    private List<JobId> submit(int jobs) {
        return submit(run, jobs);
    }

    private List<JobId> submit(Assignment by, int jobs) {
        Optional<StoredStep> stored = scheduler.engine.submit(by, aWait(), specifications(jobs));
        return stored.orElseThrow().children();
    }

    private void rest() {
        rest(run);
    }

    private void rest(Assignment of) {
        StoredStep wait = scheduler.memory.work().steps(of.stored().id()).get(0);
        assertThat(scheduler.finish(of, new Outcome.WaitsFor(wait))).isTrue();
    }

    private StoredStep aWait() {
        return StoredStep.begun(1, "children 1", StepKind.CHILDREN, 1, scheduler.clock.instant(), null, null);
    }

    private static List<JobSpecification> specifications(int jobs) {
        return Collections.nCopies(jobs, SchedulerFixture.spec().build());
    }
}
