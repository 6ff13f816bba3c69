// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobResult;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Progress;
import io.jobyard.api.StatusReporter;
import io.jobyard.doubles.Stub;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JobViewTest {

    private static final JobId ID = new JobId(new UUID(1, 2));

    private final List<String> asked = new ArrayList<>();
    private final StatusReporter reporter = Stub.<StatusReporter>of(StatusReporter.class)
            .with("queue", "default")
            .with("dependencies", List.of())
            .with("hidesPayload", false)
            .with("payload", Map.of())
            .with("history", List.of())
            .with("signals", List.of())
            .with("steps", List.of())
            .with("uses", List.of())
            .with("progress", Optional.of(new Progress(1, 2, "half", Instant.EPOCH)))
            .with(
                    "result",
                    new JobResult(ID, JobStatus.COMPLETED, Map.of("a", 1), null, Instant.EPOCH, Instant.EPOCH, null))
            .first((method, arguments) -> asked.add(method))
            .get();

    @Test
    void ofAJobThatHasNotRunOnlyTheFieldsThatItCanHaveAreRead() {
        Map<String, Object> json = JobView.JOB.json(new Reported<>(job(JobStatus.WAITING, 0), reporter));
        assertThat(asked)
                .containsExactlyInAnyOrder(
                        "queue", "dependencies", "hidesPayload", "payload", "history", "hidesPayload", "signals");
        assertThat(json)
                .containsEntry("used", Map.of())
                .containsEntry("steps", List.of())
                .containsEntry("result", null)
                .containsEntry("progress", null);
    }

    @Test
    void theProgressIsReadDuringARunAndTheResultAfterIt() {
        assertThat(JobView.JOB.json(new Reported<>(job(JobStatus.RUNNING, 1), reporter)))
                .containsEntry("result", null)
                .extractingByKey("progress")
                .isNotNull();
        assertThat(JobView.JOB.json(new Reported<>(job(JobStatus.COMPLETED, 1), reporter)))
                .containsEntry("result", Map.of("a", 1))
                .containsEntry("progress", null);
        assertThat(asked).containsOnlyOnce("progress", "result").contains("steps", "uses");
    }

    private static Job job(JobStatus status, int run) {
        JobTerms terms = new JobTerms(
                "echo",
                new JobTerms.RoutingTerms(null, 5, null),
                new JobTerms.RunRules(Duration.ofSeconds(60), 3),
                new JobTerms.DependencyTerms(DependencyPolicy.FAIL, Map.of()),
                new JobTerms.JobTimes(null, null, null),
                new JobTerms.Identity(null, null, Map.of(), null, null, null),
                new JobTerms.JobDemand(List.of(), Map.of()));
        JobState state = new JobState(
                status,
                null,
                Instant.EPOCH,
                null,
                null,
                new JobState.RunState(run, run, null, run == 0 ? null : "here", null, null));
        return new Job(ID, "ann", Instant.EPOCH, terms, state);
    }
}
