// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;

/** A request was repeated that has begun and has no answer yet: nothing was done. */
public final class RequestUnfinishedException extends JobyardException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param at when the request began
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
