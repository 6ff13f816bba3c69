// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process as it is written down: its number alone may by now be another's.
 *
 * @param owner the instance
 * @param startMillis when it began
 */
record RecordedProcess(String owner, long pid, long startMillis) {

    /** What two readings of one start may differ by: each goes by the clock of the machine's own start. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    RecordedProcess(String owner, ProcessHandle process) {
        this(owner, process.pid(), start(process));
    }

    private static long start(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
    }

    String text() {
        return owner + " " + pid + " " + startMillis;
    }

    /** The process of a text, if it is of that instance and lives. */
    static Optional<ProcessHandle> living(String text, String owner) {
        String[] words = text.split(" ");
        if (words.length != 3 || !words[0].equals(owner)) {
            return Optional.empty();
        }
        long startMillis = Long.parseLong(words[2]);
        return ProcessHandle.of(Long.parseLong(words[1]))
                .filter(process -> Math.abs(start(process) - startMillis) <= TOLERANCE.toMillis())
                .filter(ProcessTable::isAlive);
    }
}
