// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Last valid values of a PID, in a file in {@code data/last-good}. They apply again when a host starts with an invalid configuration,
 * because Config Admin then has only the invalid values. Only for one thread at a time.
 */
public final class LastGood {

    /**
     * Stored values.
     *
     * @param values texts by key
     * @param since time at which they became active, to the second
     */
    record KeptValues(Map<String, String> values, Instant since) {}

    private static final Logger LOG = LoggerFactory.getLogger(LastGood.class);
    private static final String SUFFIX = ".properties";

    private final @Nullable Path file;

    LastGood(@Nullable Path file) {
        this.file = file;
    }

    /** Returns the storage for the last valid values of a single or factory PID in an instance. */
    public static LastGood of(Instance instance, String pid) {
        return new LastGood(directory(instance).resolve(file(pid)));
    }

    private static Path directory(Instance instance) {
        return instance.data().resolve("last-good");
    }

    private static String file(String pid) {
        return pid.replaceAll("[^\\w.~-]", "_") + SUFFIX;
    }

    /** Removes the values of configurations that were deleted while the host was down. */
    public static void forgetAllBut(Instance instance, Set<String> pids) {
        Set<String> kept = pids.stream().map(LastGood::file).collect(Collectors.toSet());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory(instance), "*" + SUFFIX)) {
            for (Path file : files) {
                if (!kept.contains(file.getFileName().toString())) {
                    new LastGood(file).forget();
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("No values stored yet: {}", e.getMessage());
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn(
                    "Cannot list {} ({}): removed configurations may become active again",
                    directory(instance),
                    e.toString());
        }
    }

    /**
     * Returns a storage that stores nothing, for settings without a host.
     *
     * @return storage without values
     */
    public static LastGood none() {
        return new LastGood(null);
    }

    /** Removes the values, because the configuration was deleted. */
    public void forget() {
        if (file == null) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("Cannot delete {} ({}): delete it manually", file, e.toString());
        }
    }

    /**
     * Returns the stored values.
     *
     * @return texts by key; empty without stored values
     */
    public Map<String, String> values() {
        return read().map(KeptValues::values).orElse(Map.of());
    }

    Optional<KeptValues> read() {
        if (file == null) {
            return Optional.empty();
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            Properties kept = new Properties();
            kept.load(reader);
            Map<String, String> values = new TreeMap<>();
            kept.stringPropertyNames().forEach(key -> values.put(key, kept.getProperty(key)));
            Instant since = Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.SECONDS);
            return Optional.of(new KeptValues(values, since));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("Cannot read {} ({}): using the defaults", file, e.toString());
            return Optional.empty();
        }
    }

    /** Stores the values if they have changed. An empty configuration needs no file, because the defaults apply. */
    void keep(Map<String, String> values) {
        if (values.isEmpty()) {
            forget();
        } else if (file != null && !read().map(KeptValues::values).equals(Optional.of(values))) {
            write(file, values);
        }
    }

    private static void write(Path file, Map<String, String> values) {
        Properties kept = new Properties();
        kept.putAll(values);
        try {
            StringWriter text = new StringWriter();
            kept.store(text, "The last good configuration. Written by the host; change the file in etc/ instead.");
            OwnFile.replace(file, text.toString());
        } catch (IOException e) {
            LOG.warn("Cannot write {} ({}): these values are lost at a restart", file, e.toString());
        }
    }
}
