// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which jobs are meant. */
final class JobFilterOptions extends FilterOptions {

    @Option(names = "--queue", paramLabel = "Q", description = "Only jobs that stand in this queue.")
    @Nullable
    String queue;

    @Option(
            names = "--label",
            paramLabel = "K=V",
            description = "Only jobs with this label; given several times, with all of them.")
    Map<String, String> labels = new LinkedHashMap<>();

    @Override
    @Nullable
    String queue() {
        return queue;
    }

    @Override
    Map<String, String> labels() {
        return labels;
    }
}
