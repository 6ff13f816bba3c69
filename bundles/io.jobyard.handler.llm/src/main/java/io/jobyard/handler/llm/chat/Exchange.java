// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.handler.llm.endpoints.AnswerBounds;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request and its answer, which a listener receives as it arrives. Occupies no thread while it waits. */
final class Exchange implements HttpResponse.BodySubscriber<@Nullable Void> {

    /** Receives an answer, never on two threads at once, nor after the end of the exchange. */
    interface AnswerConsumer {

        void begin(HttpResponse.ResponseInfo info);

        /** Notes that the exchange is alive: once per second while no data arrives, on any thread. */
        void heartbeat();

        /** Receives the next bytes. The client reads no further meanwhile. An exception ends the exchange. */
        void take(List<ByteBuffer> bytes);
    }

    private static final long SIGN_OF_LIFE_NANOS = Duration.ofSeconds(1).toNanos();

    private final ModelHttp http;
    private final AnswerBounds bounds;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private volatile @Nullable CompletableFuture<?> sent;

    private @Nullable AnswerConsumer listener; // null after the end, because an idle connection keeps its last exchange
    private Flow.@Nullable Subscription subscription;
    private long deadline;
    private boolean isTaking;
    private boolean isEnding;
    private @Nullable Throwable fault;

    private Exchange(ModelHttp http, AnswerBounds bounds, AnswerConsumer listener) {
        this.http = http;
        this.bounds = bounds;
        this.listener = listener;
        deadline = System.nanoTime() + bounds.firstByte().toNanos();
    }

    /**
     * Sends a request.
     *
     * @param bounds maximum time to the first byte of the answer's body, and between further bytes
     */
    static Exchange send(ModelHttp http, HttpRequest request, AnswerBounds bounds, AnswerConsumer listener) {
        Exchange exchange = new Exchange(http, bounds, listener);
        exchange.watch();
        exchange.send(http.client(), request, 1);
        return exchange;
    }

    private void send(HttpClient client, HttpRequest request, int tries) {
        CompletableFuture<?> now = client.sendAsync(request, this::begin);
        sent = now;
        now.whenComplete((response, thrown) -> {
            Throwable why = thrown instanceof CompletionException ? thrown.getCause() : thrown;
            HttpClient next = ModelHttp.isFull(why) && !ended.isDone() ? http.next(client, tries) : null;
            if (next != null) {
                send(next, request, tries + 1);
            } else if (why == null) {
                end(null);
            } else {
                http.failed(client, why);
                end(ofConnection(why));
            }
        });
        if (ended.isDone()) {
            now.cancel(true);
        }
    }

    /**
     * Returns the future of the end: with a {@link TimeoutException} if no data arrived in time, with a {@link CancellationException} after
     * {@link #cancel}, or with the exception of the connection or of the listener.
     */
    CompletableFuture<@Nullable Void> ended() {
        return ended;
    }

    /** Closes an unfinished exchange. Returns at once; the exchange ends on a thread of the client. */
    void cancel() {
        http.execute(() -> end(new CancellationException()));
    }

    private HttpResponse.BodySubscriber<@Nullable Void> begin(HttpResponse.ResponseInfo info) {
        during(to -> to.begin(info));
        return this;
    }

    @Override
    public CompletionStage<@Nullable Void> getBody() {
        return ended.minimalCompletionStage();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        synchronized (this) {
            subscription = given;
        }
        if (ended.isDone()) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        during(to -> to.take(buffers));
        Flow.Subscription from;
        synchronized (this) {
            deadline = System.nanoTime() + bounds.idle().toNanos();
            from = subscription;
        }
        if (from != null && !ended.isDone()) {
            from.request(1);
        }
    }

    @Override
    public void onError(Throwable why) {
        end(ofConnection(why));
    }

    private static IOException ofConnection(Throwable fault) {
        return fault instanceof IOException known ? known : new IOException(fault);
    }

    @Override
    public void onComplete() {
        end(null);
    }

    /** Calls the listener. If the exchange must end meanwhile, it ends after the call. */
    private void during(Consumer<AnswerConsumer> call) {
        AnswerConsumer to;
        synchronized (this) {
            to = isEnding ? null : listener;
            isTaking = to != null;
        }
        if (to == null) {
            return;
        }
        Throwable thrown = null;
        try {
            call.accept(to);
        } catch (RuntimeException | Error e) { // the stage reports it
            thrown = e;
        }
        boolean ends;
        synchronized (this) {
            isTaking = false;
            ends = isEnding;
        }
        if (ends) {
            finish();
        } else if (thrown != null) {
            end(thrown);
        }
    }

    private void end(@Nullable Throwable why) {
        synchronized (this) {
            if (isEnding) {
                return;
            }
            isEnding = true;
            fault = why;
            if (isTaking) {
                return;
            }
        }
        finish();
    }

    private void finish() {
        Throwable why;
        Flow.Subscription from;
        synchronized (this) {
            listener = null;
            why = fault;
            from = subscription;
        }
        if (why == null) {
            ended.complete(null);
            return;
        }
        ended.completeExceptionally(why);
        if (from != null) {
            from.cancel();
        }
        CompletableFuture<?> request = sent;
        if (request != null) {
            request.cancel(true);
        }
    }

    /** Ends an exchange that is silent for too long. */
    private void watch() {
        long left;
        AnswerConsumer to;
        synchronized (this) {
            to = listener;
            if (to == null || isEnding) {
                return;
            }
            left = isTaking ? SIGN_OF_LIFE_NANOS : deadline - System.nanoTime();
        }
        if (left <= 0) {
            http.execute(() -> end(new TimeoutException()));
            return;
        }
        to.heartbeat();
        http.after(Math.min(left, SIGN_OF_LIFE_NANOS), this::watch);
    }
}
