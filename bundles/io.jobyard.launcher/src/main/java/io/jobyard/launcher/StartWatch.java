// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for a background host to start while it makes progress, and prints its current step. */
final class StartWatch {

    private static final long LOOK_MILLIS = 20;
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    /** Timeout of a single step, for example the recovery of a large database. */
    private static final Duration WITHOUT_PROGRESS = Duration.ofMinutes(10);
    /** Time within which a host ends by itself after it has reported a failure. */
    private static final Duration END = Duration.ofSeconds(30);

    private final InstanceDirectory instance;
    private final Process host;
    private final long begun = System.nanoTime();
    private String said = "";
    private long progress = begun;
    private long told = begun;

    StartWatch(InstanceDirectory instance, Process host) {
        this.instance = instance;
        this.host = host;
    }

    /** Returns whether the host accepts jobs. Returns false if the start has failed and the process has ended. */
    boolean takesJobs() throws IOException, InterruptedException {
        Readiness readiness = new Readiness(instance);
        while (!(readiness.now() && StartState.isFinished(instance))) {
            if (!host.isAlive()) {
                return false;
            }
            String says = StartState.read(instance);
            if (StartState.failure(says) != null) {
                end();
                return false;
            }
            look(says);
            Thread.sleep(LOOK_MILLIS);
        }
        return true;
    }

    private void look(String says) {
        long now = System.nanoTime();
        if (!says.equals(said)) {
            said = says;
            progress = now;
        }
        if (now - progress > WITHOUT_PROGRESS.toNanos()) {
            throw new LaunchException("no progress for " + WITHOUT_PROGRESS.toMinutes()
                    + " minutes; the host is still at: " + said + ". It keeps running (process " + host.pid()
                    + "): see "
                    + instance.log() + " and 'jobyard status', or stop it with 'jobyard stop'");
        }
        if (now - told > BETWEEN_LINES.toNanos()) {
            told = now;
            System.out.println("still starting: " + said + " (" + TimeUnit.NANOSECONDS.toSeconds(now - begun) + " s)");
        }
    }

    private void end() throws InterruptedException {
        if (!host.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
            host.destroy(); // a clean stop, which has a timeout
            host.waitFor();
        }
    }
}
