// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.util.List;
import java.util.Set;

/** All processes of one run, or of the runs that a killed host left behind. Confined to one thread at a time. */
interface ProcessTree {

    /** Returns the command line that starts the program of {@code line} in this tree. */
    List<String> wrap(List<String> line);

    /** Adds a process, so that the tree need not find it. */
    void add(ProcessHandle process);

    /** Refreshes the tree. Returns whether it has no living process. */
    boolean isEmpty();

    /** Sends TERM to each process that has not received it from this tree. */
    void ask();

    /** Sends KILL to all processes. The caller repeats it until the tree is empty. */
    void kill();

    /** Returns the PIDs of the processes alive at the last refresh. */
    Set<Long> pids();

    /** Removes resources of an empty tree, other than its processes. */
    void remove();
}
