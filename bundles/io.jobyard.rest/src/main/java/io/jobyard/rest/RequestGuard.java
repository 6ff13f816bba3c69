// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import jakarta.servlet.http.HttpServletRequest;

/**
 * What a route makes of the headers by which a client guards a request: {@value #KEY} and {@value #MATCH}. A header that a route does not
 * support is refused: a client that sends one relies on it.
 *
 * @param repeats what happens to a request that comes again with the same key
 * @param instead why there is no key, and what to do
 * @param matches whether the request may name the job as it was read
 */
record RequestGuard(Repeats repeats, String instead, boolean matches) {

    static final String KEY = "Idempotency-Key";
    static final String MATCH = "If-Match";

    /** What happens to a request that comes again with the same key. */
    enum Repeats {
        /** The request is refused if it has a key. */
        REFUSED,
        /** The route itself stores the key with its jobs. */
        STORED_WITH_JOBS,
        /** The request gets the answer of the first one. */
        ANSWERED
    }

    static final RequestGuard READS =
            new RequestGuard(Repeats.REFUSED, "this request changes nothing; send it again without the header", false);
    static final RequestGuard CHANGES = new RequestGuard(Repeats.ANSWERED, "", false);

    static final String HAS_PASSWORD =
            "its body has a password, of which nothing is kept; leave the header out, and sign in to see whether it took effect";

    void check(HttpServletRequest http) {
        if (repeats == Repeats.REFUSED && http.getHeader(KEY) != null) {
            throw new RestException(
                    400, "header_not_supported", "the header " + KEY + " is not supported here: " + instead);
        } else if (!matches && http.getHeader(MATCH) != null) {
            throw new RestException(
                    400,
                    "header_not_supported",
                    "the header " + MATCH + " is not supported here: this request does not change one job; leave the"
                            + " header out");
        }
    }
}
