// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.handler.llm.endpoints.Endpoint;
import io.jobyard.handler.llm.wire.ProviderError;
import io.jobyard.handler.llm.wire.RateHeaders;
import io.jobyard.handler.llm.wire.WholeBody;
import io.jobyard.handler.llm.wire.WireJson;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Call of an endpoint over HTTP. */
final class EndpointCall implements Exchange.AnswerConsumer {

    /** Receives an answer with a successful status. */
    interface Reader {

        void begin(HttpHeaders headers);

        /** Receives the next bytes. An exception ends the call. */
        void take(List<ByteBuffer> bytes);
    }

    private static final int LONGEST_ERROR = 65_536;
    private static final Pattern IN_A_HEADER = Pattern.compile("[!-~]+");

    private final JobContext context;
    private final String step;
    private final Endpoint endpoint;
    private final @Nullable String key;
    private final boolean isFirst;
    private final ModelHttp http;
    private final Clock clock;
    final CallFailures failures;
    private List<RateHeaders.Remaining> remaining = List.of();
    private @Nullable Reader reader;
    private HttpResponse.@Nullable ResponseInfo answer;
    private final WholeBody error = new WholeBody(LONGEST_ERROR);
    private volatile @Nullable Exchange exchange;

    /**
     * Reads the API key.
     *
     * @param step name of the step that makes the call
     * @param isFirst whether the job requested this endpoint; then its load and the rate headers of the response apply to the job's limits
     * @throws io.jobyard.api.handler.RetryableException if no policy allows the run to use the key
     */
    EndpointCall(JobContext context, String step, Endpoint endpoint, boolean isFirst, ModelHttp http, Clock clock) {
        this.context = context;
        this.step = step;
        this.endpoint = endpoint;
        this.isFirst = isFirst;
        this.http = http;
        this.clock = clock;
        key = endpoint.secret() == null ? null : key(context.secret(endpoint.secret()));
        failures = new CallFailures(endpoint, context::redact, context.attempt());
    }

    private String key(String secret) {
        if (!IN_A_HEADER.matcher(secret).matches()) {
            throw new PermanentException(
                    "invalid key in secret " + endpoint.secret() + ": use only ASCII letters, digits and punctuation");
        }
        return secret;
    }

    /**
     * Sends the body.
     *
     * @param to receives the answer
     * @return future of the end of the answer, with the reason if it is incomplete: a {@link ModelCallException} if the call could not be
     * sent, or was rejected, and so costs nothing; otherwise an exception of {@link Exchange#ended}
     */
    CompletableFuture<@Nullable Throwable> send(String path, ObjectNode body, Reader to) {
        reader = to;
        Exchange begun = Exchange.send(http, request(path, body), endpoint.answers(), this);
        exchange = begun;
        return begun.ended().handle((end, fault) -> ended(fault));
    }

    /** Closes the connection of an unfinished call. */
    void cancel() {
        Exchange begun = exchange;
        if (begun != null) {
            begun.cancel();
        }
    }

    @Override
    public void begin(HttpResponse.ResponseInfo info) {
        answer = info;
        remaining = isFirst ? headers(info).remaining() : List.of();
        if (isGood(info)) {
            Objects.requireNonNull(reader).begin(info.headers());
        }
    }

    @Override
    public void heartbeat() {
        context.heartbeat();
    }

    @Override
    public void take(List<ByteBuffer> bytes) {
        if (isGood(Objects.requireNonNull(answer))) {
            Objects.requireNonNull(reader).take(bytes);
        } else {
            error.take(bytes);
        }
    }

    private static boolean isGood(HttpResponse.ResponseInfo info) {
        return info.statusCode() / 100 == 2;
    }

    private RateHeaders headers(HttpResponse.ResponseInfo info) {
        return new RateHeaders(info.headers(), clock.instant());
    }

    private @Nullable Throwable ended(@Nullable Throwable fault) {
        HttpResponse.ResponseInfo info = answer;
        if (info == null && fault != null && CallFailures.isUnsent(fault)) {
            context.used("requests", 0);
            Settlement.begin(context); // the call costs nothing yet
            return failures.unreachable(fault);
        }
        context.used("requests", 1);
        if (info == null || isGood(info) || fault instanceof CancellationException) {
            return fault;
        }
        Settlement.begin(context);
        if (isFirst && CallFailures.isOverload(info.statusCode())) {
            context.overloaded();
        }
        tellRemaining();
        ProviderError said = fault == null ? ProviderError.read(error.text()) : new ProviderError("", "");
        return failures.refused(info.statusCode(), headers(info), said);
    }

    /** Returns whether the complete body has arrived, even if the connection failed afterwards. */
    static boolean isComplete(@Nullable Throwable fault, WholeBody body) {
        return fault == null
                || (fault instanceof IOException || fault instanceof TimeoutException)
                        && WireJson.isObject(body.text());
    }

    /** Reports the remaining limits, after the cost of the response was reported. */
    void tellRemaining() {
        remaining.forEach(each -> context.remaining(each.unit(), each.left(), each.until()));
    }

    private HttpRequest request(String path, ObjectNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.at(path))
                .version(ModelHttp.version(endpoint.url()))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey(body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toString().getBytes(StandardCharsets.UTF_8)));
        endpoint.wire().headers(key).forEach(request::header);
        return request.build();
    }

    /**
     * Returns a key that is equal for the same attempt of the same step, even after a kill of the host. A provider that supports such keys
     * repeats its response and charges only once. The key includes the body, because the attempt may use another endpoint or model.
     */
    private String idempotencyKey(ObjectNode body) {
        String call =
                context.job().id() + "\n" + step + "\n" + context.attempt() + "\n" + endpoint.name() + "\n" + body;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(call.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
