// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StepKind;
import io.jobyard.api.ValidationException;
import io.jobyard.api.handler.ChildJob;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.TypeOf;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.steps.StoredStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Submits child jobs of a job once, and waits without a worker until all have ended. For one thread at a time. */
final class ChildWaits {

    private static final int MOST = 1_000;
    private static final String GONE = "it was removed before its result was read: increase the retention of its type";

    private final Run run;
    private final RunServices host;
    private final StepPositions positions;
    private final StepValues values;
    private final StepKeeper keeper;
    private final RunWaits waits;

    ChildWaits(
            Run run, RunServices host, StepPositions positions, StepValues values, StepKeeper keeper, RunWaits waits) {
        this.run = run;
        this.host = host;
        this.positions = positions;
        this.values = values;
        this.keeper = keeper;
        this.waits = waits;
    }

    List<ChildJob> children(List<JobSpecification> specifications) {
        if (specifications.isEmpty() || specifications.size() > MOST) {
            throw new ValidationException(
                    "children(…): number of jobs out of range (" + specifications.size() + "): use 1 to " + MOST);
        }
        StepPositions.StepPosition position = positions.wait(StepKind.CHILDREN);
        StoredStep wait = position.stored();
        if (wait == null) {
            throw waits.suspended(submitted(position, specifications));
        }
        if (wait.isFinished() && isRevived(wait)) {
            wait = wait.reopened();
            keeper.end(wait);
        }
        return children(wait.isFinished() ? wait : over(wait));
    }

    /** Returns whether a failed child was retried, and no stored step depends on its failure. Then the wait applies to its next end. */
    private boolean isRevived(StoredStep wait) {
        List<JobId> bad = positions.isLast(wait)
                ? children(wait).stream()
                        .filter(child -> child.status() != JobStatus.COMPLETED)
                        .map(ChildJob::id)
                        .toList()
                : List.of();
        return !bad.isEmpty()
                && host.stores().reads().jobs(bad).values().stream()
                        .map(job -> job.job().status())
                        .anyMatch(status -> !status.isFinished() || status == JobStatus.COMPLETED);
    }

    /** Submits the children. Runs without the lock of the run, because it waits for the store, which rejects it after the run's outcome. */
    private StoredStep submitted(StepPositions.StepPosition position, List<JobSpecification> specifications) {
        StoredStep wait = StoredStep.begun(
                position.number(), position.name(), position.kind(), run.number(), keeper.now(), null, null);
        keeper.settle(wait);
        return run.signs()
                .during(() -> host.scheduler().submit(run.assignment, wait, specifications))
                .orElseThrow(() -> run.lost(StepKeeper.name(wait)));
    }

    private StoredStep over(StoredStep wait) {
        Map<JobId, StoredJob> jobs = host.stores().reads().jobs(wait.children());
        if (jobs.values().stream().anyMatch(job -> !job.job().status().isFinished())) {
            List<JobId> there =
                    wait.children().stream().filter(jobs::containsKey).toList();
            throw waits.suspended(wait.of(there)); // a signal woke the job, or a child was retried
        }
        Map<JobId, String> results = host.stores().reads().results(wait.children());
        long characters = results.values().stream().mapToLong(String::length).sum();
        if (characters > host.limits().maxBatchBytes()) {
            throw new PermanentException(
                    "out of range: the results of the children of '" + wait.name() + "' have " + characters
                            + " characters in total (max.batch.bytes = "
                            + host.limits().maxBatchBytes()
                            + "); return references instead, or raise max.batch.bytes in io.jobyard.scheduler and retry the job");
        }
        ArrayNode ends = JsonNodeFactory.instance.arrayNode();
        wait.children().forEach(id -> ends.add(end(id, jobs.get(id), results.get(id))));
        StoredStep over = wait.ended(keeper.now(), null, ends.toString());
        keeper.end(over);
        return over;
    }

    private JsonNode end(JobId id, @Nullable StoredJob job, @Nullable String result) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id.toString())
                .put("status", (job == null ? JobStatus.FAILED : job.job().status()).text())
                .put("error", job == null ? GONE : job.job().state().error())
                .set("result", result == null ? null : values.read(id.toString(), result, JsonNode.class));
    }

    private List<ChildJob> children(StoredStep over) {
        List<ChildJob> children = new ArrayList<>();
        Objects.requireNonNull(values.<JsonNode>read(over, JsonNode.class), "it has their ends")
                .forEach(end -> children.add(new EndedChild(
                        JobId.of(end.get("id").asText()),
                        JobStatus.of(end.get("status").asText()),
                        end.get("error").textValue(),
                        end.get("result").toString(),
                        over.name(),
                        values)));
        return List.copyOf(children);
    }

    /** Child job that has ended. */
    private record EndedChild(
            JobId id, JobStatus status, @Nullable String error, String json, String from, StepValues values)
            implements ChildJob {

        @Override
        @SuppressWarnings("NullAway") // a result may be null; its type then allows it
        public <T> T result(TypeOf<T> type) {
            if (status != JobStatus.COMPLETED) {
                throw new PermanentException(
                        "job " + id + ", for which this job waited, is " + status.text() + ": " + error
                                + "; retry this job to retry that job, or retry from '" + from
                                + "' to submit all of them again");
            }
            return values.read("job " + id, json, type.type());
        }
    }
}
