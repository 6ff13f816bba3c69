// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "stop",
        description = "Stop the host. The command returns when the host has stopped, or at once if it is not running.")
final class StopCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long LOOK_MILLIS = 20;

    @ParentCommand
    private Main main;

    @Override
    public Integer call() throws Exception {
        InstanceDirectory instance = main.instance();
        Optional<HostLock.RunningHost> running = HostLock.holder(instance);
        if (running.isEmpty()) {
            System.out.println("no host runs on " + instance.directory() + ": nothing to stop");
            return 0;
        }
        HostLock.RunningHost host = running.get();
        if (!ProcessHandle.of(host.pid()).map(ProcessHandle::destroy).orElse(false)) {
            throw new LaunchException("cannot send a signal to process " + host.pid() + " of " + instance.directory()
                    + ": does it belong to another user?");
        }
        long timeout = System.nanoTime() + TIMEOUT.toNanos();
        boolean told = false;
        // ProcessHandle.onExit() polls once a second and treats a zombie as alive.
        while (HostLock.holder(instance).filter(host::equals).isPresent()) {
            if (!told && System.nanoTime() - timeout > 0) {
                System.out.println("waiting for running jobs (drain.timeout.seconds)");
                told = true;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return 0;
    }
}
