// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.settings.api.Instance;
import io.jobyard.store.api.StoreSignals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A host that wants the database.
 *
 * @param host its name and process
 * @param place where it lives, so that two of one place are never alive at once; empty if that cannot be told
 * @param lease how long it is taken to live without a renewal
 * @param signals whether it is woken by signals of the database, and may keep what it sets in a session
 * @param clock is told what the database's clock says, where several hosts share it
 */
record Claimant(String host, String place, Duration lease, boolean signals, HostTime clock) {

    /** Is told what time it was when {@link System#nanoTime} was so much. */
    interface HostTime {
        void goBy(Instant now, long nanos);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Claimant.class);
    private static final Path MACHINE = Path.of("/proc/sys/kernel/random/boot_id");

    /** Of a host that keeps its own time. */
    Claimant(String host, String place, Duration lease) {
        this(host, place, lease, true, (now, nanos) -> {});
    }

    static Claimant of(Instance instance, StoreSettings settings) {
        String place = instance.isNamed() ? place(instance.data()) : "";
        return new Claimant(
                instance.host(),
                place,
                Duration.ofSeconds(settings.leaseSeconds()),
                settings.signals(),
                instance::goBy);
    }

    /** Those that there are, of a database that several hosts share. */
    StoreSignals signals(StoreSignals all) {
        return signals ? all : new NoSignals();
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
