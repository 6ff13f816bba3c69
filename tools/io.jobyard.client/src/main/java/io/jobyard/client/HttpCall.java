// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a host.
 *
 * @param method of HTTP
 * @param path behind the address of the host
 * @param body JSON; null for none
 * @param key what the host knows the request by when it comes again; null if it asks for none
 * @param safe whether it may be sent again although it may have been done
 * @param holds for how long the host may hold the answer back
 */
record HttpCall(
        String method,
        String path,
        @Nullable String body,
        @Nullable String key,
        boolean safe,
        Duration holds) {

    static HttpCall get(String path) {
        return get(path, Duration.ZERO);
    }

    static HttpCall get(String path, Duration holds) {
        return new HttpCall("GET", path, null, null, true, holds);
    }

    /** One that the host does once, however often it comes. */
    static HttpCall once(String path, Object body) {
        return new HttpCall(
                "POST", path, JsonFields.write(body), UUID.randomUUID().toString(), true, Duration.ZERO);
    }

    static HttpCall post(String path, @Nullable Object body, boolean safe) {
        return new HttpCall("POST", path, body == null ? null : JsonFields.write(body), null, safe, Duration.ZERO);
    }
}
