// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.faults;

/** What happens at a point. */
public enum Mode {
    HALT("the process ends, with no hook and no goodbye"),
    THROW("the database's connection breaks; a call is refused"),
    HANG("the thread hangs forever"),
    AWAY("the database is unavailable until the test restores it"),
    STOP("the whole process is paused until the test resumes it");

    private final String meaning;

    Mode(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
