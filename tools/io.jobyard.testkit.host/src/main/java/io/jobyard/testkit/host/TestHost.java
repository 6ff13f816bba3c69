// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobType;
import io.jobyard.api.handler.AsyncJobHandler;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobEstimator;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.MigratesJob;
import io.jobyard.api.handler.PayloadMigrator;
import io.jobyard.api.handler.TypedAsyncJobHandler;
import io.jobyard.api.handler.TypedJobHandler;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * Host for unit tests of handlers. Admission, queue, scheduler and workers are those of a real host. The store is in
 * memory, the clock stands until the test advances it, and there is no OSGi.
 *
 * <pre>{@code
 * try (TestHost host = TestHost.with(new WordCount())) {
 *     TestJob job = host.submit(Map.of("text", "to be or not to be")).await();
 *     assertEquals(Map.of("words", 6), job.result());
 * }
 * }</pre>
 *
 * <p>Like a host, it validates payloads with the schema {@code OSGI-INF/jobs/TYPE.schema.json} on the handler's class path. Handlers run
 * on their own threads, up to four at once. All settings are the host's defaults, except that the retry delay has no jitter (it is 2 s, 4 s,
 * 8 s and so on, at most 600 s), and each emitted text is a piece of the stream. Safe for use by several threads.
 */
public final class TestHost extends RunningHost {

    private final String type;

    private TestHost(String type) {
        super(new Engine(type));
        this.type = type;
    }

    /**
     * Creates a host with one handler, and reads its type, version, limits and heartbeat from its annotation.
     *
     * @param handler a handler whose class has {@link HandlesJob}; the test must set its references
     * @return a host without jobs
     * @throws IllegalArgumentException if its class has no such annotation
     */
    public static TestHost with(JobHandler handler) {
        return annotated(handler, () -> handler);
    }

    /**
     * Creates a host with one typed handler.
     *
     * @param handler a handler whose class has {@link HandlesJob}; the test must set its references
     * @return a host without jobs
     * @throws IllegalArgumentException if its class has no such annotation, or a host would refuse it
     */
    public static TestHost with(TypedJobHandler<?, ?> handler) {
        return typed(handler, (life, properties) -> life.handleTyped(handler, properties));
    }

    /**
     * Creates a host with one asynchronous typed handler, like {@link #with(TypedJobHandler)}.
     *
     * @param handler a handler whose class has {@link HandlesJob}
     * @return a host without jobs
     */
    public static TestHost withAsync(TypedAsyncJobHandler<?, ?> handler) {
        return typed(handler, (life, properties) -> life.handleTypedAsync(handler, properties));
    }

    private static TestHost typed(Object handler, BiConsumer<TestIncarnation, Map<String, Object>> service) {
        Map<String, Object> properties = HandlerProperties.of(handler);
        return giving(HandlerProperties.type(properties), life -> service.accept(life, properties))
                .checked();
    }

    /**
     * Creates a host with one handler like {@link #with(JobHandler)}, but with a new handler in each incarnation, as
     * in a real host. The values of its fields are lost when the host dies.
     *
     * @param handlers creates a handler whose class has {@link HandlesJob}
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
     * Creates a host like {@link #making(Supplier)} with handlers without an annotation.
     *
     * @param type the job type
     * @param handlers creates a handler
     * @return a host without jobs
     */
    public static TestHost making(String type, Supplier<? extends JobHandler> handlers) {
        return giving(type, life -> life.handle(handlers.get(), Map.of(HandlesJob.TYPE, type)));
    }

    private static TestHost annotated(JobHandler handler, Supplier<? extends JobHandler> handlers) {
        Map<String, Object> properties = HandlerProperties.of(handler);
        return giving(HandlerProperties.type(properties), life -> life.handle(handlers.get(), properties));
    }

    /**
     * Creates a host with one handler whose work continues without a thread.
     *
     * @param handler a handler whose class has {@link HandlesJob}
     * @return a host without jobs
     * @throws IllegalArgumentException if its class has no such annotation
     */
    public static TestHost withAsync(AsyncJobHandler handler) {
        Map<String, Object> properties = HandlerProperties.of(handler);
        return giving(HandlerProperties.type(properties), life -> life.handleAsync(handler, properties));
    }

    /**
     * Creates a host with one asynchronous handler, which may be a lambda.
     *
     * @param type the job type
     * @param handler the handler
     * @return a host without jobs
     */
    public static TestHost withAsync(String type, AsyncJobHandler handler) {
        return giving(type, life -> life.handleAsync(handler, Map.of(HandlesJob.TYPE, type)));
    }

    /** Creates a host that gives a service to each incarnation. */
    static TestHost giving(String type, Consumer<TestIncarnation> service) {
        TestHost host = new TestHost(type);
        host.engine.give(service);
        return host;
    }

