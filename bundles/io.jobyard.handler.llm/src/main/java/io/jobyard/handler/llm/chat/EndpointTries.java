// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.api.handler.RunProgress;
import io.jobyard.handler.llm.endpoints.Endpoint;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answer of the first endpoint that succeeds, or fails in a way that allows no other endpoint. Cancelling it closes the connection; it
 * completes after that, when the usage is reported.
 */
final class EndpointTries<T> extends CompletableFuture<T> {

    /** Asks one endpoint. */
    interface Attempt<T> {
        CompletableFuture<T> ask(Endpoint endpoint, EndpointCall call);
    }

    private final Iterator<Endpoint> endpoints;
    private final Function<Endpoint, EndpointCall> calls;
    private final Attempt<T> attempt;
    private final RunProgress context;
    private @Nullable ModelCallException failure;
    private volatile @Nullable EndpointCall current;
    private volatile boolean isGivenUp;

    EndpointTries(
            RunProgress context,
            Iterable<Endpoint> endpoints,
            Function<Endpoint, EndpointCall> calls,
            Attempt<T> attempt) {
        this.context = context;
        this.endpoints = endpoints.iterator();
        this.calls = calls;
        this.attempt = attempt;
        next();
    }

    private void next() {
        try {
            Endpoint endpoint = endpoints.next();
            EndpointCall call = calls.apply(endpoint);
            current = call;
            CompletableFuture<T> answer = attempt.ask(endpoint, call);
            if (isGivenUp) {
                call.cancel();
            }
            answer.whenComplete(this::ended);
        } catch (RuntimeException e) { // the secret, for example
            completeExceptionally(e);
        }
    }

    private void ended(@Nullable T answer, @Nullable Throwable fault) {
        Throwable cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        if (cause instanceof ModelCallException e) {
            failed(e);
        } else if (cause != null) {
            completeExceptionally(cause);
        } else {
            complete(answer);
        }
    }

    private void failed(ModelCallException e) {
        failure = failure == null ? e : failure.after(e);
        if (e.isElsewherePossible()) {
            context.log(String.valueOf(e.getMessage()));
            if (endpoints.hasNext() && !isGivenUp) {
                next();
                return;
            }
        }
        completeExceptionally(failure.forTheRun());
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        isGivenUp = true;
        EndpointCall call = current;
        if (call != null) {
            call.cancel();
        }
        return true;
    }
}
