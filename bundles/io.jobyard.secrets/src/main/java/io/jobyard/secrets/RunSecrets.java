// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.jobyard.api.handler.JobInvocation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The secrets of one run, each read once, and a way to put references back into texts. Safe for use by several threads. */
final class RunSecrets {

    private final UnaryOperator<String> source;
    private final Consumer<UnaryOperator<String>> redacted;
    private final Map<String, String> taken = new ConcurrentHashMap<>();

    /**
     * With who gives a secret by its name, or throws, and who is told once the run has one: {@link JobInvocation#redact}. A run that has
     * none tells its texts as they are, of any length.
     */
    RunSecrets(UnaryOperator<String> source, Consumer<UnaryOperator<String>> redacted) {
        this.source = source;
        this.redacted = redacted;
    }

    synchronized String take(String name) {
        boolean isFirst = taken.isEmpty();
        String secret = taken.computeIfAbsent(SecretFiles.requireName(name), source);
        if (isFirst) {
            redacted.accept(this::redact);
        }
        return secret;
    }

    boolean isEmpty() {
        return taken.isEmpty();
    }

    /** Replaces each secret by its reference, the longest first: one may contain another. */
    String redact(String text) {
        String shown = text;
        for (Map.Entry<String, String> secret : taken.entrySet().stream()
                .sorted(Comparator.comparing(entry -> -entry.getValue().length()))
                .toList()) {
            String reference = "${secret:" + secret.getKey() + "}";
            for (String form : forms(secret.getValue())) {
                shown = shown.replace(form, reference);
            }
        }
        return shown;
    }

    /** The secret plain, as in a URL, and as in JSON. */
    private static List<String> forms(String secret) {
        return List.of(
                secret,
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                new String(JsonStringEncoder.getInstance().quoteAsString(secret)));
    }
}
