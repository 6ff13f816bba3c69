// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.StoredConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.Configuration.ConfigurationAttribute;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configurations from files: writes them to Config Admin, deletes them there, and finds where the two differ. A failure is retried at the
 * next scan and holds up no other configuration.
 */
final class FileConfigurations {

    private static final Logger LOG = LoggerFactory.getLogger(FileConfigurations.class);

    private static final Pattern ACCESS = Pattern.compile("io\\.jobyard\\.(access|roles)\\b");

    /** Sorts roles first, because other files depend on permissions. */
    private static final Comparator<Map.Entry<String, WantedConfiguration>> ROLES_FIRST = Comparator.comparing(
                    (Map.Entry<String, WantedConfiguration> one) ->
                            !ACCESS.matcher(one.getKey()).lookingAt())
            .thenComparing(Map.Entry::getKey);

    private final ConfigurationAdmin admin;
    private final Path instance;
    private final Map<String, WantedConfiguration> inForce = new TreeMap<>();
    private final Map<String, String> troubles = new TreeMap<>();
    private Set<String> toDelete = Set.of();

    FileConfigurations(ConfigurationAdmin admin, Path instance) {
        this.admin = admin;
        this.instance = instance;
    }

    /** Finds configurations of earlier host starts. Those without a file are deleted with the first change. */
    synchronized void begin() throws IOException {
        toDelete = configurations().stream()
                .filter(this::isOfAGoneFile)
                .map(ConfigurationSnapshot::pid)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Files of another directory do not belong to this host. */
    private boolean isOfAGoneFile(ConfigurationSnapshot configuration) {
        Path file = configuration.file();
        return file != null && (file.startsWith(instance) || Files.notExists(file));
    }

    /** Applies the files, and deletes configurations whose files are gone. */
    synchronized void take(Map<String, WantedConfiguration> wanted) {
        Set<String> gone = new TreeSet<>(toDelete);
        gone.addAll(inForce.keySet());
        gone.removeAll(wanted.keySet());
        toDelete = Set.of();
        troubles.keySet().retainAll(wanted.keySet());
        wanted.entrySet().stream()
                .sorted(ROLES_FIRST)
                .forEach(one -> attempt(one.getKey(), () -> put(one.getKey(), one.getValue())));
        if (!gone.isEmpty()) {
            delete(gone);
        }
    }

    /** Returns false if a change must be retried. */
    synchronized boolean areTaken() {
        return troubles.isEmpty() && toDelete.isEmpty();
    }

    private void put(String pid, WantedConfiguration wanted) throws IOException {
        if (!wanted.equals(inForce.get(pid))) {
            if (!wanted.leavesWhatIs()) {
                Hashtable<String, Object> values = new Hashtable<>(wanted.values());
                values.put(
                        ConfigurationSnapshot.FILE,
                        instance.resolve("etc").resolve(wanted.file()).toUri().toString());
                writable(wanted.target().in(admin)).updateIfDifferent(values);
            }
            inForce.put(pid, wanted);
        }
    }

    private void delete(Set<String> gone) {
        Map<String, ConfigurationSnapshot> all = new TreeMap<>();
        attempt(Finding.CONFIGURATION, () -> configurations().forEach(one -> all.put(one.pid(), one)));
        for (String pid : gone) {
            if (!attempt(pid, () -> delete(pid, all.get(pid)))) {
                toDelete = new TreeSet<>(toDelete);
                toDelete.add(pid);
            }
        }
    }

    private void delete(String pid, @Nullable ConfigurationSnapshot held) throws IOException {
        if (held != null) {
            writable(held.configuration()).delete();
            LOG.info("{}: file {} was deleted; its configuration is removed", pid, held.file());
        }
        inForce.remove(pid);
    }

    /** An earlier start of the host may have marked it read-only. */
    private static Configuration writable(Configuration configuration) throws IOException {
        if (configuration.getAttributes().contains(ConfigurationAttribute.READ_ONLY)) {
            configuration.removeAttributes(ConfigurationAttribute.READ_ONLY);
        }
        return configuration;
    }

    private interface WriteAttempt {
        void run() throws IOException;
    }

    private boolean attempt(String pid, WriteAttempt attempt) {
        try {
            attempt.run();
            troubles.remove(pid);
            return true;
        } catch (IOException | RuntimeException e) {
            String trouble = String.valueOf(e.getMessage());
            if (!trouble.equals(troubles.put(pid, trouble))) {
                LOG.warn("{}: the settings of its file are not in force ({}); retrying", pid, trouble);
            }
            return false;
        }
    }

    /** Returns every PID in Config Admin. */
    Set<String> pids() throws IOException {
        return configurations().stream().map(ConfigurationSnapshot::pid).collect(Collectors.toSet());
    }

    private List<ConfigurationSnapshot> configurations() throws IOException {
        return StoredConfiguration.list(admin, null).stream()
                .map(ConfigurationSnapshot::of)
                .toList();
    }

    /** Finds differences between the files and Config Admin. */
    synchronized List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        troubles.forEach((pid, trouble) -> findings.add(new Finding(
                pid,
                "the settings of its file are not in force: " + trouble,
                "see the log; the host retries automatically")));
        try {
            Map<String, ConfigurationSnapshot> all = new TreeMap<>();
            configurations().forEach(one -> all.put(one.pid(), one));
            inForce.forEach((pid, wanted) -> {
                if (!troubles.containsKey(pid)) {
                    ConfigurationDrift.of(wanted, all.get(pid)).ifPresent(findings::add);
                }
            });
        } catch (IOException e) {
            findings.add(new Finding(Finding.CONFIGURATION, "cannot list the files: " + e.getMessage(), "see the log"));
        }
        return findings;
    }
}
