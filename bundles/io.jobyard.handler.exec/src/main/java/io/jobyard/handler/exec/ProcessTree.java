// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.util.List;
import java.util.Set;

/** All processes of one run, or of the runs that a killed host has left. Used by one thread at a time. */
interface ProcessTree {

    /** Returns the command line that starts the program of {@code line} inside this tree. */
    List<String> wrap(List<String> line);

    /** Adds a process that this tree would else have to find. */
    void add(ProcessHandle process);

    /** Looks again, and returns whether no process of the tree lives. */
    boolean isEmpty();

    /** Sends TERM to each process that has not got it from this tree. */
    void ask();

    /** Sends KILL to all processes. A caller repeats it until the tree is empty. */
    void kill();

    /** Returns the numbers of the processes that lived when the tree was last looked at. */
    Set<Long> pids();

    /** Removes what the tree keeps outside of its processes. The tree is empty. */
    void remove();
}
