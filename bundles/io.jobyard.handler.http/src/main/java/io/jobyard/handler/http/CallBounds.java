// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import org.jspecify.annotations.Nullable;

/**
 * How far a call may go.
 *
 * @param deadline when it is to end
 * @param maxBytes the most of its answer
 * @param maxRedirects the most that it follows
 * @param followsRedirects whether it follows any
 * @param readsBody whether the body of an answer with a status of 2xx is read
 */
record CallBounds(CallDeadline deadline, int maxBytes, int maxRedirects, boolean followsRedirects, boolean readsBody) {

    /** A payload may ask for less than the administrator allows. */
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
