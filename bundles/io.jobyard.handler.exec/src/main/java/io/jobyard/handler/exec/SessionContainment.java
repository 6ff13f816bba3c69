// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.util.Optional;

/** Finds the processes of a run by their session, their parents and a variable in their environment. Works on every machine. */
final class SessionContainment implements ProcessContainment {

    private final ProcessTable table;
    private final ProcessMark mark;
    private final Optional<String> setsid;

    /** {@code setsid}: the path of the program that begins a session; empty if the machine has none. */
    SessionContainment(ProcessTable table, ProcessMark mark, Optional<String> setsid) {
        this.table = table;
        this.mark = mark;
        this.setsid = setsid;
    }

    @Override
    public ProcessTree create(String run) {
        return new FoundTree(table, mark.value(run)::equals, setsid.stream().toList(), true);
    }

    @Override
    public String description() {
        return "processes of a run are found by their session, parent and environment";
    }

    @Override
    public Optional<String> gap() {
        return Optional.of("a process that leaves its session, its parent and its environment outlives its run");
    }
}
