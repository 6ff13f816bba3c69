// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sends requests, and repeats them where that is safe. Safe for use by several threads. */
final class HttpCalls implements AutoCloseable {

    /** Timeout of an answer that the host does not delay on purpose. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private static final int TOO_MANY = 429;
    private static final Set<Integer> PASSING = Set.of(408, TOO_MANY, 502, 503, 504);

    private final URI address;
    private final @Nullable TokenSource token;
    private final Supplier<HttpClient> maker;
    private final Duration timeout;
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private @Nullable HttpClient http;
    private volatile boolean closed;

    HttpCalls(URI address, @Nullable TokenSource token, Supplier<HttpClient> maker, Duration timeout) {
        this.address = address;
        this.token = token;
        this.maker = maker;
        this.timeout = timeout;
    }

    /** Returns how long requests to an unavailable host are repeated. */
    Duration timeout() {
        return timeout;
    }

    /**
     * Sends a request and returns the answer. Repeats it within the timeout. If the timeout ends the last attempt,
     * throws the error of the latest response.
     */
    JsonNode send(HttpCall call) {
        long end = System.nanoTime() + timeout.plus(call.holds()).toNanos();
        JobyardClientException refusal = null;
        for (int repeat = 0; ; repeat++) {
            try {
                return json(attempt(call, Duration.ofNanos(end - System.nanoTime())));
            } catch (JobyardClientException e) {
                Duration pause = RetryPause.before(repeat, e.retryAfter().orElse(null));
                if (!mayComeAgain(e, call) || System.nanoTime() + pause.toNanos() > end) {
                    throw refusal != null && wasCutShort(e) ? refusal : e;
                }
                refusal = e.status() == 0 ? refusal : e;
                RetryPause.take(pause);
            }
        }
    }

    static boolean isPassing(JobyardClientException e) {
        return PASSING.contains(e.status()) && !e.code().equals("busy")
                || e.code().equals("unreachable");
    }

    private static boolean mayComeAgain(JobyardClientException e, HttpCall call) {
        boolean refused = e.status() == TOO_MANY || e.getCause() instanceof ConnectException;
        return isPassing(e) && (call.safe() || refused);
    }

    private static boolean wasCutShort(JobyardClientException e) {
        return e.code().equals("unreachable") && e.getCause() instanceof TimeoutException;
    }

    private HttpResponse<String> attempt(HttpCall call, Duration left) {
        Duration most = min(left, ANSWER.plus(call.holds()));
        HttpResponse<String> answer =
                answer(request(call), BodyHandlers.ofString(StandardCharsets.UTF_8), most, call.safe());
        if (answer.statusCode() >= 300) {
            throw RefusedAnswer.of(answer.statusCode(), answer.headers(), answer.body());
        }
        return answer;
    }

    /** Opens a stream of events, in one attempt. */
    EventLines follow(String path, @Nullable String lastId) {
        HttpRequest.Builder request = builder(path).setHeader("Accept", "text/event-stream");
        if (lastId != null) {
            request.setHeader("Last-Event-ID", lastId);
        }
        EventLines lines = new EventLines(open::remove);
        answer(request.build(), lines, min(timeout, ANSWER), true);
        open.add(lines);
        if (closed) {
            lines.close();
            throw gone();
        }
        return lines;
    }

    /** Sends bytes, in one attempt. */
    InputStream exchange(String path, String mediaType, InputStream body) {
        HttpRequest request = builder(path)
                .setHeader("Accept", mediaType)
                .setHeader("Content-Type", mediaType)
                .POST(BodyPublishers.ofInputStream(() -> body))
                .build();
        HttpResponse<InputStream> answer = answer(request, BodyHandlers.ofInputStream(), timeout, false);
        if (answer.statusCode() >= 300) {
            throw RefusedAnswer.of(answer.statusCode(), answer.headers(), text(answer.body()));
        } else if (!answer.headers().firstValue("Content-Type").orElse("").startsWith(mediaType)) {
            throw strange();
        }
        return new HeardStream(answer.body(), EventLines.SILENCE_NANOS);
    }

    private static String text(InputStream body) {
        try (body) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // the status is sufficient
        }
    }

    private <T> HttpResponse<T> answer(HttpRequest request, BodyHandler<T> handler, Duration most, boolean safe) {
        CompletableFuture<HttpResponse<T>> coming = http().sendAsync(request, handler);
        AutoCloseable waiting = () -> coming.cancel(true);
        open.add(waiting);
        try {
            return coming.get(Math.max(1, most.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            coming.cancel(true);
            throw silent(safe, "no answer within " + most.toSeconds() + " s", e);
        } catch (CancellationException e) {
            throw gone();
        } catch (ExecutionException e) {
            throw fault(e.getCause(), safe);
        } catch (InterruptedException e) {
            coming.cancel(true);
            throw RetryPause.interrupted(e);
        } finally {
            open.remove(waiting);
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

    private HttpRequest.Builder builder(String path) {
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

    private static Duration min(Duration one, Duration other) {
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
