// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Threads whose call of {@code System.exit} ends the process. They stay in the call until the process ends. A signal does
 * not use such a call.
 *
 * @param names names of the threads, without the launcher's own
 */
record ExitCallers(Set<String> names) {

    /** Name for a virtual thread, because Java lists only the others. */
    private static final String VIRTUAL = "(virtual)";

    /** Threads whose call of exit does not hold up the drain. */
    private static final List<String> DRAINING =
            List.of("jobyard-worker-", "jobyard-starter-", "jobyard-deploy-", VIRTUAL);

    /**
     * Reads the stacks of the process while it ends. Exactly one thread began the exit; if the stacks do not
     * contain this thread, it is virtual.
     *
     * @param main thread of the launcher
     */
    static ExitCallers of(Map<Thread, StackTraceElement[]> stacks, Thread main) {
        Set<String> names = new HashSet<>();
        stacks.forEach((thread, stack) -> {
            if (thread != main && isIn(stack, "java.lang.Runtime", "exit")) {
                names.add(thread.getName());
            }
        });
        boolean isKnown = stacks.values().stream()
                .anyMatch(stack -> isIn(stack, "java.lang.Shutdown", "exit")
                        || isIn(stack, "java.lang.Shutdown", "shutdown")); // main has returned
        if (!isKnown) {
            names.add(VIRTUAL);
        }
        return new ExitCallers(names);
    }

    /** Returns whether the runs of the host can be drained, because no caller holds up the stop of its bundle. */
    boolean drain() {
        return names.stream().allMatch(name -> DRAINING.stream().anyMatch(name::startsWith));
    }

    private static boolean isIn(StackTraceElement[] stack, String type, String method) {
        return Stream.of(stack)
                .anyMatch(frame -> frame.getClassName().equals(type)
                        && frame.getMethodName().equals(method));
    }
}
