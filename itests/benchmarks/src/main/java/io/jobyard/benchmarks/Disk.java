// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import java.io.IOException;

/** The disk of the machine. */
public final class Disk {

    private Disk() {}

    /** Waits until what was written before is on the disk, so that nobody pays for the one before. */
    public static void settle() throws IOException, InterruptedException {
        if (new ProcessBuilder("sync").inheritIO().start().waitFor() != 0) {
            throw new IOException("sync failed");
        }
    }
}
