// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.JobStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The values of options that have only a few, for completion. */
final class OptionChoices {

    private OptionChoices() {}

    static final class Statuses extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Statuses() {
            super(Stream.of(JobStatus.values()).map(JobStatus::text).toList());
        }
    }

    static final class Policies extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Policies() {
            super(Stream.of(DependencyPolicy.values())
                    .map(DependencyPolicy::text)
                    .toList());
        }
    }

    static final class Exports extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Exports() {
            super(List.of("jobs", "history", "audit"));
        }
    }

    static final class Actions extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Actions() {
            super(List.of(
                    "cancel",
                    "retry",
                    "change",
                    "pause",
                    "resume",
                    "release",
                    "backup",
                    "check",
                    "compact",
                    "purge",
                    "configure",
                    "install",
                    "update",
                    "uninstall",
                    "begin",
                    "cut",
                    "refused"));
        }
    }
}
