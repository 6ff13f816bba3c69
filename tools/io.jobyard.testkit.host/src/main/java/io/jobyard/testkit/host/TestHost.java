// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

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

    private final Engine engine = new Engine();
    private final String type;

    private TestHost(String type) {
        this.type = type;
    }

    /**
     * Begins a host with one handler, and reads its type, version and limits from its annotation.
     *
     * @param handler of a class with {@link HandlesJob}; its references are the test's task
     * @return a host without jobs
     * @throws IllegalArgumentException if its class has no such annotation
     */
    public static TestHost with(JobHandler handler) {
        HandlesJob says = handler.getClass().getAnnotation(HandlesJob.class);
        if (says == null) {
            throw new IllegalArgumentException(handler.getClass().getName()
                    + " has no @HandlesJob: name the type with TestHost.with(type, handler)");
        }
        Map<String, Object> properties =
                new HashMap<>(Map.of(HandlesJob.TYPE, says.value(), HandlesJob.LIMITS, says.limits()));
        if (!says.version().isEmpty()) {
            properties.put(HandlesJob.VERSION, says.version());
        }
        TestHost host = new TestHost(says.value());
        host.engine.handle(handler, properties);
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
        engine.handle(handler, Map.of(HandlesJob.TYPE, other));
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
        JobId id = engine.jobs.submit(specification).id();
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
        engine.jobs.job(id);
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
     * The host's clock, for handlers that have a {@link Clock}.
     *
     * @return stands until {@link #advance} moves it; at first 2030-01-01T00:00:00Z
     */
    public Clock clock() {
        return engine.clock;
    }

    /**
     * The job manager, for handlers that submit jobs. What they submit starts when the test next asks the host.
     *
     * @return one whose submitter is {@code test}
     */
    public JobManager jobs() {
        return engine.jobs;
    }

    /** Ends: handlers that still run are interrupted. */
    @Override
    public void close() {
        engine.workers.engine.stop();
    }
}
