// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program to run.
 *
 * @param line the program and its arguments
 * @param stdin the input; null for none
 */
record CommandCall(
        String name,
        CommandSettings settings,
        List<String> line,
        @Nullable String stdin) {}
