// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import java.net.HttpURLConnection;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Readiness check of a host, in one request. The host answers with one line of text. */
final class ReadinessCheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** Maximum number of characters of the reason that a message contains. */
    private static final int LONGEST_REASON = 200;

    private ReadinessCheck() {}

    static CompletableFuture<Void> of(HttpCalls calls) {
        try {
            return Chained.map(
                    calls.answer(
                            calls.builder("/readyz").build(),
                            BodyHandlers.ofString(StandardCharsets.UTF_8),
                            HttpCalls.min(calls.timeout(), TIMEOUT),
                            true),
                    ReadinessCheck::checked);
        } catch (JobyardClientException e) { // the token file, or the client is closed
            return CompletableFuture.failedFuture(e);
        }
    }

    private static @Nullable Void checked(HttpResponse<String> answer) {
        String line = answer.body().strip();
        if (answer.statusCode() == HttpURLConnection.HTTP_OK && line.equals("ready")) {
            return null;
        } else if (answer.statusCode() == HttpURLConnection.HTTP_UNAVAILABLE && isText(answer)) {
            String reason = line.substring(0, Math.min(line.length(), LONGEST_REASON));
            String message = "the host is not ready: " + reason;
            throw new JobyardClientException(answer.statusCode(), "not_ready", null, message, null, null, null);
        }
        throw RefusedAnswer.of(answer.statusCode(), answer.headers(), line);
    }

    private static boolean isText(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").startsWith("text/plain");
    }
}
