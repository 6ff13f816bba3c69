// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A tree of processes found by a mark in their environment, by their parents and by their sessions. A process found
 * once is remembered with its start time, because its children get another parent when it ends.
 */
final class FoundTree implements ProcessTree {

    private final ProcessTable table;
    private final Predicate<String> mark;
    private final List<String> prefix;
    private final boolean asksAdded;
    /** Processes that may lead a session, whose members may outlive them. */
    private final Set<ProcessHandle> leaders = new HashSet<>();

    private final Set<ProcessHandle> living = new HashSet<>();
    private final Set<ProcessHandle> asked = new HashSet<>();

    /**
     * Creates an empty tree.
     *
     * @param mark returns whether a mark belongs to the tree
     * @param prefix the command line that precedes that of a program
     * @param asksAdded whether an added process receives TERM; otherwise it ends after the processes that it waits for
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
        living.removeIf(process -> !process.isAlive()); // another process may have its number by now
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

    /** Returns the sessions. The kernel does not reuse a session's number while the session has members. */
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
