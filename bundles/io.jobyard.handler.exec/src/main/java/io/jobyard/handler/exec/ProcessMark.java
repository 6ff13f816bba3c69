// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.time.Instant;

/**
 * The mark of a host's processes: an environment variable, which child processes inherit.
 *
 * @param owner the instance's unique name
 * @param host the host process: PID and start time
 */
record ProcessMark(String owner, String host) {

    static final String VARIABLE = "JOBYARD_COMMAND";

    static ProcessMark of(String owner) {
        ProcessHandle self = ProcessHandle.current();
        Instant start = self.info().startInstant().orElse(Instant.EPOCH);
        return new ProcessMark(owner, self.pid() + "-" + start.toEpochMilli());
    }

    /** Returns the variable's value for the processes of a run, for example {@code ID:RUN}. */
    String value(String run) {
        return prefix() + run;
    }

    /**
     * Returns whether a value belongs to an earlier host of the instance. Two hosts of an instance never run at once.
     */
    boolean isOfEarlierHost(String value) {
        return value.startsWith(owner + "/") && !value.startsWith(prefix());
    }

    private String prefix() {
        return owner + "/" + host + "/";
    }
}
