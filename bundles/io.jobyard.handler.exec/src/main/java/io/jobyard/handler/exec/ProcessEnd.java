// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends processes and all that they start meanwhile: asks first, and kills after a grace. */
final class ProcessEnd {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);
    private static final Duration TO_DIE = Duration.ofSeconds(5);
    private static final long PAUSE_MILLIS = 20;

    private final Supplier<Set<ProcessHandle>> scan;
    /** A parent that ends leaves its children to another, so who was seen once is remembered. */
    private final Set<ProcessHandle> seen = new HashSet<>();

    /** {@code scan} finds who lives now. */
    ProcessEnd(Supplier<Set<ProcessHandle>> scan) {
        this.scan = scan;
    }

    /** Returns when none lives. An interrupt cuts the grace, and is there afterwards. */
    void end(Duration grace) {
        Set<ProcessHandle> asked = new HashSet<>();
        boolean isInterrupted = false;
        long begun = System.nanoTime();
        for (int empty = 0; empty < 2; ) { // one may have been begun behind the back of a scan
            Set<ProcessHandle> living = living();
            empty = living.isEmpty() ? empty + 1 : 0;
            long waited = System.nanoTime() - begun;
            if (waited > grace.plus(TO_DIE).toNanos()) {
                LOG.warn("Processes {} of a command do not end though they were killed", pids(living));
                break;
            }
            boolean isOver = isInterrupted || waited > grace.toNanos();
            living.stream().filter(process -> isOver || asked.add(process)).forEach(process -> signal(process, isOver));
            isInterrupted |= !living.isEmpty() && pause();
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Set<ProcessHandle> living() {
        seen.addAll(scan.get());
        Set.copyOf(seen).stream()
                .filter(ProcessHandle::isAlive) // the number of one that is gone may be another's
                .flatMap(ProcessHandle::descendants)
                .forEach(seen::add);
        seen.removeIf(process -> !ProcessScan.isAlive(process));
        return seen;
    }

    private static void signal(ProcessHandle process, boolean isOver) {
        if (isOver) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private static Set<Long> pids(Set<ProcessHandle> processes) {
        Set<Long> pids = new HashSet<>();
        processes.forEach(process -> pids.add(process.pid()));
        return pids;
    }
}
