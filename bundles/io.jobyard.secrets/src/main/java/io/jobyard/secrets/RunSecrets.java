// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import io.jobyard.api.handler.JobInvocation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** The secrets of one run, each read once. */
final class RunSecrets {

    private final UnaryOperator<String> source;
    private final BiConsumer<String, String> redaction;
    private final Map<String, String> taken = new ConcurrentHashMap<>();

    /**
     * Begins without any.
     *
     * @param source gives a secret by its name, or throws
     * @param redaction is given each secret and its reference before the run has it: {@link JobInvocation#redact(String, String)}
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
