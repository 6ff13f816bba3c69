// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Finding;
import io.jobyard.api.Remedy;
import java.util.stream.Collectors;

/** Formats the remedy of a finding as a command of the shell. */
final class RemedyCommand {

    private RemedyCommand() {}

    /** Returns the fix, followed by its commands. */
    static String fix(Finding finding) {
        return finding.remedies().isEmpty()
                ? finding.fix()
                : finding.remedies().stream()
                        .map(RemedyCommand::of)
                        .collect(Collectors.joining(", ", finding.fix() + ": ", ""));
    }

    static String of(Remedy remedy) {
        String name = remedy.name();
        return switch (remedy.kind()) {
            case RUNNING_JOBS -> "job:list --status running";
            case PENDING_JOBS -> "job:list --pending";
            case JOBS_OF_TYPE -> "job:list --type " + name;
            case JOBS_OF_SCHEDULE -> "job:list --schedule " + name;
            case EXPLAIN_JOB -> "job:explain ID";
            case JOB_HISTORY -> "job:history ID";
            case HANDLERS -> "job:handlers" + (name.isEmpty() ? "" : " --type " + name);
            case LIMITS -> "job:limits";
            case USAGE -> "job:usage";
            case SETTINGS -> "job:config";
            case REMOVE_OLD_JOBS -> "job:purge";
            case COMPACT -> "job:compact";
            case RELEASE_BUNDLE -> "job:release " + name;
            case REMOVE_SCHEDULE -> "job:schedule remove " + name;
            case SET_LIMIT -> "job:limit set " + name + " KEY=VALUE";
            case REMOVE_LIMIT -> "job:limit remove " + name;
            case SET_QUEUE -> "job:queue set " + name + " KEY=VALUE";
            case REMOVE_QUEUE -> "job:queue remove " + name;
        };
    }
}
