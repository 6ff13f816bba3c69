// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.osgi.framework.Version;

/**
 * Search for migrators between two versions. The target version of a migrator begins a new form of payload. Between two target versions,
 * payloads have one form and need no migration.
 */
final class MigrationPath {

    private static final Comparator<Migrator> FARTHEST_FIRST =
            Comparator.<Migrator, Version>comparing(migrator -> migrator.to).reversed();

    private final TreeSet<Version> forms;

    /** @param forms first version of each form */
    MigrationPath(Collection<Version> forms) {
        this.forms = new TreeSet<>(forms);
    }

    /** Returns whether a payload of one version needs a migration for the handler's version. */
    boolean isNeeded(Version madeFor, Version handler) {
        return !form(madeFor).equals(form(handler));
    }

    /** Returns the first version of a version's form; empty for the oldest form. */
    Optional<Version> form(Version version) {
        return Optional.ofNullable(forms.floor(version));
    }

    /**
     * Returns the shortest path to the handler's form. Among equally short paths, prefers the path with the longest steps first, then the
     * path found first. Returns empty if no path exists, and always from a newer form to an older form.
     */
    Optional<List<Migrator>> find(List<Migrator> migrators, Version madeFor, Version handler) {
        Version goal = form(handler).orElse(Version.emptyVersion);
        Map<Version, Migrator> cameBy = new HashMap<>();
        Map<Version, Version> cameFrom = new HashMap<>();
        Deque<Version> next = new ArrayDeque<>(List.of(madeFor));
        while (!next.isEmpty() && !cameBy.containsKey(goal)) {
            Version at = next.remove();
            migrators.stream()
                    .filter(migrator -> migrator.from.includes(at) && migrator.to.compareTo(handler) <= 0)
                    .sorted(FARTHEST_FIRST)
                    .filter(migrator -> cameBy.putIfAbsent(migrator.to, migrator) == null)
                    .forEach(migrator -> {
                        cameFrom.put(migrator.to, at);
                        next.add(migrator.to);
                    });
        }
        LinkedList<Migrator> path = new LinkedList<>();
        Version at = goal;
        for (Migrator by = cameBy.get(at); by != null && !at.equals(madeFor); by = cameBy.get(at)) {
            path.addFirst(by);
            at = Objects.requireNonNull(cameFrom.get(at));
        }
        return path.isEmpty() ? Optional.empty() : Optional.of(path);
    }

    @Override
    public String toString() {
        return forms.toString();
    }
}
