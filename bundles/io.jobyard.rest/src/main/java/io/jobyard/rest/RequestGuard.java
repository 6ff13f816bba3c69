// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.Repetition;
import io.jobyard.operations.api.Repetition.RepeatRule;
import io.jobyard.spi.error.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Headers for conditional and repeated requests: {@value #KEY} and {@value #MATCH}. An operation that does not support a header refuses
 * the request, because a client that sends the header relies on it.
 */
final class RequestGuard {

    static final String KEY = "Idempotency-Key";
    static final String MATCH = "If-Match";

    private RequestGuard() {}

    static void check(HttpServletRequest http, Operation operation) {
        Repetition repetition = operation.repetition();
        if (repetition.rule() == RepeatRule.REFUSED && http.getHeader(KEY) != null) {
            throw new RestException(
                    ErrorCode.HEADER_NOT_SUPPORTED,
                    "the header " + KEY + " is not supported here: " + repetition.instead());
        } else if (!operation.isConditional() && http.getHeader(MATCH) != null) {
            throw new RestException(
                    ErrorCode.HEADER_NOT_SUPPORTED,
                    "the header " + MATCH
                            + " is not supported here: this request does not change exactly one job; omit the"
                            + " header");
        }
    }
}
