// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.settings.api.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A host that wants the database.
 *
 * @param host its name and process
 * @param place where it lives, so that two of one place are never alive at once; empty if that cannot be told
 * @param lease how long it is taken to live without a renewal
 * @param clock is told what the database's clock says, where several hosts share it
 */
record Claimant(String host, String place, Duration lease, Consumer<Instant> clock) {

    private static final Logger LOG = LoggerFactory.getLogger(Claimant.class);
    private static final Path MACHINE = Path.of("/proc/sys/kernel/random/boot_id");

    /** Of a host that keeps its own time. */
    Claimant(String host, String place, Duration lease) {
        this(host, place, lease, now -> {});
    }

    static Claimant of(Instance instance, Duration lease) {
        String place = instance.isNamed() ? place(instance.data()) : "";
        return new Claimant(instance.host(), place, lease, instance::goBy);
    }

    /**
     * The machine since it booted, and the folder itself, which its copies are not. The program locks the folder, so whoever
     * lived there before is dead.
     */
    static String place(Path data) {
        try {
            return Files.readString(MACHINE).strip() + " " + Files.getAttribute(data, "unix:dev") + ":"
                    + Files.getAttribute(data, "unix:ino");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            LOG.debug("This machine does not tell one folder from its copies", e);
            return "";
        }
    }
}
