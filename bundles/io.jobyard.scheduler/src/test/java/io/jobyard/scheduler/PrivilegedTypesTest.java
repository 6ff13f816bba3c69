// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.AccessException;
import io.jobyard.api.Job;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.KeyPolicy;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.jobs.Assignment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Every way to submit a job asks whether the caller may submit its type. */
class PrivilegedTypesTest {

    private static final Caller ANN = Caller.user("ann");

    private final SchedulerFixture scheduler = new SchedulerFixture();
    private final JobManager ann = scheduler.of(ANN);

    private static JobSpecificationBuilder command() {
        return JobSpecification.type("command").payload(Map.of());
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AccessException.class,
                        fault -> assertThat(fault.permission()).isEqualTo("types"));
    }

    @Test
    void aTypeThatTheCallerMayNotSubmitIsRefusedBySubmitPreviewAndCopy() {
        JobId job = scheduler
                .of(Caller.administrator("root"))
                .submit(command().build())
                .id();
        scheduler.access.refuseTypes("command");
        JobSpecification copy = ann.specification(job);
        refused(() -> ann.submit(copy));
        refused(() -> ann.preview(command().build()));
        refused(() -> ann.submitAll(List.of(
                JobSpecification.type("echo").payload(Map.of()).build(),
                command().build())));
        refused(() -> scheduler.engine.submission.decide(
                Caller.sql("ann"), command().build(), new JobId(new UUID(1, 1)), SchedulerFixture.START));
        assertThat(jobsOfAnn()).isEmpty();
    }

    private List<Job> jobsOfAnn() {
        return scheduler
                .memory
                .find(JobQuery.of(JobFilter.ALL.withSubmitter("ann"), 10), Set.of())
                .jobs();
    }

    @Test
    void childrenAreAskedForWithTheRightsOfTheirParentsSubmitter() {
        JobId parent = ann.submit(SchedulerFixture.spec().build()).id();
        Assignment run = scheduler.claim(parent);
        scheduler.access.refuseTypes("command");
        refused(() -> scheduler.engine.submission.submit(
                run, "", List.of(command().build()), (all, fresh) -> CompletableFuture.completedFuture(true)));
        assertThat(jobsOfAnn()).hasSize(1);
    }

    @Test
    void aKeyIsNotReplacedByATypeThatTheCallerMayNotSubmit() {
        JobId job = ann.submit(
                        JobSpecification.type("echo").payload(Map.of()).key("k").build())
                .id();
        scheduler.access.refuseTypes("command");
        refused(() -> ann.submit(command().key("k").keyPolicy(KeyPolicy.REPLACE).build()));
        assertThat(ann.job(job).type()).isEqualTo("echo");
    }

    @Test
    void aRunIsRefusedIfNobodyKnewAtTheSubmitThatTheTypeIsPrivileged() {
        Job job = ann.job(ann.submit(command().build()).id());
        PrivilegedRuns runs = new PrivilegedRuns(scheduler.memory, scheduler.access);
        assertThatCode(() -> runs.require(job)).doesNotThrowAnyException();
        scheduler.access.refuseTypes("command");
        refused(() -> runs.require(job));
    }

    @Test
    void aRunIsNotRefusedIfItsSubmitWasChecked() {
        scheduler.handlers.come("command");
        Job job = ann.job(ann.submit(command().key("k").build()).id());
        PrivilegedRuns runs = new PrivilegedRuns(scheduler.memory, scheduler.access);
        scheduler.access.refuseTypes("command");
        assertThatCode(() -> runs.require(job)).doesNotThrowAnyException();
    }

    @Test
    void aSubmitThatReplacedTheJobCountsForTheRun() {
        scheduler.handlers.come("echo");
        JobId id = ann.submit(
                        JobSpecification.type("echo").payload(Map.of()).key("k").build())
                .id();
        ann.submit(command().key("k").keyPolicy(KeyPolicy.REPLACE).build());
        scheduler.access.refuseTypes("command");
        refused(() -> new PrivilegedRuns(scheduler.memory, scheduler.access).require(ann.job(id)));
    }
}
