// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.views.api.ProblemView.RequestProblem;
import java.util.Map;

/** A request that HTTP itself refuses, before or beside what the host says to it. */
final class RestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient RequestProblem problem;
    private final transient Map<String, String> headers;

    RestException(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    RestException(int status, String code, String message, Map<String, String> headers) {
        super(message);
        problem = new RequestProblem(status, code, message);
        this.headers = headers;
    }

    RequestProblem problem() {
        return problem;
    }

    Map<String, String> headers() {
        return headers;
    }
}
