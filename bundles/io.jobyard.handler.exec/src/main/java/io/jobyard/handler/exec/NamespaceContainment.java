// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps each run in a PID namespace of its own. When the first process of a namespace ends, the kernel ends all others. */
final class NamespaceContainment implements ProcessContainment {

    /** How a host makes namespaces that may not: within a user namespace, which needs no right. */
    static final List<String> AS_USER = List.of("--user", "--map-current-user");

    private static final List<String> OPTIONS = List.of("--pid", "--fork", "--kill-child", "--mount-proc", "--");
    /**
     * A shell is the first process, and the program its child: the first process of a namespace gets no signal that it does not handle,
     * and must wait for those whose parents end. The shell would add variables of its own, and tell of signals among the program's errors.
     */
    private static final List<String> FIRST = List.of(
            SHELL, "-c", "unset PWD OLDPWD SHLVL; exec 3>&2 2> /dev/null; (exec \"$@\" 2>&3 3>&-); exit $?", SHELL);

    private final ProcessTable table;
    private final ProcessMark mark;
    private final List<String> prefix;

    /**
     * Makes the containment; whether it works is not looked at.
     *
     * @param unshare the program's path
     * @param more options of it
     */
    NamespaceContainment(ProcessTable table, ProcessMark mark, String unshare, List<String> more) {
        this.table = table;
        this.mark = mark;
        prefix = Stream.of(List.of(unshare), more, OPTIONS, FIRST)
                .flatMap(List::stream)
                .toList();
    }

    /** The first process and {@code unshare}, whose environment no program can change, are found by their mark. */
    @Override
    public ProcessTree create(String run) {
        return new FoundTree(table, mark.value(run)::equals, prefix, false);
    }

    @Override
    public String description() {
        return "each run has a PID namespace" + (prefix.containsAll(AS_USER) ? " in a user namespace" : "");
    }

    @Override
    public Optional<String> gap() {
        return Optional.empty();
    }
}
