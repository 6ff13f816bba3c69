// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs commands in a host and reads their JSON. */
final class HostShell {

    private final InstanceDirectory instance;
    private final ObjectMapper mapper = new ObjectMapper();

    HostShell(InstanceDirectory instance) {
        this.instance = instance;
    }

    /** Runs a command with {@code --json} and returns its document. */
    JsonNode json(String command, String input) throws IOException {
        return mapper.readTree(text(command, input));
    }

    /** Runs a command and returns its output. */
    String text(String command, String input) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = ShellClient.run(
                instance.directory(),
                command,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        if (exit != 0) {
            throw new LaunchException("'" + command + "' failed: "
                    + (out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8)).strip());
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
