// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.faults;

/** What happens at a point. */
public enum Mode {
    HALT("the process ends, with no hook and no goodbye"),
    THROW("the database's connection breaks; a call is refused"),
    HANG("the thread stays where it is for ever"),
    AWAY("the database is away from here on, until it is told to come back"),
    STOP("the whole process stands still, until it is told to go on");

    private final String meaning;

    Mode(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
