// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobStep;
import io.jobyard.api.LogLine;
import io.jobyard.api.Progress;
import io.jobyard.api.Reason;
import io.jobyard.api.StreamPiece;
import io.jobyard.api.handler.TypeOf;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.text.StackLines;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.worker.ReadableJson;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Job of a {@link TestHost}. Each method returns the current state. Safe for use by several threads. */
public final class TestJob {

    private static final Set<Reason> WAITS = EnumSet.of(Reason.SLEEP, Reason.SIGNAL, Reason.CHILDREN, Reason.CALLBACK);

    static final int MOST_WAITS = 1_000;

    private final JobId id;
    private final Engine engine;

    /**
     * Remaining amount that a handler reported with {@code context.remaining}.
     *
     * @param left the remaining amount
     * @param until when the amount is reset
     */
    public record Remaining(double left, Instant until) {}

    TestJob(JobId id, Engine engine) {
        this.id = id;
        this.engine = engine;
    }

    /**
     * {@return this job} Waits until the job has ended, or waits for time or for an action of the test. The clock stands.
     *
     * @throws IllegalStateException if a handler runs for more than 60 s of wall clock time
     */
    public TestJob await() {
        engine.settle(this::isFinished);
        return this;
    }

    /** Returns whether the job is finished and its last run has ended. */
    boolean isFinished() {
        return status().isFinished() && !engine.life().workers.isBusyWith(id);
    }

    /**
     * {@return this job} Waits until the job has ended. Advances the clock whenever the job waits for time, for example for its retry.
     *
     * @throws IllegalStateException if the job waits for something else, or waits repeatedly
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

    /** Advances the clock to the next due time of a job. */
    void passTime() {
        Instant due = store().nextDue().orElseThrow(() -> new IllegalStateException(this + " waits for no time"));
        Duration until = Duration.between(engine.clock().instant(), due);
        engine.advance(until.isNegative() ? Duration.ZERO : until);
    }

    private InMemoryStore store() {
        return engine.life().store;
    }

    /**
     * {@return this job} Waits until the job waits without a worker: for time, a signal, jobs or the answer to a callback. The clock
     * stands.
     *
     * @throws IllegalStateException if the job ends, or waits for something else, for example a retry
     */
    public TestJob awaitWaiting() {
        if (await().status() != JobStatus.WAITING || !WAITS.contains(reason())) {
            throw new IllegalStateException(this + " and waits for nothing that its handler has asked for");
        }
        return this;
    }

    /**
     * Sends a signal to the job, even before the job waits for it.
     *
     * @param name the signal's name
     * @param value a JSON value
     * @return this job
     * @throws io.jobyard.api.StateConflictException if the job has ended
     */
    public TestJob signal(String name, @Nullable Object value) {
        engine.ask(jobs -> jobs.signal(id, name, value));
        engine.turn();
        return this;
    }

    /**
     * Answers a callback of the job, like the external system.
     *
     * @param token the token from the handler
     * @param value a JSON value
     * @return this job
     * @throws io.jobyard.api.StateConflictException if the callback is already answered, or the job has ended
     */
    public TestJob answer(String token, @Nullable Object value) {
        engine.ask(jobs -> jobs.completeCallback(token, value));
        engine.turn();
        return this;
    }

    /**
     * Answers a callback of the job with an error, like the external system.
     *
     * @param token the token from the handler
     * @param error the error message
     * @return this job
     * @throws io.jobyard.api.StateConflictException if the callback is already answered, or the job has ended
     */
    public TestJob fail(String token, String error) {
        engine.ask(jobs -> jobs.failCallback(token, error));
        engine.turn();
        return this;
    }

    /**
     * Cancels the job. A handler that has begun is asked to end; {@link #await} waits for its end.
     *
     * @return this job
     * @throws io.jobyard.api.StateConflictException if the job has ended
     */
    public TestJob cancel() {
        engine.awaitBegun();
        engine.ask(jobs -> jobs.cancel(id));
        engine.turn();
        return this;
    }

    /** {@return the job's id, for example for a dependency} */
    public JobId id() {
        return id;
    }

    /** {@return a snapshot of the job with its terms and state} */
    public Job job() {
        return engine.ask(jobs -> jobs.job(id));
    }

    /** {@return the job's current status} */
    public JobStatus status() {
        return job().status();
    }

    /** {@return the reason for the status; null if the status needs none} */
    public @Nullable Reason reason() {
        return job().state().reason();
    }

    /** {@return the error of the latest run that did not complete; null without such a run} */
    public @Nullable String error() {
        return job().state().error();
    }

    /**
     * {@return the handler's result as it was stored, a JSON object}
     *
     * @throws IllegalStateException if the job has not completed; the message contains its state
     */
    public Map<String, Object> result() {
        return result(new TypeOf<>() {});
    }

    /**
     * {@return the handler's result as it was stored, as an object of a class}
     *
     * @param <T> class of the result
     * @param as class of the result
     * @throws IllegalStateException if the job has not completed
     * @throws io.jobyard.api.handler.PermanentException if its result does not match the class
     */
    public <T> T result(Class<T> as) {
        return result(TypeOf.of(as));
    }

    /**
     * {@return the handler's result like {@link #result(Class)}, as a generic type}
     *
     * @param <T> type of the result
     * @param as the type, as {@code new TypeOf<Map<String, Finding>>() {}}
     */
    public <T> T result(TypeOf<T> as) {
        return ReadableJson.read(this + ": its result", resultText(), as.type());
    }

    /** Returns the stored JSON of the result. */
    String resultText() {
        String stored = store().results(List.of(id)).get(id);
        if (status() != JobStatus.COMPLETED || stored == null) {
            throw new IllegalStateException(this + " has no result");
        }
        return stored;
    }

    /** {@return the handler's log lines from finished runs, oldest first} */
    public List<String> log() {
        return StackLines.without(store().log(id)).stream().map(LogLine::text).toList();
    }

    /**
     * Returns the latest progress that the handler reported.
     *
     * @return the progress; empty if the handler reported none
     */
    public Optional<Progress> progress() {
        return engine.life().workers.progress(id);
    }

    /**
     * Returns the usage that the handler reported, in all runs.
     *
     * @param unit for example {@code tokens}
     * @return the sum; 0 if the handler reported nothing for the unit
     */
    public double used(String unit) {
        return engine.around.notes().used(id, unit);
    }

    /**
     * Returns the latest remaining amount that the handler reported.
     *
     * @param unit for example {@code tokens}
     * @return the amount; empty if the handler reported none for the unit
     */
    public Optional<Remaining> remaining(String unit) {
        return engine.around.notes().remaining(id, unit);
    }

    /** {@return the stored steps and waits of the job, in order, followed by those that a retry has dropped} */
    public List<JobStep> steps() {
        return store().work().steps(id).stream().map(StoredStep::told).toList();
    }

    /**
     * Returns how often the work of a step began, in all runs and incarnations of the host.
     *
     * @param step the step's name
     * @return 0 if the work never began
     */
    public int worked(String step) {
        return workedIn(step).size();
    }

    /** Returns the runs in which the work of a step began, once for each time. */
    List<Integer> workedIn(String step) {
        return engine.around.notes().worked(id, step);
    }

    /** {@return the emitted text of all runs, in order} */
    public String stream() {
        return store().work().stream(id, 0, Integer.MAX_VALUE).stream()
                .map(StreamPiece::text)
                .collect(Collectors.joining());
    }

    /** {@return all changes of the job, oldest first} */
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
