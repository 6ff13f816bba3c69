// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.spi.error.ErrorCode;
import io.jobyard.views.api.RequestFault;
import java.util.Map;

/** Request that HTTP itself refuses, independently of what the host would answer. */
final class RestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient RequestFault problem;
    private final transient Map<String, String> headers;

    RestException(ErrorCode code, String message) {
        this(code, message, Map.of());
    }

    RestException(ErrorCode code, String message, Map<String, String> headers) {
        super(message);
        problem = RequestFault.of(code, message);
        this.headers = headers;
    }

    RequestFault problem() {
        return problem;
    }

    Map<String, String> headers() {
        return headers;
    }
}
