// SPDX-License-Identifier: Apache-2.0
package io.jobyard.health;

import io.jobyard.api.Finding;
import java.util.Arrays;

/** What the doctor looks at, one health check each. */
enum Subject {
    STORE(Finding.STORE),
    BACKLOG(Finding.BACKLOG),
    HANDLER(Finding.HANDLER),
    DEPLOY(Finding.DEPLOY),
    WORKER(Finding.WORKER),
    QUARANTINE(Finding.QUARANTINE),
    LISTENER(Finding.LISTENER),
    DISK(Finding.DISK),
    FILES(Finding.FILES),
    CLOCK(Finding.CLOCK),
    /** With whatever else a finding names: the PID of a configuration, or a limit that has none. */
    CONFIGURATION(Finding.CONFIGURATION);

    /** As findings and the names of checks have it. */
    final String word;

    Subject(String word) {
        this.word = word;
    }

    static Subject of(Finding finding) {
        return Arrays.stream(values())
                .filter(subject -> subject.word.equals(finding.subject()))
                .findFirst()
                .orElse(CONFIGURATION);
    }
}
