// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.JobField;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code job:submit}. */
final class SubmitOptions {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TYPE",
            description = "Names the handler the job needs; job:handlers lists them.")
    @Nullable
    String type;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "JSON",
            description = "The payload, a JSON object such as '{\"text\": \"hello\"}'.")
    @Nullable
    String payload;

    @Option(names = "--file", paramLabel = "F", description = "Take the payload from a file; - is standard input.")
    @Nullable
    String file;

    @Option(
            names = "--batch",
            paramLabel = "FILE",
            description = "Submit all jobs of a file, or none. Each line is a JSON object with type, payload and what"
                    + " else a specification has. - is standard input.")
    @Nullable
    String batch;

    final JobOptions ofJob = JobOptions.of(JobField.ALL);

    @Option(names = "--times", paramLabel = "N", description = "Submit so many alike, 1 to 1000000.")
    @Nullable
    Integer times;

    @Option(
            names = "--dry-run",
            description =
                    "Store nothing: say whether it would be taken, as which job, and what would keep it from starting; exit 1"
                            + " if it would be refused.")
    boolean dryRun;

    @Option(
            names = "--await",
            description =
                    "Wait until it is over: print its id at once, then its progress, log lines and failed attempts as they"
                            + " happen, and what it came to; exit 1 unless it completed. With --json nothing but the job, at its"
                            + " end. Ctrl-C ends the waiting, not the job.")
    boolean await;
}
