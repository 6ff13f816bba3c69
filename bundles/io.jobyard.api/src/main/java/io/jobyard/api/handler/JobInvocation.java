// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Run of a job before its handler is called, for a {@link JobInterceptor}. Used by the thread of the run; while the run lasts, other
 * threads may use {@code redact}.
 */
@ProviderType
public interface JobInvocation {

    /** {@return the context of the run, for the handler} */
    JobContext context();

    /** {@return the symbolic name of the bundle of the run's handler} */
    String handlerBundle();

    /**
     * Returns the locations in the current payload that the handler's schema marks with a keyword whose value is {@code true}. Each call
     * reads the whole payload.
     *
     * @param keyword keyword, which begins with {@code x-}, for example {@code x-jobyard-secret}
     * @return the marked values as JSON pointers, for example {@code /parameters/token}; empty if the handler has no schema, or the payload
     * does not match it
     */
    Set<String> marked(String keyword);

    /**
     * Replaces the payload in this run, for the handler and the remaining interceptors. The new payload is not stored.
     *
     * @param payload a JSON object of at most {@code max.payload.bytes}; it is copied later, so do not change it afterwards
     * @throws PermanentException if it is not a JSON object, or larger
     */
    void payload(Map<String, Object> payload);

    /**
     * Adds a redaction for all output of the run before others see it: errors, results, progress and the job's log. Several redactions
     * apply one after the other. Output that a handler writes elsewhere is not redacted.
     *
     * @param redaction receives each whole text, and returns it without confidential parts. If it throws an exception, or the text has more
     * than 100,000 characters, an error, a progress or a line is withheld, and a run with a result fails
     */
    void redact(UnaryOperator<String> redaction);

    /**
     * Removes a secret from all later output of the run: as plain text, JSON-escaped, percent-encoded, in base64, and layers of these; in a
     * stream even if pieces have parts of it. At the start and the end of a text, which may have been cut, and next to {@code …}, the rest
     * of a secret is removed too if it has at least 4 characters.
     *
     * @param shown replacement text
     * @throws IllegalArgumentException if the secret has fewer than 4 characters
     */
    void redact(String secret, String shown);

    /**
     * Sets the source of the secrets that the run requests ({@link JobContext#secret}); replaces an earlier source.
     *
     * @param source receives the requested name, and returns the secret, or throws the exceptions of that method. Any thread of the run may
     * call it, several at the same time. It calls {@link #redact(String, String)} before it returns a secret
     */
    void secrets(UnaryOperator<String> source);

    /**
     * Continues with the next interceptor, and finally with the handler.
     *
     * @return the handler's result; an empty map from an {@link AsyncJobHandler}, whose result arrives later and unchanged
     * @throws Exception exception of the handler
     */
    Map<String, Object> proceed() throws Exception;
}
