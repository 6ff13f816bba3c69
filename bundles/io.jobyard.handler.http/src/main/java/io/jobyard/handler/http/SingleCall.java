// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.jspecify.annotations.Nullable;

/** One request on one connection, and its response. Occupies no thread while it waits. */
final class SingleCall implements Response.Listener {

    private final int maxBytes;
    private final boolean readsBody;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final CompletableFuture<Response> ended = new CompletableFuture<>();
    private volatile boolean hasBegun;
    private volatile boolean isCut;
    /** Whether the status has arrived and the caller needs nothing more. */
    private volatile boolean isEnough;

    private volatile @Nullable Response answering;

    /** {@code readsBody}: whether to read the body of a 2xx response. */
    SingleCall(int maxBytes, boolean readsBody) {
        this.maxBytes = maxBytes;
        this.readsBody = readsBody;
    }

    /** Sends the request. The future fails with a {@link CallFailedException}. An end of the run closes the connection at once. */
    CompletableFuture<CallAnswer> send(Request request, CallDeadline deadline, CompletableFuture<?> run) {
        run.whenComplete((result, fault) -> request.abort(new CancellationException()));
        request.onRequestBegin(begun -> hasBegun = true)
                .timeout(deadline.leftMillis(), TimeUnit.MILLISECONDS)
                .send(this);
        return ended.handle((response, fault) -> answer(response, fault, deadline));
    }

    private CallAnswer answer(@Nullable Response complete, @Nullable Throwable fault, CallDeadline deadline) {
        Response response = complete == null ? answering : complete;
        if (fault == null || fault instanceof TimeoutException && response != null && !readsBody) {
            // without a body, the status decides the outcome, however long the body takes
            return answer(Objects.requireNonNull(response));
        } else if (fault instanceof TimeoutException) {
            throw new CallFailedException("no complete response within " + deadline.seconds() + " s", hasBegun, null);
        }
        throw new CallFailedException(text(fault), hasBegun && !(fault instanceof SSLHandshakeException), null);
    }

    private CallAnswer answer(Response response) {
        return new CallAnswer(response.getStatus(), headers(response), body.toByteArray(), isCut);
    }

    private static String text(Throwable cause) {
        if (cause instanceof EOFException) {
            return "the connection was closed before the response was complete";
        } else if (cause instanceof SocketTimeoutException) {
            return "it accepts no connection";
        }
        return cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
    }

    @Override
    public void onHeaders(Response response) {
        answering = response;
        if (!readsBody && response.getStatus() / 100 == 2) {
            isEnough = true;
            response.abort(new IllegalStateException("enough"));
        }
    }

    @Override
    public void onContent(Response response, ByteBuffer content) {
        byte[] bytes = new byte[Math.min(content.remaining(), maxBytes - body.size())];
        content.get(bytes);
        body.writeBytes(bytes);
        if (content.hasRemaining()) {
            isCut = true;
            response.abort(new IllegalStateException("enough"));
        }
    }

    @Override
    public void onComplete(Result result) {
        if (result.isSucceeded() || isCut || isEnough) {
            ended.complete(result.getResponse());
        } else {
            ended.completeExceptionally(result.getFailure());
        }
    }

    private static Map<String, List<String>> headers(Response response) {
        Map<String, List<String>> headers = new TreeMap<>();
        response.getHeaders()
                .forEach(field -> headers.computeIfAbsent(
                                field.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(field.getValue() == null ? "" : field.getValue()));
        return headers;
    }
}
