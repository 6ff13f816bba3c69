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
 * Finds the migrators between two versions. Where a migrator ends another form of payload begins; between two such versions
 * payloads are of one form, and nothing is to be done.
 */
final class MigrationPath {

    private static final Comparator<Migrator> FARTHEST_FIRST =
            Comparator.<Migrator, Version>comparing(migrator -> migrator.to).reversed();

    private final TreeSet<Version> forms;

    /** With the first version of each form. */
    MigrationPath(Collection<Version> forms) {
        this.forms = new TreeSet<>(forms);
    }

    /** Whether a payload of the one version has another form than the other version takes. */
    boolean isNeeded(Version madeFor, Version handler) {
        return !form(madeFor).equals(form(handler));
    }

    /** The first version of the form that payloads of that version have; empty for the first form. */
    Optional<Version> form(Version version) {
        return Optional.ofNullable(forms.floor(version));
    }

    /**
     * The fewest that lead to the form that the handler takes; of as many those that go farthest first, and of those the
     * first given. Empty if none lead there, and always from a newer form to an older one.
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
