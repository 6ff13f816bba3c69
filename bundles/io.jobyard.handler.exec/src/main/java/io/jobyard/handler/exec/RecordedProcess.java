// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process as recorded. The PID alone is not enough, because the kernel may have reused it.
 *
 * @param owner the instance
 */
record RecordedProcess(String owner, long pid, long startMillis) {

    /**
     * Maximum difference between two readings of one start time, because each is computed from the machine's boot time.
     */
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

    /** Returns the process that a text records, if it belongs to the instance and is alive. */
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
