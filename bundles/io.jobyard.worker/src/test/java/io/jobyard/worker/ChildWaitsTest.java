// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobType;
import io.jobyard.api.ValidationException;
import io.jobyard.api.handler.ChildJob;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.RunOutput;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.store.AdmittedJob;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs that a handler submits and waits for. */
@Timeout(60)
class ChildWaitsTest {

    private final StepFixture job = new StepFixture();
    private final List<List<JobSpecification>> submitted = new ArrayList<>();
    private final List<JobSpecification> two = List.of(
            JobSpecification.type("child").build(),
            JobSpecification.type("child").build());

    record Count(int words) {}

    @BeforeEach
    void submit() {
        job.workers.submitted = (run, wait, children) -> {
            submitted.add(children);
            List<AdmittedJob> admitted = job.children(children.size());
            StoredStep of =
                    wait.of(admitted.stream().map(child -> child.stored().id()).toList());
            return job.workers.store.work().admit(run, of, admitted).join() ? Optional.of(of) : Optional.empty();
        };
    }

    @Test
    void childrenAreSubmittedOnceAndTheirEndsAreThereInTheirOrderInEveryRun() {
        JobHandler handler = context -> {
            List<ChildJob> children = context.children(two);
            assertThatThrownBy(() -> children.get(1).result(Count.class))
                    .isInstanceOf(PermanentException.class)
                    .hasMessage(
                            "job " + children.get(1).id() + ", for which this job waited, is failed: no such file"
                                    + "; retry this job to retry that job, or retry from 'children 1' to submit all of them again");
            return Map.of(
                    "words", children.get(0).result(Count.class).words(),
                    "error", children.get(1).error(),
                    "none", String.valueOf(children.get(0).error()),
                    "all", children.stream().map(ChildJob::status).toList());
        };
        StoredStep wait = waits(handler);
        assertThat(wait.name()).isEqualTo("children 1");
        List<JobId> ids = wait.children();
        job.end(ids.get(1), JobStatus.FAILED, "no such file", null);
        assertThat(waits(handler).children()).isEqualTo(ids); // somebody has woken it too early
        job.end(ids.get(0), JobStatus.COMPLETED, null, "{\"words\":3}");
        String result = job.completed(handler);
        assertThat(result)
                .contains(
                        "\"words\":3",
                        "\"error\":\"no such file\"",
                        "\"none\":\"null\"",
                        "\"all\":[\"COMPLETED\",\"FAILED\"]");
        assertThat(job.completed(handler)).isEqualTo(result);
        assertThat(submitted).containsExactly(two);
    }

    @Test
    void aChildThatWasRetriedIsWaitedForAgainUntilSomethingIsStoredAfterItsEnd() {
        boolean[] further = {false};
        JobHandler handler = context -> {
            ChildJob second = context.children(two).get(1);
            if (further[0]) {
                context.step("further", Integer.class, () -> 1);
            }
            return Map.of("status", second.status());
        };
        List<JobId> ids = waits(handler).children();
        job.end(ids.get(0), JobStatus.COMPLETED, null, "{}");
        job.end(ids.get(1), JobStatus.FAILED, "no such file", null);
        assertThat(job.completed(handler)).contains("FAILED");
        job.end(ids.get(1), JobStatus.QUEUED, null, null);
        assertThat(waits(handler).children()).isEqualTo(ids);
        assertThat(job.steps())
                .singleElement()
                .satisfies(wait -> assertThat(wait.isFinished()).isFalse());
        job.end(ids.get(1), JobStatus.FAILED, "again", null);
        further[0] = true;
        assertThat(job.completed(handler)).contains("FAILED");
        job.end(ids.get(1), JobStatus.COMPLETED, null, "{}");
        assertThat(job.completed(handler)).contains("FAILED");
        assertThat(submitted).containsExactly(two);
    }

    @Test
    void aResultThatDoesNotFitIsNamedByItsJob() {
        JobHandler handler = context ->
                Map.of("n", context.children(two).get(0).result(Count.class).words());
        List<JobId> ids = waits(handler).children();
        job.end(ids.get(0), JobStatus.COMPLETED, null, "{\"words\":\"three\"}");
        job.end(ids.get(1), JobStatus.CANCELLED, null, null);
        Outcome.Failed failed = job.failed(handler);
        assertThat(failed.permanent()).isTrue();
        assertThat(failed.error()).startsWith("the value of 'job " + ids.get(0) + "' does not match Count at words: ");
    }

