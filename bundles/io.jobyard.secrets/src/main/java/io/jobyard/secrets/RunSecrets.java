// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import io.jobyard.api.handler.JobInvocation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** The secrets of one run. Each is read once. */
final class RunSecrets {

    private final UnaryOperator<String> source;
    private final BiConsumer<String, String> redaction;
    private final Map<String, String> taken = new ConcurrentHashMap<>();

    /**
     * Creates an empty set of secrets.
     *
     * @param source returns a secret by its name, or throws
     * @param redaction receives each secret and its reference before the run gets the secret: {@link
     *     JobInvocation#redact(String, String)}
     */
    RunSecrets(UnaryOperator<String> source, BiConsumer<String, String> redaction) {
        this.source = source;
        this.redaction = redaction;
    }

    String take(String name) {
        return taken.computeIfAbsent(SecretFiles.requireName(name), each -> {
            String secret = source.apply(each);
            redaction.accept(secret, "${secret:" + each + "}");
            return secret;
        });
    }

    boolean isEmpty() {
        return taken.isEmpty();
    }
}
