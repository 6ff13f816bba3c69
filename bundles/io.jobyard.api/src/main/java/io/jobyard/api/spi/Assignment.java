// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import io.jobyard.api.HandlerName;
import org.jspecify.annotations.Nullable;

/**
 * A run that is durable and now to be done. Only its holder may finish it.
 *
 * @param stored the job, running
 * @param payload a JSON object
 * @param handler the handler that is to do it, as the history says; null if it left before the start
 */
public record Assignment(
        StoredJob stored, String payload, @Nullable HandlerName handler) {}
