// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job asks for. What may be left out is null then.
 *
 * @param method {@code GET} if left out
 * @param headers by name
 * @param body a text, or any other JSON value
 * @param expect statuses such as 404, and classes such as {@code 2xx}
 * @param timeoutSeconds the most that it takes, all redirects together
 * @param maxBytes of the answer
 * @param followRedirects yes if left out
 * @param idempotencyKey a text, or true for the job's id
 * @param sign how the request is signed
 * @param readBody whether the body of an answer with a status of 2xx is read; yes if left out
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
