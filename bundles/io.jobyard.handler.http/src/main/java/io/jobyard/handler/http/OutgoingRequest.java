// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request to one target.
 *
 * @param method the method, in capitals
 * @param headers the headers, by case-insensitive name
 * @param body the body; null for none
 */
record OutgoingRequest(String method, CallTarget target, Map<String, String> headers, byte @Nullable [] body) {

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    static final String CONTENT_TYPE = "Content-Type";

    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");
    /** Accepted media types. The pattern is narrow enough that no credential matches. */
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("(?i)(application|audio|font|image|message|model|multipart|text|video)/[\\w.+-]{1,100}"
                    + "(; ?(charset|boundary)=[\\w.'+-]{1,70})?");

    OutgoingRequest {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = copy;
    }

    /** Returns whether a request that may have been processed can be sent again, because a repetition has no effect. */
    boolean isRepeatable() {
        return IDEMPOTENT.contains(method) || headers.containsKey(IDEMPOTENCY_KEY);
    }

    /**
     * Returns the request that follows a redirect. A request to another origin has none of the payload's headers,
     * because each may be a credential.
     */
    OutgoingRequest redirected(int status, CallTarget to) {
        boolean isGet = status == 303 && !method.equals("HEAD") || status < 303 && method.equals("POST");
        Map<String, String> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> {
            if (to.isSameOrigin(target) || isHarmless(name, value)) {
                kept.put(name, value);
            }
        });
        if (isGet) {
            kept.keySet().removeIf(name -> name.regionMatches(true, 0, "Content-", 0, "Content-".length()));
        }
        return new OutgoingRequest(isGet ? "GET" : method, to, kept, isGet ? null : body);
    }

    private static boolean isHarmless(String name, String value) {
        return name.equalsIgnoreCase(IDEMPOTENCY_KEY)
                || name.equalsIgnoreCase(CONTENT_TYPE)
                        && MEDIA_TYPE.matcher(value).matches();
    }
}
