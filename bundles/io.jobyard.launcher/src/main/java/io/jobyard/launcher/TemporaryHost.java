// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Starts and stops the host of an instance as a person would, by {@code bin/jobyard}. */
final class BackgroundHost {

    private final Program program;
    private final InstanceDirectory instance;
    private final Map<String, String> environment;

    /** With what the environment says to the host beside what it says here. */
    BackgroundHost(Program program, InstanceDirectory instance, Map<String, String> environment) {
        this.program = program;
        this.instance = instance;
        this.environment = environment;
    }

    void start() throws IOException, InterruptedException {
        call("start");
    }

    void stop() throws IOException, InterruptedException {
        call("stop");
    }

    private void call(String command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        program.script().toString(),
                        command,
                        "--instance",
                        instance.directory().toString())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new LaunchException(said.strip());
        }
    }
}
