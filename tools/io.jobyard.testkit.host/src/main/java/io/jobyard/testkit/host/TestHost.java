// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.handler.AsyncJobHandler;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobEstimator;
import io.jobyard.api.handler.JobHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A host for unit tests of handlers: admission, queue, scheduler and workers are the real ones, the store is in memory,
 * the clock stands until it is moved, and there is no OSGi.
 *
 * <pre>{@code
 * try (TestHost host = TestHost.with(new WordCount())) {
 *     TestJob job = host.submit(Map.of("text", "to be or not to be")).await();
 *     assertEquals(Map.of("words", 6), job.result());
 * }
 * }</pre>
 *
 * <p>A payload is checked by the schema {@code OSGI-INF/jobs/TYPE.schema.json} on the handler's class path, as the host
 * would. Handlers run on threads of their own, up to four at once. All settings are the host's defaults, but that the
 * delay before another attempt has no jitter: it is 2 s, 4 s, 8 s and so on, at most 600 s. Safe for use by several
 * threads.
 */
public final class TestHost implements AutoCloseable {

    private final String type;
    final Engine engine;

    private TestHost(String type) {
        this.type = type;
        engine = new Engine(type);
    }

    /**
     * Begins a host with one handler, and reads its type, version, limits and heartbeat from its annotation.
     *
     * @param handler of a class with {@link HandlesJob}; its references are the test's task
     * @return a host without jobs
     * @throws IllegalArgumentException if its class has no such annotation
     */
    public static TestHost with(JobHandler handler) {
        return annotated(handler, () -> handler);
    }

    /**
     * Begins a host with one handler like {@link #with(JobHandler)}, of which it makes another one in each of its lives, as a host does: what it keeps in its
     * fields is gone once the host has died.
     *
     * @param handlers makes a handler, of a class with {@link HandlesJob}
     * @return a host without jobs
     * @throws IllegalArgumentException if that class has no such annotation
     */
    public static TestHost making(Supplier<? extends JobHandler> handlers) {
        AtomicReference<@Nullable JobHandler> first = new AtomicReference<>(handlers.get());
        return annotated(Objects.requireNonNull(first.get(), "a handler"), () -> {
            JobHandler made = first.getAndSet(null);
            return made != null ? made : handlers.get();
        });
    }

    /**
     * The same for handlers without annotation.
     *
     * @param type the job type
     * @param handlers makes a handler
     * @return a host without jobs
     */
    public static TestHost making(String type, Supplier<? extends JobHandler> handlers) {
        TestHost host = new TestHost(type);
        host.engine.give(life -> life.handle(handlers.get(), Map.of(HandlesJob.TYPE, type)));
        return host;
    }

    private static TestHost annotated(JobHandler handler, Supplier<? extends JobHandler> handlers) {
        Map<String, Object> properties = HandlerProperties.of(handler);
        TestHost host = new TestHost(HandlerProperties.type(properties));
        host.engine.give(life -> life.handle(handlers.get(), properties));
        return host;
    }

    /**
     * The same for a handler whose work goes on without a thread.
     *
     * @param handler of a class with {@link HandlesJob}
     * @return a host without jobs
     * @throws IllegalArgumentException if its class has no such annotation
     */
    public static TestHost withAsync(AsyncJobHandler handler) {
        Map<String, Object> properties = HandlerProperties.of(handler);
        TestHost host = new TestHost(HandlerProperties.type(properties));
        host.engine.give(life -> life.handleAsync(handler, properties));
        return host;
    }

    /**
     * The same for one that may be a lambda.
     *
     * @param type the job type
     * @param handler does it
     * @return a host without jobs
     */
    public static TestHost withAsync(String type, AsyncJobHandler handler) {
        TestHost host = new TestHost(type);
        host.engine.give(life -> life.handleAsync(handler, Map.of(HandlesJob.TYPE, type)));
        return host;
    }

    /**
     * Begins a host with one handler, which may be a lambda.
     *
     * @param type the job type
     * @param handler does it
     * @return a host without jobs
     */
    public static TestHost with(String type, JobHandler handler) {
        return new TestHost(type).and(type, handler);
    }

    /**
     * Adds a handler of another type, such as one whose results the first one needs.
     *
     * @param other the job type
     * @param handler does it
     * @return this host
     */
    public TestHost and(String other, JobHandler handler) {
        engine.give(life -> life.handle(handler, Map.of(HandlesJob.TYPE, other)));
        return this;
    }

