// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Containment that runs each run in its own PID namespace. When the first process of a namespace ends, the kernel ends
 * all others.
 */
final class NamespaceContainment implements ProcessContainment {

    /** Options for a host without the right to create namespaces: a user namespace requires no right. */
    static final List<String> AS_USER = List.of("--user", "--map-current-user");

    private static final List<String> OPTIONS = List.of("--pid", "--fork", "--kill-child", "--mount-proc", "--");
    /**
     * A shell is the first process, and the program is its child. The first process of a namespace receives no signal
     * that it does not handle, and must reap orphaned processes. The shell would add its own variables, and write about
     * signals to the program's error output.
     */
    private static final List<String> FIRST = List.of(
            SHELL, "-c", "unset PWD OLDPWD SHLVL; exec 3>&2 2> /dev/null; (exec \"$@\" 2>&3 3>&-); exit $?", SHELL);

    private final ProcessTable table;
    private final ProcessMark mark;
    private final List<String> prefix;

    /**
     * Creates the containment, without a check that it works.
     *
     * @param unshare the program's path
     * @param more additional options
     */
    NamespaceContainment(ProcessTable table, ProcessMark mark, String unshare, List<String> more) {
        this.table = table;
        this.mark = mark;
        prefix = Stream.of(List.of(unshare), more, OPTIONS, FIRST)
                .flatMap(List::stream)
                .toList();
    }

    /** Finds the first process and {@code unshare} by their mark, because no program can change their environment. */
    @Override
    public ProcessTree create(String run) {
        return new FoundTree(table, mark.value(run)::equals, prefix, false);
    }

    @Override
    public String description() {
        return "each run has its own PID namespace" + (prefix.containsAll(AS_USER) ? " in a user namespace" : "");
    }

    @Override
    public Optional<String> gap() {
        return Optional.empty();
    }
}
