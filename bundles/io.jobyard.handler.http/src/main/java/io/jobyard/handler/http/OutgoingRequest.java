// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is sent to one place.
 *
 * @param method in capitals
 * @param headers by name, whatever the case
 * @param body null if there is none
 */
record OutgoingRequest(String method, CallTarget target, Map<String, String> headers, byte @Nullable [] body) {

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    static final String CONTENT_TYPE = "Content-Type";

    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");
    /** Narrow enough that no credential is one. */
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("(?i)(application|audio|font|image|message|model|multipart|text|video)/[\\w.+-]{1,100}"
                    + "(; ?(charset|boundary)=[\\w.'+-]{1,70})?");

    OutgoingRequest {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = copy;
    }

    /** Whether it may be sent again though it may have been done: a second time changes nothing. */
    boolean isRepeatable() {
        return IDEMPOTENT.contains(method) || headers.containsKey(IDEMPOTENCY_KEY);
    }

    /** What follows a redirect. To another origin none of the payload's headers goes along: each may be a credential. */
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
