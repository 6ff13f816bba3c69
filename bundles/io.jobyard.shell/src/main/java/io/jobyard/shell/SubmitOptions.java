// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.JobField;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options of {@code job:submit}. */
final class SubmitOptions {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TYPE",
            description = "Job type, which selects the handler; job:handlers lists the types.")
    @Nullable
    String type;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "JSON",
            description = "Payload, a JSON object, for example '{\"text\": \"hello\"}'.")
    @Nullable
    String payload;

    @Option(names = "--file", paramLabel = "F", description = "File to read the payload from; - is standard input.")
    @Nullable
    String file;

    @Option(
            names = "--batch",
            paramLabel = "FILE",
            description =
                    "File of jobs to submit, all or none. Each line is a JSON object with type, payload and other job"
                            + " fields. - is standard input.")
    @Nullable
    String batch;

    final JobOptions ofJob = JobOptions.of(JobField.ALL);

    @Option(names = "--times", paramLabel = "N", description = "Number of copies to submit (1–1000000).")
    @Nullable
    Integer times;

    @Option(
            names = "--dry-run",
            description =
                    "Do not store the job. Show whether the host would accept it, which unfinished job already has its key, and"
                            + " what would block it. Exit with 1 if the host would refuse it.")
    boolean dryRun;

    @Option(
            names = "--await",
            description =
                    "Wait until the job is finished: print its ID at once, then its progress, log lines and failed"
                            + " attempts as they happen, and finally its result. Exit with 1 unless the job completed. With"
                            + " --json, print only the finished job. Ctrl-C stops the waiting, not the job.")
    boolean await;
}