    @Test
    void childrenOfOneTypeGiveTheirResultsInTheOrderOfTheirPayloads() {
        record Text(String text) {}
        JobType<Text, Count> count = JobType.of("count", Text.class, Count.class);
        List<Text> texts = List.of(new Text("a b c"), new Text("d"));
        JobHandler handler = context -> Map.of(
                "words",
                context.children(count, texts).stream().map(Count::words).toList());
        List<JobId> ids = waits(handler).children();
        assertThat(submitted).hasSize(1);
        assertThat(submitted.get(0))
                .extracting(JobSpecification::type, JobSpecification::payload)
                .containsExactly(tuple("count", texts.get(0)), tuple("count", texts.get(1)));
        job.end(ids.get(1), JobStatus.COMPLETED, null, "{\"words\":1}");
        job.end(ids.get(0), JobStatus.COMPLETED, null, "{\"words\":3}");
        assertThat(job.completed(handler)).isEqualTo("{\"words\":[3,1]}");
    }

    @Test
    void aFailedChildOfOneTypeFailsItsParentWithItsError() {
        JobType<Map<String, Object>, Count> count = new JobType<>("count", objects(), Count.class);
        JobHandler handler = context ->
                Map.of("n", context.children(count, List.of(Map.of())).size());
        List<JobId> ids = waits(handler).children();
        job.end(ids.get(0), JobStatus.FAILED, "no such file", null);
        Outcome.Failed failed = job.failed(handler);
        assertThat(failed.permanent()).isTrue();
        assertThat(failed.error()).contains("is failed: no such file");
    }

    @SuppressWarnings("unchecked") // a class has no type parameters
    private static Class<Map<String, Object>> objects() {
        return (Class<Map<String, Object>>) (Class<?>) Map.class;
    }

    @Test
    void aRunThatHasLostItsJobSubmitsNone() {
        Run run = job.begin(context -> {
            job.lose();
            return Map.of("n", context.children(two).size());
        });
        assertThat(job.workers.execute(run)).isInstanceOf(Outcome.GivenBack.class);
        assertThat(job.steps()).isEmpty();
    }

    @Test
    void asManyJobsAsAllowedAreAskedFor() {
        for (int count : new int[] {0, 1_001}) {
            assertThat(job.completed(context -> {
                        assertThatThrownBy(() -> context.children(Collections.nCopies(count, two.get(0))))
                                .isInstanceOf(ValidationException.class)
                                .hasMessage("children(…): number of jobs out of range (" + count + "): use 1 to 1000");
                        return Map.of();
                    }))
                    .isEqualTo("{}");
        }
        assertThat(submitted).isEmpty();
    }

    @Test
    void resultsThatAreTooLargeTogetherFailForGoodAndAreReadAgainAfterARetry() {
        job.workers.limits.batchBytes = 1_000;
        JobHandler handler = context -> Map.of("n", context.children(two).size());
        List<JobId> ids = waits(handler).children();
        ids.forEach(id -> job.end(id, JobStatus.COMPLETED, null, "{\"text\":\"" + "x".repeat(600) + "\"}"));
        Outcome.Failed failed = job.failed(handler);
        assertThat(failed.permanent()).isTrue();
        assertThat(failed.error())
                .isEqualTo("out of range: the results of the children of 'children 1' have 1222 characters in total"
                        + " (max.batch.bytes = 1000); return"
                        + " references instead, or raise max.batch.bytes in io.jobyard.scheduler and retry the job");
        job.workers.limits.batchBytes = 10_000;
        assertThat(job.completed(handler)).isEqualTo("{\"n\":2}");
        assertThat(submitted).hasSize(1);
    }

    @Test
    void aJobThatIsNotThereAnyMoreCountsAsFailed() {
        JobHandler handler = context -> {
            ChildJob first = context.children(two).get(0);
            return Map.of("status", first.status(), "error", first.error());
        };
        JobId gone = new JobId(new UUID(9, 9));
        job.workers.submitted = (run, wait, children) -> {
            StoredStep of = wait.of(List.of(gone));
            return job.workers
                            .store
                            .work()
                            .keep(run, List.of(of), RunOutput.NONE)
                            .join()
                    ? Optional.of(of)
                    : Optional.empty();
        };
        assertThat(waits(handler).children()).containsExactly(gone);
        assertThat(job.completed(handler))
                .contains("FAILED", "it was removed before its result was read: increase the retention of its type");
    }

    @Test
    void aJobThatIsNotThereAnyMoreIsNotWaitedForBesideOneThatIs() {
        JobHandler handler = context -> Map.of("n", context.children(two).size());
        JobId gone = new JobId(new UUID(9, 9));
        List<AdmittedJob> admitted = job.children(1);
        JobId there = admitted.get(0).stored().id();
        job.workers.submitted = (run, wait, children) -> {
            StoredStep of = wait.of(List.of(gone, there));
            return job.workers.store.work().admit(run, of, admitted).join() ? Optional.of(of) : Optional.empty();
        };
        waits(handler);
        assertThat(waits(handler).children()).containsExactly(there); // the store refuses an edge from the other
        job.end(there, JobStatus.COMPLETED, null, "{}");
        assertThat(job.completed(handler)).contains("\"n\":2");
    }

    private StoredStep waits(JobHandler handler) {
        return ((Outcome.WaitsFor) job.run(handler)).on();
    }
}
