// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import io.jobyard.modelserver.ModelScript;
import io.jobyard.modelserver.ModelServer;
import io.jobyard.modelserver.Turn;
import io.jobyard.store.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Makes a host that calls models of a server, with a key and a policy. {@code -Dstore=sqlite} or {@code -Dstore=postgres} selects the
 * database, {@code -Dheap=512m} the heap.
 */
final class ModelHost {

    static final String KEY = "sk-a-key-that-stands-nowhere";

    /** As the host counts. */
    private static final Encoding TOKENS = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    private static final String HEAP = System.getProperty("heap", "");

    private ModelHost() {}

    static ModelServer server(ModelScript script) throws IOException {
        return ModelServer.start(script, TOKENS::countTokensOrdinary);
    }

    /** Before it starts. The model {@code m} costs 2 and 8 usd for a million tokens. */
    static void configure(HostProcess host, ModelServer server, String wire) throws IOException {
        Path secrets = Files.createDirectories(host.instance().resolve("secrets"), HostProcess.PRIVATE);
        Path key = Files.writeString(secrets.resolve("model-key"), KEY);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        host.configure(
                "io.jobyard.secrets-models",
                "secrets = model-key",
                "types = chat_completion,embed_texts",
                "bundles = io.jobyard.handler.llm");
        host.configure(
                "io.jobyard.llm.endpoints-here",
                "url = " + server.url(),
                "wire = " + wire,
                "secret = model-key",
                "models = m",
                "price.m = 2/8");
    }

    /** Selects the database, before the host starts. */
    static void chooseStore(HostProcess host) throws IOException {
        String store = System.getProperty("store", "derby");
        switch (store) {
            case "derby" -> {}
            case "sqlite" -> host.configure("io.jobyard.store", "url = jdbc:sqlite:");
            case "postgres" -> {
                PostgresServer server = PostgresServer.shared();
                host.configure(
                        "io.jobyard.store",
                        "url = " + server.newSchema(),
                        "user = " + PostgresServer.USER,
                        "password = " + server.password());
            }
            default -> throw new IllegalArgumentException("unknown store '" + store + "'");
        }
    }

    /** Starts it with the whole compiler, as users do, and with the selected heap. */
    static void start(HostProcess host) throws IOException, InterruptedException {
        String options = HEAP.isEmpty() ? "" : "-Xmx" + HEAP;
        HostProcess.Outcome started = host.jobyard(Map.of("JOBYARD_JAVA_OPTS", options), "start");
        assertThat(started.exit()).as(started.err()).isZero();
    }

    /** Submits calls with the prompts {@code number FIRST}, … in one transaction; returns the jobs in this order. */
    static List<String> submit(HostProcess host, int first, int calls) throws IOException, InterruptedException {
        Path batch = host.instance().resolve("calls.jsonl");
        Files.write(
                batch,
                IntStream.range(first, first + calls)
                        .mapToObj(n -> "{\"type\":\"chat_completion\",\"maxRetries\":10,\"payload\":{\"model\":\"m\","
                                + "\"messages\":[{\"role\":\"user\",\"content\":\"number " + n + "\"}]}}")
                        .toList());
        JsonNode ids = host.json("job:submit --batch " + batch).get("ids");
        assertThat(ids).hasSize(calls);
        return StreamSupport.stream(ids.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Returns an answer that comes in so many pieces a second. */
    static Turn stream(int seconds, int piecesASecond) {
        return Turn.text("word ".repeat(seconds * piecesASecond).strip())
                .paced(Duration.ZERO, Duration.ofMillis(1_000 / piecesASecond));
    }

    /** What all runs have used of a unit. */
    static double used(HostProcess host, String unit) throws IOException, InterruptedException {
        JsonNode sums = host.json("job:usage --by type").get("usage");
        return StreamSupport.stream(sums.spliterator(), false)
                .filter(sum -> sum.get("unit").asText().equals(unit))
                .mapToDouble(sum -> sum.get("amount").asDouble())
                .sum();
    }
}
