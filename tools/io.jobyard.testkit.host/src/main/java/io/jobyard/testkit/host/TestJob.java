// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobStep;
import io.jobyard.api.LogLine;
import io.jobyard.api.Progress;
import io.jobyard.api.Reason;
import io.jobyard.api.StreamPiece;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.text.StackLines;
import io.jobyard.testkit.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A job of a {@link TestHost}: each question is answered as it is now. Safe for use by several threads. */
public final class TestJob {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Reason> WAITS = EnumSet.of(Reason.SLEEP, Reason.SIGNAL, Reason.CHILDREN, Reason.CALLBACK);

    static final int MOST_WAITS = 1_000;

    private final JobId id;
    private final Engine engine;

    /**
     * What a handler said with {@code context.remaining}.
     *
     * @param left how much is left
     * @param until when the other side has more
     */
    public record Remaining(double left, Instant until) {}

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
        engine.settle(this::isFinished);
        return this;
    }

    /** It has ended, and its last run is out. */
    boolean isFinished() {
        return status().isFinished() && !engine.life().workers.isBusyWith(id);
    }

    /**
     * Waits until the job has ended, and lets time pass whenever it waits for time, as for its next attempt.
     *
     * @return this job
     * @throws IllegalStateException if it waits for something else, or again and again
     */
    public TestJob awaitEnd() {
        for (int waits = 0; waits < MOST_WAITS; waits++) {
            if (await().status().isFinished()) {
                return this;
            }
            passTime();
        }
        throw new IllegalStateException(this + " waits again and again");
    }

    /** Until the next job's time has come. */
    void passTime() {
        Instant due = store().nextDue().orElseThrow(() -> new IllegalStateException(this + " waits for no time"));
        Duration until = Duration.between(engine.clock().instant(), due);
        engine.advance(until.isNegative() ? Duration.ZERO : until);
    }

    private InMemoryStore store() {
        return engine.life().store;
    }

    /**
     * Waits until the job waits without a worker: for time, a signal, jobs or the answer to a callback. The clock stands.
     *
     * @return this job
     * @throws IllegalStateException if it ends, or waits for something else, such as another attempt
     */
    public TestJob awaitWaiting() {
        if (await().status() != JobStatus.WAITING || !WAITS.contains(reason())) {
            throw new IllegalStateException(this + " and waits for nothing that its handler has asked for");
        }
        return this;
    }

    /**
     * Gives the job a signal, also before it waits for it.
     *
     * @param name the signal's name
     * @param value a JSON value
     * @return this job
     * @throws io.jobyard.api.StateConflictException if it has ended
     */
    public TestJob signal(String name, @Nullable Object value) {
        engine.ask(jobs -> jobs.signal(id, name, value));
        engine.turn();
        return this;
    }

    /**
     * Answers a callback of the job, as the other side does.
     *
     * @param token as the handler handed it out
     * @param value a JSON value
     * @return this job
     * @throws io.jobyard.api.StateConflictException if it is answered, or the job has ended
     */
    public TestJob answer(String token, @Nullable Object value) {
        engine.ask(jobs -> jobs.completeCallback(token, value));
        engine.turn();
        return this;
    }

    /**
     * Answers a callback of the job with a failure, as the other side does.
     *
     * @param token as the handler handed it out
     * @param error what went wrong
     * @return this job
     * @throws io.jobyard.api.StateConflictException if it is answered, or the job has ended
     */
    public TestJob fail(String token, String error) {
        engine.ask(jobs -> jobs.failCallback(token, error));
        engine.turn();
        return this;
    }

    /**
     * Cancels the job. If its handler runs, it has begun and is told to end: {@link #await} waits for it.
     *
     * @return this job
     * @throws io.jobyard.api.StateConflictException if it has ended
     */
    public TestJob cancel() {
        engine.awaitBegun();
        engine.ask(jobs -> jobs.cancel(id));
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
        return engine.ask(jobs -> jobs.job(id));
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
        try {
            return JSON.readValue(resultText(), new TypeReference<Map<String, Object>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(this + ": its result cannot be read", e);
        }
    }

    /** As it is stored. */
    String resultText() {
        String stored = store().results(List.of(id)).get(id);
        if (status() != JobStatus.COMPLETED || stored == null) {
            throw new IllegalStateException(this + " has no result");
        }
        return stored;
    }

    /**
     * What the handler wrote to the job's log, in runs that have ended.
     *
     * @return the lines, the oldest first
     */
    public List<String> log() {
        return StackLines.without(store().log(id)).stream().map(LogLine::text).toList();
    }

    /**
     * The latest progress that the handler reported.
     *
     * @return empty if it reported none
     */
    public Optional<Progress> progress() {
        return engine.life().workers.progress(id);
    }

    /**
     * How much the handler says it has used, in all runs.
     *
     * @param unit such as {@code tokens}
     * @return the sum; 0 if it said nothing of the unit
     */
    public double used(String unit) {
        return engine.around.notes().used(id, unit);
    }

    /**
     * What the handler said last that the other side has left.
     *
     * @param unit such as {@code tokens}
     * @return empty if it said nothing of the unit
     */
    public Optional<Remaining> remaining(String unit) {
        return engine.around.notes().remaining(id, unit);
    }

    /**
     * The steps and waits of the job, as they are stored.
     *
     * @return in their order; behind them those that a retry has dropped
     */
    public List<JobStep> steps() {
        return store().work().steps(id).stream().map(StoredStep::told).toList();
    }

    /**
     * How often the work of a step was begun, in all runs and lives of the host.
     *
     * @param step its name
     * @return 0 if it never was
     */
    public int worked(String step) {
        return workedIn(step).size();
    }

    /** In which runs, each time. */
    List<Integer> workedIn(String step) {
        return engine.around.notes().worked(id, step);
    }

    /**
     * What the handler has emitted, in all runs.
     *
     * @return the text of all pieces, in order
     */
    public String stream() {
        return store().work().stream(id, 0, Integer.MAX_VALUE).stream()
                .map(StreamPiece::text)
                .collect(Collectors.joining());
    }

    /**
     * Every change of the job.
     *
     * @return the oldest first
     */
    public List<HistoryEvent> history() {
        return store().history(id);
    }

    @Override
    public String toString() {
        Job now = job();
        Reason why = now.state().reason();
        String reason = why == null ? "" : " (" + why.text() + ")";
        String error = now.state().error() == null ? "" : ": " + now.state().error();
        return now.type() + " job " + id + " is " + now.status().text() + reason + error
                + engine.around.notes().deaths();
    }
}
