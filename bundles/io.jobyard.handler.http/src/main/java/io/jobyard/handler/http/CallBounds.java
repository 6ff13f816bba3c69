// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import org.jspecify.annotations.Nullable;

/**
 * Bounds of a call.
 *
 * @param maxBytes the maximum size of the response
 * @param readsBody whether to read the body of a 2xx response
 */
record CallBounds(CallDeadline deadline, int maxBytes, int maxRedirects, boolean followsRedirects, boolean readsBody) {

    /** Returns the bounds of a payload, at most those that the administrator allows. */
    static CallBounds of(CallPayload payload, HttpRequestSettings settings) {
        return new CallBounds(
                CallDeadline.in(least(payload.timeoutSeconds(), settings.timeoutSeconds())),
                least(payload.maxBytes(), settings.maxBytes()),
                settings.maxRedirects(),
                !Boolean.FALSE.equals(payload.followRedirects()),
                !Boolean.FALSE.equals(payload.readBody()));
    }

    private static int least(@Nullable Integer asked, int most) {
        return asked == null ? most : Math.min(asked, most);
    }
}
