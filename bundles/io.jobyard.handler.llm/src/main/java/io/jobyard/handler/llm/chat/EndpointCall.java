// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.handler.llm.endpoints.Endpoint;
import io.jobyard.handler.llm.wire.OpenAnswer;
import io.jobyard.handler.llm.wire.ProviderError;
import io.jobyard.handler.llm.wire.RateHeaders;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Call of an endpoint over HTTP, up to the start of its response. */
final class EndpointCall {

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

    /**
     * Reads the API key.
     *
     * @param step name of the step that makes the call
     * @param isFirst whether the job requested this endpoint; then the rate headers of the response apply to the job's limits
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
            throw new PermanentException("the secret " + endpoint.secret()
                    + " is not a valid key: use only ASCII letters, digits and punctuation");
        }
        return secret;
    }

    /**
     * Sends the body.
     *
     * @return response with a successful status
     * @throws ModelCallException if the call could not be sent, or was rejected; then the call costs nothing
     * @throws IOException if the call was sent and its result is unknown
     */
    OpenAnswer send(String path, ObjectNode body)
            throws ModelCallException, IOException, InterruptedException, TimeoutException {
        OpenAnswer answer = begun(request(path, body));
        RateHeaders headers = new RateHeaders(answer.headers(), clock.instant());
        remaining = isFirst ? headers.remaining() : List.of();
        if (answer.status() / 100 == 2) {
            return answer;
        }
        try (answer) {
            Settlement.begin(context); // the call costs nothing yet
            tellRemaining();
            throw failures.refused(answer.status(), headers, error(answer));
        }
    }

    private OpenAnswer begun(HttpRequest request)
            throws ModelCallException, IOException, InterruptedException, TimeoutException {
        HttpClient client = http.client();
        boolean isSent = true;
        try {
            return OpenAnswer.of(
                    client,
                    request,
                    endpoint.answers().firstByte(),
                    endpoint.answers().idle(),
                    context::heartbeat);
        } catch (IOException e) {
            http.failed(client, e);
            isSent = !CallFailures.isUnsent(e);
            if (!isSent) {
                Settlement.begin(context);
                throw failures.unreachable(e);
            }
            throw e;
        } finally {
            context.used("requests", isSent ? 1 : 0);
        }
    }

    /** Reports the remaining limits, after the cost of the response was reported. */
    void tellRemaining() {
        remaining.forEach(each -> context.remaining(each.unit(), each.left(), each.until()));
    }

    private HttpRequest request(String path, ObjectNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.at(path))
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

    /** Returns the error. An unreadable body also counts as an error. */
    private static ProviderError error(OpenAnswer answer) throws InterruptedException {
        try {
            return ProviderError.read(answer.text(LONGEST_ERROR, text -> true));
        } catch (IOException | TimeoutException | RuntimeException e) {
            return new ProviderError("", "");
        }
    }
}
