// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.util.Optional;

/**
 * Containment that finds the processes of a run by session, parent and an environment variable. Works on every machine.
 */
final class SessionContainment implements ProcessContainment {

    private final ProcessTable table;
    private final ProcessMark mark;
    private final Optional<String> setsid;

    /** {@code setsid}: the path of the program that starts a session; empty if the machine does not have it. */
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
        return "processes of a run are found by session, parent and environment";
    }

    @Override
    public Optional<String> gap() {
        return Optional.of("a process that leaves its session, its parent and its environment can outlive its run");
    }
}
