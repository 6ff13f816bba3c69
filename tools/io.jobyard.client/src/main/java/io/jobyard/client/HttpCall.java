// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Request to a host.
 *
 * @param method the HTTP method
 * @param path the path after the address of the host
 * @param body the JSON body; null for none
 * @param key the idempotency key of the request; null for none
 * @param safe whether the request may be repeated even if the host may have executed it
 */
record HttpCall(
        String method,
        String path,
        @Nullable String body,
        @Nullable String key,
        boolean safe) {

    static final String JOBS = "/api/v1/jobs";

    /** Returns the path of a job, followed by the rest. */
    static String path(String id, String rest) {
        return JOBS + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20") + rest;
    }

    static HttpCall get(String path) {
        return new HttpCall("GET", path, null, null, true);
    }

    /** Creates a request that the host executes once, even if it is repeated. */
    static HttpCall once(String path, Object body) {
        return new HttpCall(
                "POST", path, JsonFields.write(body), UUID.randomUUID().toString(), true);
    }

    static HttpCall post(String path, @Nullable Object body, boolean safe) {
        return new HttpCall("POST", path, body == null ? null : JsonFields.write(body), null, safe);
    }
}
