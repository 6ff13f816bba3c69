// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.time.Instant;

/**
 * What tells the processes of a host from all others: a variable in their environment, which those that they start have too.
 *
 * @param owner the instance; no two have the same
 * @param host the host's process: its number and start
 */
record ProcessMark(String owner, String host) {

    static final String VARIABLE = "JOBYARD_COMMAND";

    /** Of this process. */
    static ProcessMark of(String owner) {
        ProcessHandle self = ProcessHandle.current();
        Instant start = self.info().startInstant().orElse(Instant.EPOCH);
        return new ProcessMark(owner, self.pid() + "-" + start.toEpochMilli());
    }

    /** What the variable says in the processes of a run, such as {@code ID:RUN}. */
    String value(String run) {
        return prefix() + run;
    }

    /** Returns whether a value is that of an earlier host of the instance: no two live at once. */
    boolean isOfEarlierHost(String value) {
        return value.startsWith(owner + "/") && !value.startsWith(prefix());
    }

    private String prefix() {
        return owner + "/" + host + "/";
    }
}
