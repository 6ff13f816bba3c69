// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.osgi.annotation.versioning.ProviderType;

/** A run on its way to its handler, as a {@link JobInterceptor} sees it. Used by the thread of the run. */
@ProviderType
public interface JobInvocation {

    /**
     * What the handler gets.
     *
     * @return the context of the run
     */
    JobContext context();

    /**
     * Gives the handler, and the interceptors between, another payload in this run. It is not stored.
     *
     * @param payload a JSON object; copied where it is read, so do not change it afterwards
     */
    void payload(Map<String, Object> payload);

    /**
     * Lets all that the run tells pass through a redaction before anybody sees it: errors, results, progress and the
     * job's log. Several apply one after the other. What a handler writes elsewhere is beyond it.
     *
     * @param redaction gets each text, whole, and gives it back without what must not be seen; where it throws, an error,
     *     a progress or a line is withheld, and a run that has a result fails
     */
    void redact(UnaryOperator<String> redaction);

    /**
     * Goes on to the next interceptor, in the end to the handler.
     *
     * @return the handler's result
     * @throws Exception what the handler throws
     */
    Map<String, Object> proceed() throws Exception;
}
