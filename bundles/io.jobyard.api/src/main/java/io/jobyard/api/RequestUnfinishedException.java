// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;

/** Thrown if a request is repeated while the first one has begun and has no answer yet. The repeated request did nothing. */
public final class RequestUnfinishedException extends JobyardException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param at time at which the first request began
     */
    public RequestUnfinishedException(String key, Instant at) {
        super(
                "request_unfinished",
                "the request with the key '" + key + "' began at " + at + " and is unfinished; send it again in a few"
                        + " seconds. If it is still unfinished then, the host stopped meanwhile: check whether the request"
                        + " took effect, and use a new key",
                null);
    }
}
