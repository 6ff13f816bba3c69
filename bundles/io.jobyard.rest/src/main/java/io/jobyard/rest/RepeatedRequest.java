// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.views.api.Fingerprint;
import io.jobyard.views.api.JsonReader;
import io.jobyard.views.api.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Request with an idempotency key: the host performs the first request, and equal requests receive the same answer. */
final class RepeatedRequest {

    private RepeatedRequest() {}

    static Reply answer(RestRequest request, String key) throws IOException {
        try {
            return reply(
                    request,
                    request.host().once.answer(request.caller(), key, fingerprint(request), () -> done(request)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Returns a fingerprint of the request and its caller, so that a token with fewer permissions cannot receive another token's answer.
     */
    private static String fingerprint(RestRequest request) throws IOException {
        String query = Objects.requireNonNullElse(request.http().getQueryString(), "");
        return Fingerprint.of(
                request.http().getMethod() + " " + request.http().getRequestURI() + "?" + query + " by "
                        + request.caller().inFull(),
                request.route().operation().hasBody() ? List.of(request.sent()) : List.of());
    }

    private static String done(RestRequest request) {
        try {
            Reply reply = request.route().action().answer(request);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("status", reply.status());
            answer.put("headers", reply.headers());
            answer.put("body", reply.json());
            return JsonWriter.compact(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Reply reply(RestRequest request, String text) {
        Map<String, Object> answer = JsonReader.object("the stored answer", text);
        int status = (Integer) Objects.requireNonNull(answer.get("status"));
        return new Reply(
                status,
                (Map<String, String>) Objects.requireNonNull(answer.get("headers")),
                Objects.requireNonNull(request.route().operation().answers().get(status)),
                (Map<String, @Nullable Object>) Objects.requireNonNull(answer.get("body")));
    }
}
