// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The payload of an {@code http_request} job. Optional fields are null if missing.
 *
 * @param method the method; default {@code GET}
 * @param body a text, or any other JSON value
 * @param expect the expected statuses, for example 404, and classes, for example {@code 2xx}
 * @param timeoutSeconds the timeout, including all redirects
 * @param maxBytes the maximum size of the response
 * @param followRedirects whether to follow redirects; default true
 * @param idempotencyKey a text, or true for the job's ID
 * @param sign how to sign the request
 * @param readBody whether to read the body of a 2xx response; default true
 */
record CallPayload(
        @Nullable String method,
        String url,
        @Nullable Map<String, String> headers,
        @Nullable Object body,
        @Nullable List<Object> expect,
        @Nullable Integer timeoutSeconds,
        @Nullable Integer maxBytes,
        @Nullable Boolean followRedirects,
        @Nullable Object idempotencyKey,
        @Nullable CallSignature sign,
        @Nullable Boolean readBody) {}
