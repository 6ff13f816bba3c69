// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.launcher.ShellSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Path;
import java.util.Optional;

/** A session with a host that is asked one thing after the other, until its host is no more. */
final class Dialogue implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Writer questions;
    private final BufferedReader answers;

    /** With the host of that instance. */
    Dialogue(Path instance) throws IOException {
        Pipe asked = Pipe.open();
        Pipe answered = Pipe.open();
        questions = Channels.newWriter(asked.sink(), UTF_8);
        answers = new BufferedReader(Channels.newReader(answered.source(), UTF_8));
        Thread session = new Thread(() -> talk(instance, asked.source(), answered.sink()), "session");
        session.setDaemon(true);
        session.start();
    }

    private static void talk(Path instance, Pipe.SourceChannel asked, Pipe.SinkChannel answered) {
        try (asked;
                answered) {
            ShellSession.run(instance, Channels.newInputStream(asked), Channels.newOutputStream(answered));
        } catch (IOException e) {
            return; // the host is no more, which the end of the answers tells
        }
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
            return Optional.empty(); // nobody listens any more
        }
    }

    /** The one document that a command on a living host printed. */
    JsonNode answer(String command) {
        return ask(command).orElseThrow(() -> new AssertionError("no answer to " + command));
    }

    @Override
    public void close() {
        try {
            questions.close();
        } catch (IOException e) {
            return; // the host went while it was asked
        }
    }
}
