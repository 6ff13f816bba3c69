// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import io.jobyard.client.JobyardClient;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "await",
        description =
                "Wait until a job is over, and show what it came to, also over a restart of the host. Exit 1 unless"
                        + " it completed in time. Ctrl-C ends the waiting, not the job. With --json nothing but the job, at its end.")
final class RemoteAwaitCommand extends RemoteIdCommand {

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SECONDS",
            description = "Wait so long at most; without end if left out.")
    private @Nullable Integer seconds;

    @Override
    int answer(JobyardClient client, RemoteScreen screen) throws IOException {
        if (seconds != null && seconds < 0) {
            throw new RemoteUsageException(
                    "SECONDS = " + seconds + " is below zero; use 0 to only look, or leave it out");
        }
        Duration atMost = seconds == null ? null : Duration.ofSeconds(seconds);
        RemoteEnd end = new RemoteEnd(client, screen);
        return json ? end.json(id, atMost) : end.lines(id, atMost);
    }
}
