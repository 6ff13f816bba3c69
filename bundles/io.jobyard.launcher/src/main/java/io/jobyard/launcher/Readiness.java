// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Whether the host of an instance takes jobs: only then its admin socket answers. */
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
            // the file does not exist, or was left behind by a crashed host
            return false;
        }
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
}
