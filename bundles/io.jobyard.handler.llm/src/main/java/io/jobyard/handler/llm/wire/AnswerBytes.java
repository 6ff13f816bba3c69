// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Passes the bytes of a body to the waiting thread, one buffer at a time. The client reads no further meanwhile. */
final class AnswerBytes implements HttpResponse.BodySubscriber<AnswerBytes> {

    private record Part(List<ByteBuffer> buffers, @Nullable Throwable fault) {}

    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private Flow.@Nullable Subscription subscription;
    private boolean closed;

    @Override
    public CompletionStage<AnswerBytes> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (closed) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        parts.add(new Part(buffers, null));
    }

    @Override
    public void onError(Throwable fault) {
        parts.add(new Part(List.of(), fault));
    }

    @Override
    public void onComplete() {
        parts.add(new Part(List.of(), null));
    }

    /** Returns the next bytes; null if none arrives in time; empty at the end. */
    @Nullable
    List<ByteBuffer> poll(Duration atMost) throws IOException, InterruptedException {
        Part part = parts.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (part == null) {
            return null;
        }
        if (part.fault() != null) {
            throw part.fault() instanceof IOException fault ? fault : new IOException(part.fault());
        }
        if (!part.buffers().isEmpty()) {
            more();
        }
        return part.buffers();
    }

    private synchronized void more() {
        if (subscription != null && !closed) {
            subscription.request(1);
        }
    }

    synchronized void close() {
        closed = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
