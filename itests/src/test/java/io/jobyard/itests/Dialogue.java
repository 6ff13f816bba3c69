// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;

/** A session of {@code bin/jobyard shell} that is asked one thing after the other, until its host is no more. */
final class Dialogue implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;

    Dialogue(Process process) {
        this.process = process;
        questions = process.outputWriter(UTF_8);
        answers = process.inputReader(UTF_8);
    }

    /** The one document the command printed; empty if the host did not live to answer. */
    Optional<JsonNode> ask(String command) {
        try {
            questions.write(command + " --json\n");
            questions.flush();
            String line = answers.readLine();
            return line == null ? Optional.empty() : Optional.of(JSON.readTree(line));
        } catch (JsonProcessingException e) {
            return Optional.empty(); // cut off in the middle
        } catch (IOException e) {
            return Optional.empty(); // the client went with the host
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
