// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A tree of the processes that are found: by a mark in their environment, by their parents and by their sessions. A process that was
 * found once is remembered with its start, for a parent that ends leaves its children to another.
 */
final class FoundTree implements ProcessTree {

    private final ProcessTable table;
    private final Predicate<String> mark;
    private final List<String> prefix;
    private final boolean asksAdded;
    /** Those that may have a session of their own, which may have members when they have ended. */
    private final Set<ProcessHandle> leaders = new HashSet<>();

    private final Set<ProcessHandle> living = new HashSet<>();
    private final Set<ProcessHandle> asked = new HashSet<>();

    /**
     * Makes an empty tree.
     *
     * @param mark says whether a mark is that of the tree
     * @param prefix what stands before the command line of a program
     * @param asksAdded whether a process that is added is asked to end, too; if not, it ends with those that it waits for
     */
    FoundTree(ProcessTable table, Predicate<String> mark, List<String> prefix, boolean asksAdded) {
        this.table = table;
        this.mark = mark;
        this.prefix = prefix;
        this.asksAdded = asksAdded;
    }

    @Override
    public List<String> wrap(List<String> line) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(line);
        return whole;
    }

    @Override
    public void add(ProcessHandle process) {
        living.add(process);
        if (asksAdded) {
            leaders.add(process);
        } else {
            asked.add(process);
        }
    }

    @Override
    public boolean isEmpty() {
        living.removeIf(process -> !process.isAlive()); // its number may by now be another's
        ProcessSnapshot snapshot = table.snapshot();
        Set<Long> tree = snapshot.tree(
                pids(), sessions(snapshot), mark, ProcessHandle.current().pid());
        living.removeIf(process -> !tree.contains(process.pid()));
        Set<Long> known = pids();
        tree.stream()
                .filter(pid -> !known.contains(pid))
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .forEach(living::add);
        return living.isEmpty();
    }

    /** The number of a session is not given to a process while the session has members. */
    private Set<Long> sessions(ProcessSnapshot snapshot) {
        return leaders.stream()
                .filter(leader -> leader.isAlive() || !snapshot.has(leader.pid()))
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    @Override
    public void ask() {
        living.stream().filter(asked::add).forEach(ProcessHandle::destroy);
    }

    @Override
    public void kill() {
        living.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public Set<Long> pids() {
        return living.stream().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    @Override
    public void remove() {
        living.clear();
    }
}
