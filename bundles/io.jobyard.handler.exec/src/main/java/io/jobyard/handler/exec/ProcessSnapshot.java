// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The machine's processes at one moment. Each query takes time proportional to their number. */
final class ProcessSnapshot {

    private final Map<Long, ProcessEntry> byPid = new HashMap<>();
    private final Map<Long, List<ProcessEntry>> byParent = new HashMap<>();
    private final Map<Long, List<ProcessEntry>> bySession = new HashMap<>();

    ProcessSnapshot(Collection<ProcessEntry> entries) {
        for (ProcessEntry entry : entries) {
            byPid.put(entry.pid(), entry);
            byParent.computeIfAbsent(entry.parent(), key -> new ArrayList<>()).add(entry);
            bySession.computeIfAbsent(entry.session(), key -> new ArrayList<>()).add(entry);
        }
    }

    /**
     * Returns the PIDs of a tree: the processes of {@code roots}, the members of {@code sessions}, those with a
     * matching mark and, transitively, all their children and members of their sessions. Never includes the host, its
     * ancestors or their sessions.
     */
    Set<Long> tree(Collection<Long> roots, Collection<Long> sessions, Predicate<String> mark, long host) {
        Set<Long> taken = ancestors(host);
        Set<Long> passed = new HashSet<>(Set.of(0L)); // the sessions visited so far
        taken.forEach(pid -> passed.add(session(pid)));
        Deque<ProcessEntry> next = new ArrayDeque<>();
        for (ProcessEntry entry : byPid.values()) {
            boolean isOfSession = sessions.contains(entry.session()) && !passed.contains(entry.session());
            if ((roots.contains(entry.pid()) || isOfSession || mark.test(entry.mark())) && taken.add(entry.pid())) {
                next.add(entry);
            }
        }
        Set<Long> found = new HashSet<>();
        for (ProcessEntry each = next.poll(); each != null; each = next.poll()) {
            found.add(each.pid());
            List<ProcessEntry> near = new ArrayList<>(byParent.getOrDefault(each.pid(), List.of()));
            if (passed.add(each.session())) {
                near.addAll(bySession.getOrDefault(each.session(), List.of()));
            }
            near.stream().filter(entry -> taken.add(entry.pid())).forEach(next::add);
        }
        return found;
    }

    boolean has(long pid) {
        return byPid.containsKey(pid);
    }

    private Set<Long> ancestors(long pid) {
        Set<Long> ancestors = new HashSet<>();
        for (long each = pid; each > 0 && ancestors.add(each); ) {
            ProcessEntry entry = byPid.get(each);
            each = entry == null ? 0 : entry.parent();
        }
        return ancestors;
    }

    private long session(long pid) {
        ProcessEntry entry = byPid.get(pid);
        return entry == null ? 0 : entry.session();
    }
}
