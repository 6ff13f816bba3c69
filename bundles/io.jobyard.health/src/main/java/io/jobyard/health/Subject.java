// SPDX-License-Identifier: Apache-2.0
package io.jobyard.health;

import io.jobyard.api.Finding;
import java.util.Arrays;
import java.util.Locale;

/** What the doctor looks at, one health check each. */
enum Subject {
    STORE,
    BACKLOG,
    HANDLER,
    WORKER,
    QUARANTINE,
    LISTENER,
    DISK,
    CLOCK,
    /** Whatever else a finding names: the PID of a configuration, or what has none. */
    CONFIGURATION;

    static Subject of(Finding finding) {
        return Arrays.stream(values())
                .filter(subject -> subject.word().equals(finding.subject()))
                .findFirst()
                .orElse(CONFIGURATION);
    }

    /** As findings and the names of checks have it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
