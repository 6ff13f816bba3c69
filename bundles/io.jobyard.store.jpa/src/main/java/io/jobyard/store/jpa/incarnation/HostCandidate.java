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
 * A host that wants the database.
 *
 * @param host its name and process
 * @param position where it lives, so that two of one place are never alive at once; empty if that cannot be told
 * @param lease how long it is taken to live without a renewal
 * @param signals whether it is woken by signals of the database, and may keep what it sets in a session
 * @param clock is told what the database's clock says, where several hosts share it
 */
public record HostCandidate(String host, String position, Duration lease, boolean signals, HostTime clock) {

    /** Is told what time it was when {@link System#nanoTime} was so much. */
    public interface HostTime {
        void goBy(Instant now, long nanos);
    }

    private static final Logger LOG = LoggerFactory.getLogger(HostCandidate.class);
    private static final Path MACHINE = Path.of("/proc/sys/kernel/random/boot_id");

    /** Of a host that keeps its own time. */
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

    /** Those that there are, of a database that several hosts share. */
    public StoreSignals signals(StoreSignals all) {
        return signals ? all : new NoSignals();
    }

    /**
     * The machine since it booted, and the folder itself, which its copies are not. The program locks the folder, so whoever
     * lived there before is dead.
     */
    public static String position(Path data) {
        try {
            return Files.readString(MACHINE).strip() + " " + Files.getAttribute(data, "unix:dev") + ":"
                    + Files.getAttribute(data, "unix:ino");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            LOG.debug("This machine does not tell one folder from its copies", e);
            return "";
        }
    }
}
