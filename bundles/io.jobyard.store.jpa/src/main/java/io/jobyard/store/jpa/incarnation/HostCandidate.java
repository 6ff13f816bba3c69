// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.incarnation;

import io.jobyard.settings.api.Instance;
import io.jobyard.store.api.StoreSignals;
import io.jobyard.store.jpa.sql.NoSignals;
import io.jobyard.store.jpa.sql.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A host that wants to use the database.
 *
 * @param host name and process of the host
 * @param position machine and directory of the host, so that two hosts with the same position are never alive at once; empty if unknown
 * @param lease time for which the host counts as alive without a renewal
 * @param signals whether the database can send signals and keeps the settings of sessions
 * @param clock receives the time of the database
 */
public record HostCandidate(String host, String position, Duration lease, boolean signals, HostTime clock) {

    /** Receives the time of the database, and the value of {@link System#nanoTime} at that moment. */
    public interface HostTime {
        void goBy(Instant now, long nanos);
    }

    private static final Logger LOG = LoggerFactory.getLogger(HostCandidate.class);
    private static final Path MACHINE = Path.of("/proc/sys/kernel/random/boot_id");

    /** Creates a candidate that uses its own clock. */
    public HostCandidate(String host, String position, Duration lease) {
        this(host, position, lease, true, (now, nanos) -> {});
    }

    public static HostCandidate of(Instance instance, StoreSettings settings) {
        String position = instance.isNamed() ? position(instance.data()) : "";
        return new HostCandidate(
                instance.host(),
                position,
                Duration.ofSeconds(settings.leaseSeconds()),
                settings.signals(),
                instance::goBy);
    }

    /** Returns the given signals if the database can send them, otherwise {@link NoSignals}. */
    public StoreSignals signals(StoreSignals all) {
        return signals ? all : new NoSignals();
    }

    /**
     * Returns text that identifies the boot of the machine and the directory, but not a copy of the directory. The program locks the
     * directory, so an earlier host at this position is dead.
     */
    public static String position(Path data) {
        try {
            return Files.readString(MACHINE).strip() + " " + Files.getAttribute(data, "unix:dev") + ":"
                    + Files.getAttribute(data, "unix:ino");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            LOG.debug("This machine cannot distinguish a folder from its copies", e);
            return "";
        }
    }
}
