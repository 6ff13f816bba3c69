// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.handler.PermanentException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reader of payloads into requests. Its exceptions contain no header values, which may be secrets. */
final class RequestReader {

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\t -~\\u0080-\\u00ff]*");
    private static final Set<String> OURS = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "upgrade",
            "te",
            "trailer",
            "keep-alive",
            "expect",
            "idempotency-key",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature");
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");

    private RequestReader() {}

    static OutgoingRequest read(CallPayload payload, String jobId, Instant now) {
        String method = payload.method() == null ? "GET" : payload.method();
        if (payload.body() != null && WITHOUT_BODY.contains(method)) {
            throw new PermanentException("body: a " + method + " request has no body; use POST, or remove body");
        }
        Map<String, String> headers = headers(payload.headers() == null ? Map.of() : payload.headers());
        if (payload.body() != null) {
            headers.putIfAbsent(
                    OutgoingRequest.CONTENT_TYPE,
                    payload.body() instanceof String ? "text/plain; charset=utf-8" : "application/json");
        }
        String key = key(payload.idempotencyKey(), jobId);
        if (key != null) {
            headers.put(OutgoingRequest.IDEMPOTENCY_KEY, key);
        }
        byte[] body = body(payload.body());
        if (payload.sign() != null) {
            headers.putAll(payload.sign().headers(body == null ? new byte[0] : body, now));
        }
        return new OutgoingRequest(method, target(payload.url()), headers, body);
    }

    private static CallTarget target(String url) {
        try {
            return CallTarget.parse(url);
        } catch (IllegalArgumentException e) {
            throw new PermanentException("invalid url: " + e.getMessage());
        }
    }

    private static Map<String, String> headers(Map<String, String> given) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!NAME.matcher(name).matches()) {
                throw new PermanentException("invalid header name in headers: use letters, digits and -");
            } else if (OURS.contains(lower) || lower.startsWith("proxy-")) {
                throw new PermanentException("headers has " + name + ", which http_request sets itself: remove it"
                        + (lower.equals("idempotency-key") ? ", and set idempotencyKey" : "")
                        + (lower.startsWith("webhook-") ? ", and set sign" : ""));
            } else if (!VALUE.matcher(value).matches()) {
                throw new PermanentException(
                        "invalid header " + name + ": its value has characters that are not allowed in a header");
            } else if (headers.put(name, value) != null) {
                throw new PermanentException("duplicate header " + name + " in headers; use each header once");
            }
        });
        return headers;
    }

    private static @Nullable String key(@Nullable Object asked, String jobId) {
        if (asked == null || Boolean.FALSE.equals(asked)) {
            return null;
        }
        String key = Boolean.TRUE.equals(asked) ? jobId : asked.toString();
        if (key.isBlank() || !VALUE.matcher(key).matches()) {
            throw new PermanentException("invalid idempotencyKey: it has characters that are not allowed in a header");
        }
        return key;
    }

    private static byte @Nullable [] body(@Nullable Object body) {
        try {
            return body == null
                    ? null
                    : body instanceof String text
                            ? text.getBytes(StandardCharsets.UTF_8)
                            : new ObjectMapper().writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new PermanentException("body cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