    /**
     * Creates a host with one handler, which may be a lambda.
     *
     * @param type the job type
     * @param handler the handler
     * @return a host without jobs
     */
    public static TestHost with(String type, JobHandler handler) {
        return new TestHost(type).and(type, handler);
    }

    /**
     * Adds a handler of another type, for example for results that the first handler needs.
     *
     * @param other the job type
     * @param handler the handler
     * @return this host
     */
    public TestHost and(String other, JobHandler handler) {
        engine.give(life -> life.handle(handler, Map.of(HandlesJob.TYPE, other)));
        return this;
    }

    /**
     * Adds a migrator, which converts payloads of {@link #submitMadeFor}.
     *
     * @param migrator a migrator whose class has {@link MigratesJob}
     * @return this host
     * @throws IllegalArgumentException if its class has no such annotation
     */
    public TestHost migrating(PayloadMigrator migrator) {
        Map<String, Object> properties = HandlerProperties.ofMigrator(migrator);
        engine.give(life -> life.migrate(migrator, properties));
        return this;
    }

    /**
     * Sets the estimator for jobs of the first handler's type. {@code job().terms().estimate()} returns the estimate.
     *
     * @param estimator is called at submit
     * @return this host
     */
    public TestHost estimating(JobEstimator estimator) {
        engine.give(life -> life.estimate(type, estimator));
        return this;
    }

    /**
     * Adds secrets for every handler that requests them by name. The secrets that a run received are redacted from
     * its output.
     *
     * @param byName additional secrets
     * @return this host
     */
    public TestHost secrets(Map<String, String> byName) {
        engine.around.given().secrets(byName);
        return this;
    }

    /**
     * Sets the units whose budget is past its warning threshold, from now on.
     *
     * @param units all such units; none by default
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
     * @throws io.jobyard.api.ValidationException if the payload is refused, for example by the type's schema
     */
    public TestJob submit(Map<String, ?> payload) {
        return submit(JobSpecification.type(type).payload(payload).build());
    }

    /**
     * Submits a job of a type with classes, and starts it if nothing blocks it.
     *
     * @param type the job type
     * @param payload the payload, which Jackson writes as a JSON object
     * @param <P> the class of the payload
     * @return the job
     * @throws io.jobyard.api.ValidationException if the payload is refused
     */
    public <P> TestJob submit(JobType<P, ?> type, P payload) {
        return submit(type.with(payload).build());
    }

    /**
     * Submits a job of the first handler's type as if an earlier version of the handler were deployed, and starts it on
     * this one. The schema of the earlier version is unknown, so the payload is not checked at the submit.
     *
     * @param version the earlier version, for example {@code 1.2.0}
     * @param payload a JSON object for that version
     * @return the job
     */
    public TestJob submitMadeFor(String version, Map<String, ?> payload) {
        engine.around.given().madeFor(Version.parseVersion(version).toString());
        try {
            return submit(payload);
        } finally {
            engine.around.given().madeFor(null);
        }
    }

    /**
     * Submits a job with all its terms, and starts it if nothing blocks it.
     *
     * @param specification a job of any type
     * @return the job
     * @throws io.jobyard.api.ValidationException if the job is refused
     */
    public TestJob submit(JobSpecification specification) {
        JobId id = engine.ask(jobs -> jobs.submit(specification)).id();
        engine.turn();
        return job(id);
    }

    /**
     * Advances the clock. At each time on the way at which a job or a schedule is due, the clock stops until the runs
     * have ended or wait. So a job that sleeps for an hour three times begins its last run at the end of {@code
     * advance(Duration.ofHours(3))}, and {@link TestJob#await} returns at its end. Runs that exceed their timeout are
     * asked to end. Handlers that received a job have begun before.
     *
     * @param by the duration; not negative
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
     * Makes the host die, as with {@code kill -9}, right before a commit, which is not stored. The run cannot
     * continue, all other runs end too, and the host starts its next incarnation, in which the job runs again.
     *
     * <p>Only commits of the first handler's runs count; {@link RunningHost#commits} lists them. The clock stands meanwhile.
     *
     * @param commit the number of the commit from now, starting at 1
     * @return this host
     */
    public TestHost diesBefore(int commit) {
        engine.around.commits().choose(commit, HostLoss.Side.BEFORE);
        return this;
    }

    /**
     * Makes the host die right after a commit, which is stored without the run's knowledge. See {@link #diesBefore}.
     *
     * @param commit the number of the commit from now, starting at 1
     * @return this host
     */
    public TestHost diesAfter(int commit) {
        engine.around.commits().choose(commit, HostLoss.Side.AFTER);
        return this;
    }
}
