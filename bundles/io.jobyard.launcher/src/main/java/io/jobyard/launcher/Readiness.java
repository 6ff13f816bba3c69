// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Whether the host of an instance takes jobs: a marker in its {@code data/}. */
final class Readiness {

    private static final long LOOK_MILLIS = 20;

    private final Path marker;

    Readiness(Instance instance) {
        this.marker = instance.data().resolve("ready");
    }

    boolean now() {
        return Files.exists(marker);
    }

    /** Waits while {@code worthwhile} and no longer than {@code atMost}. */
    boolean await(Duration atMost, BooleanSupplier worthwhile) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!now()) {
            if (!worthwhile.getAsBoolean() || System.nanoTime() - end > 0) {
                return false;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return true;
    }

    void announce() throws IOException {
        Files.writeString(marker, "");
    }

    void revoke() throws IOException {
        Files.deleteIfExists(marker);
    }
}
