// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(name = "stop", description = "Stop the host; returns once it is gone.")
final class StopCommand implements Callable<Integer> {

    private static final long PATIENCE_SECONDS = 5;

    @ParentCommand
    private Main main;

    @Override
    public Integer call() throws Exception {
        Instance instance = main.instance();
        HostLock.RunningHost host = HostLock.running(instance);
        ProcessHandle process = ProcessHandle.of(host.pid())
                .filter(ProcessHandle::destroy)
                .orElseThrow(() -> new LaunchException("cannot signal process " + host.pid() + " that runs "
                        + instance.directory() + ": is it another user's?"));
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            System.out.println("waiting for running jobs (drain.timeout.seconds)");
            process.onExit().get();
        }
        return 0;
    }
}
