// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.AccessException;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.store.AdmittedJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs that a handler submits and does not wait for. */
@Timeout(60)
class RunSubmitsTest {

    private static final JobSpecification OTHER = JobSpecification.type("other").build();

    private final StepFixture job = new StepFixture();
    private final List<JobId> submitted = new ArrayList<>();

    @BeforeEach
    void submit() {
        job.workers.submitted = (run, step, jobs) -> {
            assertThat(jobs).containsExactly(OTHER);
            List<AdmittedJob> admitted = job.children(1);
            JobId id = admitted.get(0).stored().id();
            StoredStep done = step.ended(step.startedAt(), null, "\"" + id + "\"");
            boolean stored = job.workers.store.work().admit(run, done, admitted).join();
            submitted.add(id);
            return stored ? Optional.of(done) : Optional.empty();
        };
    }

    @Test
    void eachJobIsSubmittedOnceHoweverOftenTheHandlerRuns() {
        JobHandler handler = context -> {
            JobId first = context.submit(OTHER);
            context.step("between", Integer.class, () -> 1);
            return Map.of("ids", first + " " + context.submit(OTHER));
        };
        String result = job.completed(handler);
        assertThat(job.completed(handler))
                .isEqualTo(result)
                .isEqualTo("{\"ids\":\"" + submitted.get(0) + " " + submitted.get(1) + "\"}");
        assertThat(submitted).hasSize(2);
        assertThat(job.steps()).extracting(StoredStep::name).containsExactly("submit 1", "between", "submit 2");
    }

    @Test
    void aHandlerThatSubmitsElsewhereInALaterRunFailsForGood() {
        job.completed(context -> Map.of("id", context.submit(OTHER).toString()));
        Outcome.Failed failed = job.failed(context -> {
            context.step("draft", Integer.class, () -> 1);
            return Map.of();
        });
        assertThat(failed.permanent()).isTrue();
        assertThat(failed.error()).startsWith("step 1 was 'submit 1' in run 1 and is 'draft' now: ");
    }

    @Test
    void aRetryFromTheSubmitSubmitsAgain() {
        JobHandler handler = context -> Map.of("id", context.submit(OTHER).toString());
        job.completed(handler);
        job.dropFrom("submit 1");
        assertThat(job.completed(handler)).contains(submitted.get(1).toString());
    }

    @Test
    void aRunThatHasLostItsJobSubmitsNone() {
        Run run = job.begin(context -> {
            job.lose();
            return Map.of("id", context.submit(OTHER).toString());
        });
        assertThat(job.workers.execute(run)).isInstanceOf(Outcome.GivenBack.class);
        assertThat(job.steps()).isEmpty();
    }

    @Test
    void aRejectionIsTheHandlersToHandleAndStoresNothing() {
        job.workers.submitted = (run, step, jobs) -> {
            throw new AccessException("bundle test may not submit jobs", "submit");
        };
        assertThat(job.completed(context -> {
                    assertThatThrownBy(() -> context.submit(OTHER)).isInstanceOf(AccessException.class);
                    return Map.of();
                }))
                .isEqualTo("{}");
        assertThat(job.steps()).isEmpty();
    }

    @Test
    void onlyTheHandlersOwnThreadSubmits() {
        job.completed(context -> {
            assertThatThrownBy(() -> CompletableFuture.runAsync(() -> context.submit(OTHER))
                            .join())
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("'submit' is not allowed: only the handler's own thread");
            return Map.of();
        });
        assertThat(submitted).isEmpty();
    }
}
