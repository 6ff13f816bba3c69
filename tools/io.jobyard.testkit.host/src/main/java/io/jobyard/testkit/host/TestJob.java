// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LogLine;
import io.jobyard.api.Progress;
import io.jobyard.api.Reason;
import io.jobyard.api.spi.StackLines;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A job of a {@link TestHost}: each question is answered as it is now. Safe for use by several threads. */
public final class TestJob {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_WAITS = 1_000;

    private final JobId id;
    private final Engine engine;

    TestJob(JobId id, Engine engine) {
        this.id = id;
        this.engine = engine;
    }

    /**
     * Waits until the job has ended, or waits for something that only time or the test can bring. The clock stands.
     *
     * @return this job
     * @throws IllegalStateException if a handler runs for more than 60 s of the wall clock
     */
    public TestJob await() {
        engine.settle(() -> status().isFinal());
        return this;
    }

    /**
     * Waits until the job has ended, and lets time pass whenever it waits for time, as for its next attempt.
     *
     * @return this job
     * @throws IllegalStateException if it waits for something else, or again and again
     */
    public TestJob awaitEnd() {
        for (int waits = 0; waits < MOST_WAITS; waits++) {
            if (await().status().isFinal()) {
                return this;
            }
            Instant due =
                    engine.store.nextDue().orElseThrow(() -> new IllegalStateException(this + " waits for no time"));
            Duration until = Duration.between(engine.clock.instant(), due);
            engine.advance(until.isNegative() ? Duration.ZERO : until);
        }
        throw new IllegalStateException(this + " waits again and again");
    }

    /**
     * Cancels the job. If its handler runs, it has begun and is told to end: {@link #await} waits for it.
     *
     * @return this job
     * @throws io.jobyard.api.StateConflictException if it has ended
     */
    public TestJob cancel() {
        engine.awaitBegun();
        engine.jobs.cancel(id);
        engine.turn();
        return this;
    }

    /**
     * The job's name.
     *
     * @return to depend on it
     */
    public JobId id() {
        return id;
    }

    /**
     * The job with its terms and state.
     *
     * @return a snapshot
     */
    public Job job() {
        return engine.jobs.job(id);
    }

    /**
     * Its status.
     *
     * @return as it is now
     */
    public JobStatus status() {
        return job().status();
    }

    /**
     * Why it is in its status.
     *
     * @return null where the status alone says it
     */
    public @Nullable Reason reason() {
        return job().state().reason();
    }

    /**
     * What went wrong in the latest run that did not complete.
     *
     * @return null if nothing did
     */
    public @Nullable String error() {
        return job().state().error();
    }

    /**
     * What the handler returned, as it was stored.
     *
     * @return a JSON object
     * @throws IllegalStateException if the job has not completed; says what became of it
     */
    public Map<String, Object> result() {
        String stored = engine.store.results(List.of(id)).get(id);
        if (status() != JobStatus.COMPLETED || stored == null) {
            throw new IllegalStateException(this + " has no result");
        }
        try {
            return JSON.readValue(stored, new TypeReference<Map<String, Object>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(this + ": its result cannot be read", e);
        }
    }

    /**
     * What the handler wrote to the job's log, in runs that have ended.
     *
     * @return the lines, the oldest first
     */
    public List<String> log() {
        return StackLines.without(engine.store.log(id)).stream()
                .map(LogLine::text)
                .toList();
    }

    /**
     * The latest progress that the handler reported.
     *
     * @return empty if it reported none
     */
    public Optional<Progress> progress() {
        return engine.workers.progress(id);
    }

    /**
     * How much the handler says it has used, in all runs.
     *
     * @param unit such as {@code tokens}
     * @return the sum; 0 if it said nothing of the unit
     */
    public double used(String unit) {
        return engine.workers.used(id, unit);
    }

    /**
     * Every change of the job.
     *
     * @return the oldest first
     */
    public List<HistoryEvent> history() {
        return engine.store.history(id);
    }

    @Override
    public String toString() {
        Job now = job();
        Reason why = now.state().reason();
        String reason = why == null ? "" : " (" + why.text() + ")";
        String error = now.state().error() == null ? "" : ": " + now.state().error();
        return now.type() + " job " + id + " is " + now.status().text() + reason + error;
    }
}
