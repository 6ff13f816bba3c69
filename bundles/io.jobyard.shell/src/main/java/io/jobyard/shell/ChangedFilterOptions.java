// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Filter options of a command that also has options for a new queue and new labels. */
final class ChangedFilterOptions extends FilterOptions {

    @Option(names = "--in-queue", split = ",", paramLabel = "Q", description = "Only jobs in this queue." + ANY)
    List<String> queues = new ArrayList<>();

    @Option(
            names = "--with-label",
            paramLabel = "K=V",
            description = "Only jobs with this label; repeat the option to require several labels.")
    Map<String, String> labels = new LinkedHashMap<>();

    @Override
    List<String> queues() {
        return queues;
    }

    @Override
    Map<String, String> labels() {
        return labels;
    }
}
