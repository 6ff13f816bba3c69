// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.util.List;

/** Finds processes that sleep, each known by its own number of seconds: its number differs within a PID namespace. */
final class Sleepers {

    private Sleepers() {}

    /** {@code seconds}: a regular expression. */
    static List<ProcessHandle> living(String seconds) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .filter(all -> isOf(all, seconds))
                        .isPresent())
                .filter(ProcessTable::isAlive)
                .toList();
    }

    private static boolean isOf(String[] arguments, String seconds) {
        return arguments.length == 1 && arguments[0].matches(seconds);
    }
}
