// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A run on its way to its handler, as a {@link JobInterceptor} sees it. Used by the thread of the run; {@code redact} also by others, while
 * the run lasts.
 */
@ProviderType
public interface JobInvocation {

    /**
     * What the handler gets.
     *
     * @return the context of the run
     */
    JobContext context();

    /**
     * Whose handler it is.
     *
     * @return the symbolic name of the bundle that offers the handler of this run
     */
    String handlerBundle();

    /**
     * What the handler's schema marks in the payload, as it is now, with an annotation: a keyword that is {@code true}.
     * Each call looks at the whole payload.
     *
     * @param keyword such as {@code x-jobyard-secret}; it begins with {@code x-}
     * @return the marked values as JSON pointers, such as {@code /parameters/token}; none if the handler has no schema, or
     *     the payload does not fit it
     */
    Set<String> marked(String keyword);

    /**
     * Gives the handler, and the interceptors between, another payload in this run. It is not stored.
     *
     * @param payload a JSON object of at most {@code max.payload.bytes}; copied where it is read, so do not change it
     *     afterwards
     * @throws PermanentException if it is none, or larger
     */
    void payload(Map<String, Object> payload);

    /**
     * Lets all that the run tells pass through a redaction before anybody sees it: errors, results, progress and the
     * job's log. Several apply one after the other. What a handler writes elsewhere is beyond it.
     *
     * @param redaction gets each text, whole, and gives it back without what must not be seen; where it throws, or the text
     *     has more than 100,000 characters, an error, a progress or a line is withheld, and a run that has a result fails
     */
    void redact(UnaryOperator<String> redaction);

    /**
     * Takes a secret out of all that the run tells from now on: as it is, JSON-escaped, percent-encoded, in base64, and layers of these;
     * in a stream also where pieces have parts of it. At the start and the end of a text, which may have been cut, and beside {@code …},
     * what remains of the secret is taken out too if it has at least 4 characters.
     *
     * @param shown what texts show in its place
     * @throws IllegalArgumentException if the secret has fewer than 4 characters
     */
    void redact(String secret, String shown);

    /**
     * Says who gives the secrets that the run asks for ({@link JobContext#secret}), in place of whoever was named before.
     *
     * @param source gets a name as the run says it, and gives the secret, or throws what that method throws; called by any thread of the
     *     run, by several at once. It calls {@link #redact(String, String)} before it gives a secret
     */
    void secrets(UnaryOperator<String> source);

    /**
     * Goes on to the next interceptor, in the end to the handler.
     *
     * @return the handler's result; an empty map from an {@link AsyncJobHandler}, whose result comes later and as it is
     * @throws Exception what the handler throws
     */
    Map<String, Object> proceed() throws Exception;
}
