// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Starts and stops the host of an instance as a person would, by {@code bin/jobyard}. */
final class BackgroundHost {

    private final Program program;
    private final InstanceDirectory instance;

    BackgroundHost(Program program, InstanceDirectory instance) {
        this.program = program;
        this.instance = instance;
    }

    void start() throws IOException, InterruptedException {
        call("start");
    }

    void stop() throws IOException, InterruptedException {
        call("stop");
    }

    private void call(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        program.script().toString(),
                        command,
                        "--instance",
                        instance.directory().toString())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new LaunchException(said.strip());
        }
    }
}
