// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.AccessException;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.JobStatus;
import io.jobyard.api.KeyPolicy;
import io.jobyard.api.StepKind;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.StoredStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Jobs that a run submits and does not wait for. */
class SubmitsOfRunsTest {

    private final SchedulerFixture scheduler = new SchedulerFixture();
    private final JobId origin = scheduler.submit();
    private final Assignment run = scheduler.claim(origin);

    @Test
    void aJobBelongsToTheSubmitterOfItsJobAndItsHistoryNamesBothAndTheJob() {
        JobId job = submit(SchedulerFixture.spec());
        assertThat(scheduler.job(job).submitter()).isEqualTo("alice");
        assertThat(scheduler.last(job).who()).isEqualTo("alice, by bundle test");
        assertThat(scheduler.last(job).why()).isEqualTo("submitted by job " + origin);
    }

    @Test
    void itsIdIsTheResultOfAStepOfTheSameCommit() {
        JobId job = submit(SchedulerFixture.spec());
        assertThat(scheduler.memory.work().steps(origin)).singleElement().satisfies(step -> {
            assertThat(step.name()).isEqualTo("submit 1");
            assertThat(step.kind()).isEqualTo(StepKind.STEP);
            assertThat(step.isFinished()).isTrue();
            assertThat(step.value()).isEqualTo("\"" + job + "\"");
            assertThat(step.children()).isEmpty();
        });
    }

    @Test
    void itIsIndependentOfTheJobThatSubmittedIt() {
        JobId job = submit(SchedulerFixture.spec());
        scheduler.manager.cancel(origin);
        scheduler.finish(run, new Outcome.Cancelled());
        scheduler.tidy();
        assertThat(scheduler.status(origin)).isEqualTo(JobStatus.CANCELLED);
        assertThat(scheduler.status(job)).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void itsKeyIsTheSubmitters() {
        JobId holder = scheduler.submit(SchedulerFixture.spec().key("k"));
        assertThat(submit(SchedulerFixture.spec().key("k"))).isEqualTo(holder);
        assertThat(scheduler.memory.work().steps(origin)).hasSize(1);
    }

    @Test
    void itReplacesAJobAsAnyOtherSubmitDoes() {
        JobId holder = scheduler.submit(SchedulerFixture.spec()
                .key("k")
                .notBefore(scheduler.clock.instant().plus(Duration.ofHours(1))));
        JobSpecificationBuilder other =
                JobSpecification.type("work").payload(Map.of("n", 2)).key("k").keyPolicy(KeyPolicy.REPLACE);
        assertThat(submit(other)).isEqualTo(holder);
        assertThat(scheduler.memory.payload(holder)).contains("{\"n\":2}");
        assertThat(scheduler.last(holder).why()).contains("submitted by job " + origin);
    }

    @Test
    void nothingIsSubmittedWithoutThePermissionsOfBoth() {
        scheduler.access.deny("bundle test");
        refused("bundle test has no permissions");
        scheduler.access.deny("a job of alice");
        refused("a job of alice has no permissions");
        scheduler.access.deny("bundle another", "a job of bob");
        assertThat(scheduler.status(submit(SchedulerFixture.spec()))).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void theDependenciesAreJobsThatTheSubmitterMaySee() {
        JobId own = submit(SchedulerFixture.spec());
        JobId others = scheduler
                .of(Caller.user("bob"))
                .submit(SchedulerFixture.spec().build())
                .id();
        scheduler.access.allow(Permission.SUBMIT, Permission.VIEW);
        Optional<StoredStep> second = scheduler.engine.submit(
                run, step(2), List.of(SchedulerFixture.spec().dependsOn(own).build()));
        assertThat(second).isPresent();
        assertThatThrownBy(() -> scheduler.engine.submit(
                        run,
                        step(3),
                        List.of(SchedulerFixture.spec().dependsOn(others).build())))
                .isInstanceOf(AccessException.class);
        assertThat(scheduler.memory.work().steps(origin)).hasSize(2);
    }

    @Test
    void aRunThatIsOverSubmitsNone() {
        scheduler.finish(run, new Outcome.Completed("{}"));
        assertThat(scheduler.engine.submit(
                        run, step(1), List.of(SchedulerFixture.spec().build())))
                .isEmpty();
        assertThat(scheduler.claim(10)).isEmpty();
    }

    private void refused(String message) {
        assertThatThrownBy(() -> submit(SchedulerFixture.spec()))
                .isInstanceOf(AccessException.class)
                .hasMessage(message);
        assertThat(scheduler.memory.work().steps(origin)).isEmpty();
    }

    private JobId submit(JobSpecificationBuilder specification) {
        StoredStep stored = scheduler
                .engine
                .submit(run, step(1), List.of(specification.build()))
                .orElseThrow();
        return JobId.of(stored.value().replace("\"", ""));
    }

    private StoredStep step(int number) {
        return StoredStep.begun(number, "submit " + number, StepKind.STEP, 1, scheduler.clock.instant(), null, null);
    }
}
