// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job asks for.
 *
 * @param command the name of a configuration
 * @param arguments values by the names of their places; null for none
 * @param stdin what it reads; null for nothing
 */
record CommandPayload(
        String command,
        @Nullable Map<String, String> arguments,
        @Nullable String stdin) {}
