// SPDX-License-Identifier: Apache-2.0
package io.jobyard.health;

import io.jobyard.api.Finding;
import java.util.Arrays;

/** The subjects of the doctor, one health check each. */
enum Subject {
    STORE(Finding.STORE),
    BACKLOG(Finding.BACKLOG),
    HANDLER(Finding.HANDLER),
    DEPLOY(Finding.DEPLOY),
    WORKER(Finding.WORKER),
    QUARANTINE(Finding.QUARANTINE),
    LISTENER(Finding.LISTENER),
    DISK(Finding.DISK),
    MEMORY(Finding.MEMORY),
    FILES(Finding.FILES),
    CLOCK(Finding.CLOCK),
    /** Also for all other subjects: the PID of a configuration, or a limit without one. */
    CONFIGURATION(Finding.CONFIGURATION);

    /** The word in findings and in the names of checks. */
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
