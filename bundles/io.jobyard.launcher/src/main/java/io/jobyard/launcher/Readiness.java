// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Check whether the host of an instance accepts jobs. Its admin socket answers only then. */
final class Readiness {

    private static final long LOOK_MILLIS = 20;

    private final InstanceDirectory instance;

    Readiness(InstanceDirectory instance) {
        this.instance = instance;
    }

    boolean now() {
        try (SocketChannel channel = ShellAddress.connect(instance.directory())) {
            return channel.isConnected();
        } catch (IOException e) {
            // the file does not exist, or a crashed host did not remove it
            return false;
        }
    }

    /** Waits while {@code worthwhile} is true, at most for {@code atMost}. */
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
}
