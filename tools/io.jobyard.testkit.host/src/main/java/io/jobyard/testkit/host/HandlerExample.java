// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A job that {@link HandlerContract} tries a handler with, and all that it needs to complete.
 *
 * <pre>{@code
 * Mailbox mailbox = new Mailbox();
 * HandlerExample.of(() -> new Invite(mailbox), Map.of("to", "ada"))
 *         .waiting(job -> job.signal("approved", true))
 *         .outside(mailbox::sent);
 * }</pre>
 */
public final class HandlerExample {

    private final @Nullable String type;
    private final Supplier<? extends JobHandler> handlers;
    private final Map<String, ?> payload;
    private final Map<String, JobHandler> others = new LinkedHashMap<>();
    private Consumer<TestJob> answers = job -> {};
    private Supplier<?> outside = () -> "";
    private Consumer<JobHandler> deactivation = handler -> {};

    private HandlerExample(@Nullable String type, Supplier<? extends JobHandler> handlers, Map<String, ?> payload) {
        this.type = type;
        this.handlers = handlers;
        this.payload = payload;
    }

    /**
     * An example of a handler with {@link HandlesJob}.
     *
     * @param handlers makes a handler, another one at each call
     * @param payload a JSON object
     * @return the example
     */
    public static HandlerExample of(Supplier<? extends JobHandler> handlers, Map<String, ?> payload) {
        return new HandlerExample(null, handlers, payload);
    }

    /**
     * An example of a handler without annotation.
     *
     * @param type the job type
     * @param handlers makes a handler, another one at each call
     * @param payload a JSON object
     * @return the example
     */
    public static HandlerExample of(String type, Supplier<? extends JobHandler> handlers, Map<String, ?> payload) {
        return new HandlerExample(type, handlers, payload);
    }

    /**
     * What gives the job the signals and answers that it waits for. Without it, time passes until the waits are over.
     *
     * @param gives is called whenever the job waits for a signal or a callback; {@link TestJob#steps} tells for which
     * @return this example
     */
    public HandlerExample waiting(Consumer<TestJob> gives) {
        answers = gives;
        return this;
    }

    /**
     * What the handler has done to the outside, as the outside sees it: what a fake has been sent, without what it knows again. It is
     * compared between runs with and without deaths of the host.
     *
     * @param sees gives a value that does not change any more, with an {@code equals} of its own
     * @return this example
     */
    public HandlerExample outside(Supplier<?> sees) {
        outside = sees;
        return this;
    }

    /**
     * Does jobs of another type, such as those that the handler waits for.
     *
     * @param other the job type
     * @param handler does it
     * @return this example
     */
    public HandlerExample and(String other, JobHandler handler) {
        others.put(other, handler);
        return this;
    }

    /**
     * What ends a handler that is let go: its {@code @Deactivate} method.
     *
     * @param <H> the handler's class
     * @param handler its class
     * @param method the method
     * @return this example
     */
    public <H extends JobHandler> HandlerExample deactivated(Class<H> handler, Consumer<H> method) {
        deactivation = made -> method.accept(handler.cast(made));
        return this;
    }

    /** A host for it, which adds the handlers that it makes. */
    TestHost host(List<JobHandler> made) {
        Supplier<JobHandler> noted = () -> {
            JobHandler handler = handlers.get();
            made.add(handler);
            return handler;
        };
        TestHost host = type == null ? TestHost.making(noted) : TestHost.making(type, noted);
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

    void deactivate(List<JobHandler> made) {
        new ArrayList<>(made).forEach(deactivation);
    }

    @Override
    public String toString() {
        return "the example " + payload;
    }
}
