// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.settings.api.OwnFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order in which jars were deployed, in {@code data/deploy.order}, one name per line. If two bundles serve the same type and version,
 * the host uses the bundle that was deployed first, even after a restart.
 */
final class DeployOrder {

    private static final Logger LOG = LoggerFactory.getLogger(DeployOrder.class);

    private final Path file;
    private final Map<String, Integer> positions = new HashMap<>();
    private int last;
    private boolean isStored = true;

    DeployOrder(Path file) {
        this.file = file;
        try {
            Files.readAllLines(file).forEach(name -> positions.put(name, ++last));
        } catch (NoSuchFileException e) {
            LOG.debug("No jar was deployed before");
        } catch (IOException e) {
            LOG.warn("Cannot read {} ({}): jars are started in the order of their names", file, e.toString());
        }
    }

    /** Appends new names in alphabetical order, and removes the names of deleted jars. */
    synchronized void keep(Set<String> names) {
        boolean isChanged = positions.keySet().retainAll(names);
        for (String name : names.stream().sorted().toList()) {
            if (!positions.containsKey(name)) {
                positions.put(name, ++last);
                isChanged = true;
            }
        }
        isStored &= !isChanged;
        store();
    }

    /** Moves a jar to the end, because its previous content was never in use. */
    synchronized void renew(String name) {
        if (positions.containsKey(name) && positions.get(name) != last) {
            positions.put(name, ++last);
            isStored = false;
            store();
        }
    }

    /** Returns the position, from 1; 0 for a jar without a position. */
    synchronized int position(String name) {
        return positions.getOrDefault(name, 0);
    }

    synchronized <T> List<T> sorted(Collection<T> jars, Function<T, String> name) {
        return jars.stream()
                .sorted(Comparator.comparingInt(jar -> positions.getOrDefault(name.apply(jar), Integer.MAX_VALUE)))
                .toList();
    }

    private void store() {
        if (isStored) {
            return;
        }
        String text = positions.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(entry -> entry.getKey() + "\n")
                .collect(Collectors.joining());
        try {
            OwnFile.replace(file, text);
            isStored = true;
        } catch (IOException e) {
            LOG.debug("Cannot write {}; retrying", file, e);
        }
    }
}
