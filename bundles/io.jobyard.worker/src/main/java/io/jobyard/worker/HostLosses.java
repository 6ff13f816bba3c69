// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.settings.api.OwnFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * File next to the store with the number of consecutive losses of the host during which only one bundle's handlers had runs. It is not in
 * the database, because each host has its own bundles.
 */
final class HostLosses {

    /**
     * Losses for a bundle.
     *
     * @param named whether the last loss was counted when the host ended, because the bundle itself ended the process
     */
    record Loss(int count, Instant last, boolean named) {

        Loss byName() {
            return new Loss(count, last, true);
        }

        Loss counted() {
            return new Loss(count, last, false);
        }
    }

    private static final String NAMED = "named";

    private static final Logger LOG = LoggerFactory.getLogger(HostLosses.class);

    private final @Nullable Path file;

    /** @param file file; null to store nothing */
    HostLosses(@Nullable Path file) {
        this.file = file;
    }

    /** Returns the losses by symbolic name and version. */
    Map<String, Loss> read() {
        if (file == null) {
            return Map.of();
        }
        Properties kept = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            kept.load(reader);
            Map<String, Loss> losses = new TreeMap<>();
            for (String bundle : kept.stringPropertyNames()) {
                String[] parts = kept.getProperty(bundle).split(" ");
                losses.put(bundle, new Loss(Integer.parseInt(parts[0]), Instant.parse(parts[1]), parts.length > 2));
            }
            return losses;
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException | IllegalArgumentException | DateTimeParseException | IndexOutOfBoundsException e) {
            LOG.warn("Cannot read {} ({}): the host losses of bundles are unknown", file, e.toString());
            return Map.of();
        }
    }

    void write(Map<String, Loss> losses) {
        if (file == null) {
            return;
        }
        Properties kept = new Properties();
        losses.forEach((bundle, loss) ->
                kept.put(bundle, loss.count() + " " + loss.last() + (loss.named() ? " " + NAMED : "")));
        try {
            if (losses.isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
            StringWriter text = new StringWriter();
            kept.store(
                    text,
                    "Consecutive host losses with only this bundle running, or caused by its exit: number, last time.");
            OwnFile.replace(file, text.toString());
        } catch (IOException e) {
            LOG.warn("Cannot write {} ({}): a restart resets the count of host losses", file, e.toString());
        }
    }
}
