// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a {@code command} job.
 *
 * @param command the name of a configuration
 * @param arguments values by placeholder name; null for none
 * @param stdin the input; null for none
 */
record CommandPayload(
        String command,
        @Nullable Map<String, String> arguments,
        @Nullable String stdin) {}
