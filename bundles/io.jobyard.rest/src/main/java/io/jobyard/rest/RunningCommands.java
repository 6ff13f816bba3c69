// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.QuotaException;
import io.jobyard.spi.access.Caller;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Limits the commands of remote callers, and provides their threads. */
@Component(service = RunningCommands.class)
public final class RunningCommands {

    static final int MOST = 100;
    static final int MOST_OF_ONE = 25;
    private static final int PATIENCE_SECONDS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(RunningCommands.class);

    private final Map<String, Integer> running = new HashMap<>();
    private final ExecutorService threads;
    private int all;

    @Activate
    public RunningCommands() {
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "jobyard-command-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Ends all commands. */
    @Deactivate
    public void stop() throws InterruptedException {
        threads.shutdownNow();
        if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn(
                    "A command of a client did not end within {} s; the host no longer waits for it", PATIENCE_SECONDS);
        }
    }

    /** Counts a command of the caller. Run the returned handle to remove the command from the count. */
    synchronized Runnable take(Caller caller) {
        String who = caller.toString();
        if (all >= MOST) {
            throw new QuotaException("too many commands: the host already runs " + MOST
                    + " for clients; end some, for example those that wait, or try again later");
        } else if (running.getOrDefault(who, 0) >= MOST_OF_ONE) {
            throw new QuotaException("too many commands: " + who + " already runs " + MOST_OF_ONE
                    + "; end some, for example those that wait, or try again later");
        }
        all++;
        running.merge(who, 1, Integer::sum);
        return () -> leave(who);
    }

    private synchronized void leave(String who) {
        all--;
        running.computeIfPresent(who, (any, number) -> number == 1 ? null : number - 1);
    }

    void run(RunningCommand command) {
        threads.execute(command::write);
        threads.execute(command::run);
    }
}
