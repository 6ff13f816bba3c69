// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.api.ValidationException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sends requests, and repeats them where that is safe. Safe for use by several threads. */
final class HttpCalls implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(HttpCalls.class.getName());
    /** Timeout of an answer. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final URI address;
    private final @Nullable TokenSource token;
    private final Supplier<HttpClient> maker;
    private final Duration timeout;
    private final ClientObserver observer;
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private @Nullable HttpClient http;
    private volatile boolean closed;

    HttpCalls(
            URI address,
            @Nullable TokenSource token,
            Supplier<HttpClient> maker,
            Duration timeout,
            ClientObserver observer) {
        this.address = address;
        this.token = token;
        this.maker = maker;
        this.timeout = timeout;
        this.observer = observer;
    }

    /** Returns how long requests to an unavailable host are repeated. */
    Duration timeout() {
        return timeout;
    }

    /**
     * Sends a request. Repeats it within the timeout. If the timeout ends the last attempt, the future has the error of
     * the latest response. Cancelling the future ends the request.
     */
    CompletableFuture<JsonNode> send(HttpCall call) {
        CompletableFuture<JsonNode> answer = new RepeatedCall(this, call).start();
        AutoCloseable waiting = () -> answer.completeExceptionally(gone());
        open.add(waiting);
        answer.whenComplete((json, fault) -> open.remove(waiting));
        if (closed) {
            answer.completeExceptionally(gone());
        }
        return answer;
    }

    /** Sends a request with a body. Fails with code {@code validation} if the body cannot be written. */
    CompletableFuture<JsonNode> write(Supplier<HttpCall> call) {
        try {
            return send(call.get());
        } catch (ValidationException e) {
            return CompletableFuture.failedFuture(JobyardClientException.of(e));
        } catch (JobyardClientException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Sends a request once. */
    CompletableFuture<JsonNode> attempt(HttpCall call, Duration left) {
        Duration most = min(left, ANSWER);
        try {
            return Chained.map(
                    answer(request(call), BodyHandlers.ofString(StandardCharsets.UTF_8), most, call.safe()),
                    this::json);
        } catch (JobyardClientException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Opens a stream of events, in one attempt. */
    EventLines follow(String path, @Nullable String lastId) {
        HttpRequest.Builder request = builder(path).setHeader("Accept", "text/event-stream");
        if (lastId != null) {
            request.setHeader("Last-Event-ID", lastId);
        }
        EventLines lines = new EventLines(open::remove);
        Chained.join(answer(request.build(), lines, min(timeout, ANSWER), true));
        open.add(lines);
        if (closed) {
            lines.close();
            throw gone();
        }
        return lines;
    }

    /** Sends bytes, in one attempt. */
    CompletableFuture<InputStream> exchange(String path, String mediaType, InputStream body) {
        BodyHandler<InputStream> bytes = head -> head.statusCode() < 300
                ? BodySubscribers.ofInputStream()
                : BodySubscribers.mapping(BodySubscribers.ofString(StandardCharsets.UTF_8), text -> {
                    throw RefusedAnswer.of(head.statusCode(), head.headers(), text);
                });
        try {
            HttpRequest request = builder(path)
                    .setHeader("Accept", mediaType)
                    .setHeader("Content-Type", mediaType)
                    .POST(BodyPublishers.ofInputStream(() -> body))
                    .build();
            return Chained.map(answer(request, bytes, timeout, false), answer -> {
                if (!answer.headers().firstValue("Content-Type").orElse("").startsWith(mediaType)) {
                    throw strange();
                }
                return new HeardStream(answer.body(), EventLines.SILENCE_NANOS);
            });
        } catch (JobyardClientException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Sends a request once. Fails with code {@code uncertain} if the host may have executed an unsafe one. */
    <T> CompletableFuture<HttpResponse<T>> answer(
            HttpRequest request, BodyHandler<T> handler, Duration most, boolean safe) {
        long begunNanos = System.nanoTime();
        CompletableFuture<HttpResponse<T>> coming = http().sendAsync(request, handler);
        CompletableFuture<HttpResponse<T>> timed = new CompletableFuture<>();
        CompletableFuture<HttpResponse<T>> answer = new CompletableFuture<>();
        AutoCloseable waiting = () -> timed.completeExceptionally(gone());
        open.add(waiting);
        coming.whenComplete((response, fault) -> {
            if (fault == null) {
                timed.complete(response);
            } else {
                timed.completeExceptionally(Chained.cause(fault));
            }
        });
        timed.orTimeout(Math.max(1, most.toMillis()), TimeUnit.MILLISECONDS);
        timed.whenComplete((response, fault) -> {
            open.remove(waiting);
            coming.cancel(true);
            Duration duration = Duration.ofNanos(System.nanoTime() - begunNanos);
            if (fault == null) {
                observe(request, response.statusCode(), null, duration);
                answer.complete(response);
            } else {
                RuntimeException problem = fault instanceof TimeoutException
                        ? silent(safe, "no answer within " + most.toSeconds() + " s", fault)
                        : fault(fault, safe);
                observe(request, problem, duration);
                answer.completeExceptionally(problem);
            }
        });
        answer.whenComplete((response, fault) -> timed.cancel(true));
        return answer;
    }

    private void observe(HttpRequest request, int status, @Nullable String code, Duration duration) {
        try {
            observer.requested(
                    new ObservedRequest(request.method(), request.uri().getRawPath(), status, code, duration));
        } catch (RuntimeException | Error e) { // else the future would never complete
            LOG.log(System.Logger.Level.WARNING, "the observer of the client failed", e);
        }
    }

    private void observe(HttpRequest request, RuntimeException problem, Duration duration) {
        if (!(problem instanceof JobyardClientException known)) {
            String code = problem.getCause() instanceof CancellationException ? "cancelled" : "failed";
            observe(request, 0, code, duration);
        } else if (known.status() == 0) {
            observe(request, 0, known.code(), duration);
        } else {
            observe(request, known.status(), null, duration);
        }
    }

    private RuntimeException fault(@Nullable Throwable cause, boolean safe) {
        if (closed) {
            return gone();
        } else if (cause instanceof JobyardClientException problem) {
            return problem;
        } else if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return silent(true, "no connection", new ConnectException(String.valueOf(cause)));
        } else if (cause instanceof SSLException && !(cause.getCause() instanceof EOFException)) {
            return JobyardClientException.own(
                    "untrusted", "no trusted connection with " + address + " (" + cause.getMessage() + ")", cause);
        } else if (cause instanceof IOException) {
            return silent(safe, "the connection broke", cause);
        }
        return new IllegalStateException(cause);
    }

    private JobyardClientException silent(boolean safe, String what, @Nullable Throwable cause) {
        return JobyardClientException.own(
                safe ? "unreachable" : "uncertain",
                what + " at " + address + (safe ? "; see whether a host runs there" : "; look whether it was done"),
                cause);
    }

    static JobyardClientException gone() {
        return JobyardClientException.own("closed", "the client is closed", null);
    }

    private JsonNode json(HttpResponse<String> answer) {
        if (answer.statusCode() >= 300) {
            throw RefusedAnswer.of(answer.statusCode(), answer.headers(), answer.body());
        }
        try {
            JsonNode json = JsonFields.MAPPER.readTree(answer.body());
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // reported below; a page from another server is not shown
        }
        throw strange();
    }

    private JobyardClientException strange() {
        return JobyardClientException.own(
                "bad_answer", address + " answers something else than a Jobyard does; see whether it is one", null);
    }

    private HttpRequest request(HttpCall call) {
        HttpRequest.Builder request = builder(call.path()).setHeader("Accept", "application/json");
        if (call.key() != null) {
            request.setHeader("Idempotency-Key", call.key());
        }
        if (call.body() == null) {
            return request.method(call.method(), BodyPublishers.noBody()).build();
        }
        return request.setHeader("Content-Type", "application/json")
                .method(call.method(), BodyPublishers.ofString(call.body(), StandardCharsets.UTF_8))
                .build();
    }

    HttpRequest.Builder builder(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
        if (token != null) {
            request.setHeader("Authorization", "Bearer " + token.token());
        }
        return request;
    }

    private HttpClient http() {
        synchronized (lock) {
            if (closed) {
                throw gone();
            }
            if (http == null) {
                http = maker.get();
            }
            return http;
        }
    }

    static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Ends all current calls. The JDK ends its thread when nothing refers to its client. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            http = null;
        }
        for (AutoCloseable each : Set.copyOf(open)) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException(e); // no call throws an exception
            }
        }
    }
}
