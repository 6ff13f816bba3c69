// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * HTTP request of a client, at its end. A snapshot.
 *
 * @param method the HTTP method
 * @param path the path without the query; it can contain the id of a job, so it has too many values for a metric's tag
 * @param status the HTTP status of the answer; 0 without an answer
 * @param code without an answer, the code as in {@link JobyardClientException#code()}, or {@code cancelled} after a
 *     future was cancelled, or {@code failed} for an unexpected exception; null with an answer
 * @param duration the time from sending the request to its end
 */
public record ObservedRequest(
        String method, String path, int status, @Nullable String code, Duration duration) {}