    /**
     * Has somebody estimate what jobs of the first handler's type use: {@code job().terms().estimate()} tells what came of it.
     *
     * @param estimator is asked at submit
     * @return this host
     */
    public TestHost estimating(JobEstimator estimator) {
        engine.give(life -> life.estimate(type, estimator));
        return this;
    }

    /**
     * Gives secrets, to every handler that asks for them by name. What runs tell is redacted of those that they have.
     *
     * @param byName beside those that were given before
     * @return this host
     */
    public TestHost secrets(Map<String, String> byName) {
        engine.around.given().secrets(byName);
        return this;
    }

    /**
     * Says of which units a budget is past its warning threshold, from now on.
     *
     * @param units all of them; none for no unit, as at first
     * @return this host
     */
    public TestHost lowBudgets(String... units) {
        engine.around.given().lowBudgets(Set.of(units));
        return this;
    }

    /**
     * Submits a job of the first handler's type and starts it. Returns while it runs: {@link TestJob#await} waits.
     *
     * @param payload a JSON object
     * @return the job
     * @throws io.jobyard.api.ValidationException if the payload is refused, as by the type's schema
     */
    public TestJob submit(Map<String, ?> payload) {
        return submit(JobSpecification.type(type).payload(payload).build());
    }

    /**
     * Submits a job with all its terms, and starts it if nothing holds it.
     *
     * @param specification of any type
     * @return the job
     * @throws io.jobyard.api.ValidationException if it is refused
     */
    public TestJob submit(JobSpecification specification) {
        JobId id = engine.ask(jobs -> jobs.submit(specification)).id();
        engine.turn();
        return job(id);
    }

    /**
     * A job by its id, such as one that a handler submitted.
     *
     * @param id of a job of this host
     * @return the job
     * @throws io.jobyard.api.JobNotFoundException if there is none
     */
    public TestJob job(JobId id) {
        engine.ask(jobs -> jobs.job(id));
        return new TestJob(id, engine);
    }

    /**
     * Lets time pass. Runs whose timeout is over are told to end, jobs whose time has come start. Handlers that were
     * handed a job have begun before.
     *
     * @param by how much; not negative
     * @return this host
     */
    public TestHost advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time does not go back: " + by);
        }
        engine.advance(by);
        return this;
    }

    /**
     * Has the host die, as by {@code kill -9}, right before a commit: nothing of it is stored. The run gets no further than there, whatever else runs is
     * cut off too, and the host begins its next life, in which the job runs again.
     *
     * <p>Counted are the commits of runs of the first handler: each step, each wait, the end of each wait, and the end of each run, as {@link
     * #commits} tells them. The clock stands meanwhile.
     *
     * @param commit which one from now, from 1
     * @return this host
     */
    public TestHost diesBefore(int commit) {
        engine.around.commits().choose(commit, HostLoss.Side.BEFORE);
        return this;
    }

    /**
     * Has the host die like {@link #diesBefore}, but right after that commit: it is stored, and the run knows nothing of it.
     *
     * @param commit which one from now, from 1
     * @return this host
     */
    public TestHost diesAfter(int commit) {
        engine.around.commits().choose(commit, HostLoss.Side.AFTER);
        return this;
    }

    /**
     * How often the host has died.
     *
     * @return 0 if what it was to die at has not come
     */
    public int deaths() {
        return engine.deaths();
    }

    /** Output that was not stored with the commit after which the host died. */
    List<String> lostOutput() {
        return engine.around.notes().lost();
    }

    /**
     * What runs of the first handler were about to store, such as {@code step 'draft'}; with the commit at which the host died.
     *
     * @return in order
     */
    public List<String> commits() {
        return engine.around.commits().passed();
    }

    /**
     * The host's clock, for handlers that have a {@link Clock}.
     *
     * @return stands until {@link #advance} moves it; at first 2030-01-01T00:00:00Z
     */
    public Clock clock() {
        return engine.clock();
    }

    /**
     * The job manager, for handlers that submit jobs. What they submit starts when the test next asks the host.
     *
     * @return one whose submitter is {@code test}, in all lives of the host
     */
    public JobManager jobs() {
        return ServiceCall.around(JobManager.class, engine.life().jobs, call -> call.at(engine.life().jobs));
    }

    /** Ends: handlers that still run are interrupted. */
    @Override
    public void close() {
        engine.stop();
    }
}
