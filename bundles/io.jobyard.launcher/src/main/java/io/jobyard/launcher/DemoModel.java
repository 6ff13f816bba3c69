// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import io.jobyard.modelserver.Account;
import io.jobyard.modelserver.ModelScript;
import io.jobyard.modelserver.ModelServer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Model of the demo: a built-in server, which returns the first sentences of a text, or a model that the user names.
 */
final class DemoModel implements AutoCloseable {

    /** The model's name for jobs; the endpoint maps it to the provider's name. */
    static final String NAME = "demo";

    private final @Nullable ModelServer server;
    private final Map<String, String> endpoint = new LinkedHashMap<>();
    private final @Nullable String key;

    private DemoModel(@Nullable ModelServer server, String url, String wire, String upstream, @Nullable String key) {
        this.server = server;
        this.key = key;
        endpoint.put("url", url);
        endpoint.put("wire", wire);
        endpoint.put("models", NAME + "=" + upstream);
        if (key != null) {
            endpoint.put("secret", NAME);
        }
    }

    static DemoModel own() throws IOException {
        ModelServer server = ModelServer.start(ModelScript.summary());
        String key = UUID.randomUUID().toString();
        DemoModel own = new DemoModel(server, server.url().toString(), "openai", "first-sentences", key);
        own.endpoint.put("price." + NAME, "2.5/10");
        return own;
    }

    /** Creates a model; {@code key} is null if the endpoint requires none. */
    static DemoModel at(String url, String wire, String model, @Nullable String key) {
        return new DemoModel(null, url, wire, model, key);
    }

    /** Writes the host's configuration for this model, before its start. */
    void configure(InstanceDirectory instance) throws IOException {
        OwnerOnlyFiles.directory(instance.etc());
        write(instance, "io.jobyard.llm.endpoints-" + NAME, endpoint);
        if (key != null) {
            write(
                    instance,
                    "io.jobyard.secrets-" + NAME,
                    Map.of("secrets", NAME, "types", "summarize_documents", "bundles", "io.jobyard.handler.llm"));
            OwnerOnlyFiles.directory(instance.directory().resolve("secrets"));
            OwnerOnlyFiles.write(instance.directory().resolve("secrets").resolve(NAME), key);
        }
    }

    private static void write(InstanceDirectory instance, String pid, Map<String, String> values) throws IOException {
        String text = values.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue() + "\n")
                .collect(Collectors.joining());
        OwnerOnlyFiles.write(instance.etc().resolve(pid + ".cfg"), text);
    }

    /** Returns the charges of the demo's own model; empty for another model. */
    Optional<Account> account() {
        return Optional.ofNullable(server).map(ModelServer::account);
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
