// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import io.jobyard.api.Finding;
import io.jobyard.api.handler.JobContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs programs on this machine. At startup, it chooses a containment and ends processes that earlier hosts left
 * behind; runs start after that.
 */
final class CommandExecution {

    /** The choice of a containment. */
    @FunctionalInterface
    interface Chooser {
        ContainmentChoice choose(MachineContainments machine);
    }

    private static final Logger LOG = LoggerFactory.getLogger(CommandExecution.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration TO_BEGIN = Duration.ofSeconds(5);

    private final ProcessEnd end;
    private final CommandRunner runner;
    private final CompletableFuture<ContainmentChoice> begun = new CompletableFuture<>();

    CommandExecution(RunDirectories positions, Duration grace, Chooser chooser) {
        ProcessMark mark = ProcessMark.of(owner(positions));
        ProcessTable table = new ProcessTable();
        end = new ProcessEnd(grace, TIMEOUT);
        runner = new CommandRunner(positions, mark, end);
        Supplier<ContainmentChoice> begin = () -> {
            new EarlierRuns(positions, mark, table).end(end);
            return chosen(chooser.choose(new MachineContainments(positions, mark, table)));
        };
        Thread thread = new Thread(() -> complete(begin), "jobyard-exec-begin-1"); // do not delay the host's start
        thread.setDaemon(true);
        thread.start();
    }

    private static String owner(RunDirectories positions) {
        try {
            return positions.owner();
        } catch (IOException e) {
            LOG.warn(
                    "Cannot record the owners of command processes ({}): if the host is killed, they keep running",
                    e.toString());
            return UUID.randomUUID().toString();
        }
    }

    private static ContainmentChoice chosen(ContainmentChoice choice) {
        LOG.info("Commands: {}; unavailable: {}", choice.containment().description(), choice.refused());
        return choice;
    }

    private void complete(Supplier<ContainmentChoice> begin) {
        try {
            begun.complete(begin.get());
        } catch (RuntimeException | Error e) {
            LOG.error("Commands cannot run: processes of earlier hosts did not end", e);
            begun.completeExceptionally(e);
        }
    }

    CommandEnd run(CommandCall call, JobContext context) throws Exception {
        return runner.run(call, begun().containment(), context);
    }

    private ContainmentChoice begun() throws InterruptedException, CommandFailedException {
        try {
            return begun.get();
        } catch (ExecutionException e) {
            throw new CommandFailedException("commands cannot run: " + e.getCause(), null);
        }
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Set<Long> pids = end.unended();
        if (!pids.isEmpty()) {
            findings.add(new Finding(
                    CommandSettings.FACTORY,
                    "command processes did not end after they were killed: " + pids,
                    "inspect them with ps: a process that waits for a device ends with it; a process of another user must be"
                            + " ended by that user"));
        }
        @Nullable ContainmentChoice choice = begun.isCompletedExceptionally() ? null : begun.getNow(null);
        if (choice != null) {
            choice.containment().gap().ifPresent(gap -> findings.add(gap(gap, choice.refused())));
        }
        return findings;
    }

    private static Finding gap(String gap, List<String> refused) {
        return new Finding(
                CommandSettings.FACTORY,
                gap + ". Unavailable: " + String.join("; ", refused),
                "give the host a writable cgroup v2 (Delegate=yes in its systemd unit), or allow it to run"
                        + " unshare --pid");
    }

    void stop() {
        runner.stop();
        try {
            begun.get(TO_BEGIN.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("Stopped before it started: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
