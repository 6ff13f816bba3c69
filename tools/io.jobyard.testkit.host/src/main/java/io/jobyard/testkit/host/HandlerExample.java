// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.handler.AsyncJobHandler;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.TypedJobHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Job with which {@link HandlerContract} tests a handler, and all that the job needs to complete.
 *
 * <pre>{@code
 * Mailbox mailbox = new Mailbox();
 * HandlerExample.of(() -> new Invite(mailbox), Map.of("to", "ada"))
 *         .waiting(job -> job.signal("approved", true))
 *         .outside(mailbox::sent);
 * }</pre>
 */
public final class HandlerExample {

    /** Creates a host whose handlers are added to the list. */
    private final Function<List<Object>, TestHost> hosts;

    private final Map<String, ?> payload;
    private final Map<String, JobHandler> others = new LinkedHashMap<>();
    private Consumer<TestJob> answers = job -> {};
    private Supplier<?> outside = () -> "";
    private Consumer<Object> deactivation = handler -> {};

    private HandlerExample(Function<List<Object>, TestHost> hosts, Map<String, ?> payload) {
        this.hosts = hosts;
        this.payload = payload;
    }

    /**
     * Creates an example of a handler with {@link HandlesJob}.
     *
     * @param handlers creates a new handler at each call
     * @param payload a JSON object
     * @return the example
     */
    public static HandlerExample of(Supplier<? extends JobHandler> handlers, Map<String, ?> payload) {
        return new HandlerExample(made -> TestHost.making(noted(handlers, made)), payload);
    }

    /**
     * Creates an example of a handler without an annotation.
     *
     * @param type the job type
     * @param handlers creates a new handler at each call
     * @param payload a JSON object
     * @return the example
     */
    public static HandlerExample of(String type, Supplier<? extends JobHandler> handlers, Map<String, ?> payload) {
        return new HandlerExample(made -> TestHost.making(type, noted(handlers, made)), payload);
    }

    /**
     * Creates an example of an asynchronous handler.
     *
     * @param type the job type
     * @param handlers creates a new handler at each call
     * @param payload a JSON object
     * @return the example
     */
    public static HandlerExample ofAsync(
            String type, Supplier<? extends AsyncJobHandler> handlers, Map<String, ?> payload) {
        Map<String, Object> properties = Map.of(HandlesJob.TYPE, type);
        return new HandlerExample(
                made -> TestHost.giving(
                        type, life -> life.handleAsync(noted(handlers, made).get(), properties)),
                payload);
    }

    /**
     * Creates an example of a typed handler with {@link HandlesJob}.
     *
     * @param handlers creates a new handler at each call
     * @param payload a JSON object
     * @return the example
     */
    public static HandlerExample ofTyped(Supplier<? extends TypedJobHandler<?, ?>> handlers, Map<String, ?> payload) {
        Map<String, Object> properties = HandlerProperties.of(handlers.get());
        return new HandlerExample(
                made -> TestHost.giving(
                        HandlerProperties.type(properties),
                        life -> life.handleTyped(noted(handlers, made).get(), properties)),
                payload);
    }

    private static <H> Supplier<H> noted(Supplier<H> handlers, List<Object> made) {
        return () -> {
            H handler = handlers.get();
            made.add(handler);
            return handler;
        };
    }

    /**
     * Sets how the job receives its signals and answers. Without this, time advances until the waits end.
     *
     * @param gives is called whenever the job waits for a signal or a callback; {@link TestJob#steps} shows the wait
     * @return this example
     */
    public HandlerExample waiting(Consumer<TestJob> gives) {
        answers = gives;
        return this;
    }

    /**
     * Sets how to observe the handler's outside effects, for example the requests that a fake received, without known
     * repetitions. The effects are compared between runs with and without deaths of the host.
     *
     * @param sees returns an immutable value with its own {@code equals}
     * @return this example
     */
    public HandlerExample outside(Supplier<?> sees) {
        outside = sees;
        return this;
    }

    /**
     * Adds a handler for jobs of another type, for example for jobs that the tested handler waits for.
     *
     * @param other the job type
     * @param handler the handler
     * @return this example
     */
    public HandlerExample and(String other, JobHandler handler) {
        others.put(other, handler);
        return this;
    }

    /**
     * Sets the method that ends a released handler: its {@code @Deactivate} method.
     *
     * @param <H> the handler's class
     * @param handler the handler's class
     * @param method the method
     * @return this example
     */
    public <H> HandlerExample deactivated(Class<H> handler, Consumer<H> method) {
        deactivation = made -> method.accept(handler.cast(made));
        return this;
    }

    /** Creates a host for the example, which adds the created handlers to the list. */
    TestHost host(List<Object> made) {
        TestHost host = hosts.apply(made);
        others.forEach(host::and);
        return host;
    }

    Map<String, ?> payload() {
        return payload;
    }

    void answer(TestJob job) {
        answers.accept(job);
    }

    @Nullable
    Object seenOutside() {
        return outside.get();
    }

    void deactivate(List<Object> made) {
        new ArrayList<>(made).forEach(deactivation);
    }

    @Override
    public String toString() {
        return "the example " + payload;
    }
}
