// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import io.jobyard.modelserver.ModelScript;
import io.jobyard.modelserver.ModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.StreamSupport;

/** Makes a host that calls models of a server, with a key and a policy. */
final class ModelHost {

    static final String KEY = "sk-a-key-that-stands-nowhere";

    /** As the host counts. */
    private static final Encoding TOKENS = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

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

    /** What all runs have used of a unit. */
    static double used(HostProcess host, String unit) throws IOException, InterruptedException {
        JsonNode sums = host.json("job:usage --by type").get("usage");
        return StreamSupport.stream(sums.spliterator(), false)
                .filter(sum -> sum.get("unit").asText().equals(unit))
                .mapToDouble(sum -> sum.get("amount").asDouble())
                .sum();
    }
}
