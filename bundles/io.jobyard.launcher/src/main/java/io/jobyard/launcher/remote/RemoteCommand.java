// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.jobyard.client.JobyardClient;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** A command that asks a host elsewhere. */
abstract class RemoteCommand implements Callable<Integer> {

    static final String JOBS = "/api/v1/jobs";
    /** Numbers keep all their digits; a name that comes twice is refused. */
    static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    /** Decimals have no exponent. */
    private static final ObjectWriter PLAIN = MAPPER.writer().with(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

    @ParentCommand
    private RemoteHost host;

    @Option(names = "--json", description = "Print the host's answer as JSON, in one line.")
    boolean json;

    /** Does it; 0 if it was done. */
    abstract int answer(JobyardClient client, RemoteScreen screen) throws IOException;

    @Override
    public final Integer call() throws IOException {
        try (JobyardClient client = host.client()) {
            return answer(client, host.screen());
        }
    }

    /** Prints an answer of the host as it is, or for people. */
    final int print(JsonNode answer, RemoteScreen screen, Consumer<JsonNode> forPeople) {
        if (json) {
            screen.json(answer);
        } else {
            forPeople.accept(answer);
        }
        return 0;
    }

    static String pretty(JsonNode value) {
        return write(PLAIN.withDefaultPrettyPrinter(), value);
    }

    /** In one line. */
    static String compact(JsonNode value) {
        return write(PLAIN, value);
    }

    private static String write(ObjectWriter writer, JsonNode value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON can be written", e);
        }
    }
}
