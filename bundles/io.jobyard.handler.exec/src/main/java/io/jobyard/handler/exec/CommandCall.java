// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program to be run.
 *
 * @param line the program and its arguments
 * @param stdin what it reads; null for nothing
 */
record CommandCall(
        String name,
        CommandSettings settings,
        List<String> line,
        @Nullable String stdin) {}
