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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.jspecify.annotations.Nullable;

/** One request on one connection, and its response. */
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

    /** Sends the request and waits. An interrupt closes the connection at once. */
    CallAnswer send(Request request, CallDeadline deadline) throws CallFailedException, InterruptedException {
        request.onRequestBegin(begun -> hasBegun = true).send(this);
        try {
            return answer(ended.get(deadline.leftNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            request.abort(e);
            Response response = answering;
            if (response != null && !readsBody) {
                return answer(response); // the status decides the outcome, however long the body takes
            }
            throw new CallFailedException("no complete response within " + deadline.seconds() + " s", hasBegun, null);
        } catch (InterruptedException e) {
            request.abort(e);
            throw e;
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new CallFailedException(text(cause), hasBegun && !(cause instanceof SSLHandshakeException), null);
        }
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
