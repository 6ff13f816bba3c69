// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.views.api.ProblemView.Problem;
import java.util.Map;

/** A request that HTTP itself refuses, before or beside what the host says to it. */
final class RestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Map<String, String> headers;

    RestException(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    RestException(int status, String code, String message, Map<String, String> headers) {
        super(message);
        problem = new Problem(status, code, message);
        this.headers = headers;
    }

    Problem problem() {
        return problem;
    }

    Map<String, String> headers() {
        return headers;
    }
}
