// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Body that is complete when it begins, while its content continues to arrive. */
record StreamBody(BodySubscriber<Object> bytes) implements BodySubscriber<Object> {

    @Override
    public CompletionStage<Object> getBody() {
        return CompletableFuture.completedStage(bytes);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        bytes.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> some) {
        bytes.onNext(some);
    }

    @Override
    public void onError(Throwable fault) {
        bytes.onError(fault);
    }

    @Override
    public void onComplete() {
        bytes.onComplete();
    }
}
